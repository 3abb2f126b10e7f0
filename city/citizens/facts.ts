/**
 * Facts: the latest reports of each lamp, with the begin of what is wrong, for an answer to a resident.
 *
 * A field that is not as the contract has it is left out: no message ends the program.
 */
import { type Chained, instantOf, numberOf, showsOnline } from "../contract.js";
import type { Letter } from "../inbox.js";

export interface Facts {
	isOnline?: boolean;
	/** Instant of the loss, ms; absent: it was lost before this program began. */
	offlineSince?: number;
	isDark?: boolean;
	isMaintained: boolean;
	/** Begin of each fault that stands, ms. */
	readonly faults: Map<string, number | undefined>;
}

/** The answer to `explain` and the end of the self-test after it. */
export interface Findings {
	/** Requests and limits before the test. */
	readonly chain: readonly Chained[];
	/** Reason of the lamp that did not accept the order, by its name in the contract. */
	readonly refusal?: string | undefined;
	/** Parts by their names in the contract; undefined: the test has not ended. */
	readonly result:
		| { readonly failed: readonly string[]; readonly notJudged: readonly string[] }
		| undefined;
}

/** Faults that a resident sees. */
const FAULTS = ["lampFailure", "dimmingFailure", "cyclingFailure", "lampUnexpectedOn"];

export class FactBook {
	readonly #facts: ReadonlyMap<string, Facts>;
	readonly #now: () => number;

	/** `nodes`: the lamps of the site file. */
	constructor(nodes: readonly string[], now: () => number) {
		this.#facts = new Map(nodes.map((node) => [node, { faults: new Map(), isMaintained: false }]));
		this.#now = now;
	}

	of(node: string): Facts | undefined {
		return this.#facts.get(node);
	}

	take({ node, kind, body, isRetained }: Letter): void {
		const facts = this.#facts.get(node);
		if (!facts) return;
		if (showsOnline(kind, isRetained)) this.#connected(facts, true, false);
		if (kind === "status") this.#connected(facts, body.online === true, isRetained);
		else if (kind === "state") changed(facts, body);
		else if (kind === "event") happened(facts, body);
	}

	#connected(facts: Facts, isOnline: boolean, isRetained: boolean): void {
		if (isOnline) delete facts.offlineSince;
		else if (facts.isOnline !== false && !isRetained) facts.offlineSince = this.#now();
		facts.isOnline = isOnline;
	}
}

function changed(facts: Facts, { faults, dark, maintenanceMode }: Letter["body"]): void {
	const standing: readonly unknown[] = Array.isArray(faults) ? faults : [];
	for (const fault of FAULTS)
		if (!standing.includes(fault)) facts.faults.delete(fault);
		else if (!facts.faults.has(fault)) facts.faults.set(fault, undefined);
	if (typeof dark === "boolean") facts.isDark = dark;
	facts.isMaintained = maintenanceMode === true;
}

function happened(facts: Facts, { type, startEndFlag, time }: Letter["body"]): void {
	if (typeof type !== "string" || !FAULTS.includes(type)) return;
	if (startEndFlag === "end") facts.faults.delete(type);
	else facts.faults.set(type, instantOf(time));
}

/** The end of a self-test, by the identifier of its order; undefined: another message. */
export function testEnd({
	kind,
	body,
}: Letter):
	| { readonly id: string; readonly failed: string; readonly notJudged: string }
	| undefined {
	if (kind !== "event" || body.type !== "selfTest" || body.startEndFlag !== "end") return undefined;
	const { id, failed = "", notJudged = "" } = Object(body.attributes);
	const isText = [id, failed, notJudged].every((value) => typeof value === "string");
	return isText ? { id, failed, notJudged } : undefined;
}

/** Names with blanks between them. */
export function namesIn(text: string): readonly string[] {
	return text.split(" ").filter(Boolean);
}

/** The reason of a reply that refuses an order; undefined: it refuses none. */
export function refusalOf(reply: string | null): string | undefined {
	const { status, reason } = Object(reply === null ? {} : JSON.parse(reply));
	if (status !== "rejected") return undefined;
	return typeof reason === "string" ? reason : "";
}

/** The chain of a reply, as far as it can be read. */
export function chainOf(reply: string | null): readonly Chained[] {
	const { chain } = Object(reply === null ? {} : JSON.parse(reply));
	if (!Array.isArray(chain)) return [];
	return chain.flatMap((link): Chained[] => {
		const { by, level, source } = Object(link);
		if (typeof by !== "string" || numberOf(level) === undefined) return [];
		return [{ by, level, ...(typeof source === "string" ? { source } : {}) }];
	});
}
