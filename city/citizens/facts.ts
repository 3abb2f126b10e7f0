/** Facts: the latest reports of each lamp, with the begin of what is wrong, for an answer to a resident. */
import {
	type Birth,
	type Chained,
	type Happening,
	instantOf,
	objectOf,
	placeOf,
	type Reply,
	type State,
	type Status,
	showsOnline,
} from "../contract.js";

export interface Facts {
	isOnline?: boolean;
	/** Instant of the loss, ms; absent: it was lost before this program began. */
	offlineSince?: number;
	state?: State;
	birth?: Birth;
	/** Begin of each fault that stands, ms. */
	readonly faults: Map<string, number | undefined>;
	/** Answers to orders, by identifier. */
	readonly replies: Map<string, Reply>;
	/** Results of self-tests, by the identifier of the order: names of what failed. */
	readonly tests: Map<string, readonly string[]>;
}

/** Faults that a resident sees. */
const FAULTS = ["lampFailure", "dimmingFailure", "cyclingFailure", "lampUnexpectedOn"];
/** Answers kept for each lamp. */
const KEPT = 16;

export class FactBook {
	readonly #facts = new Map<string, Facts>();
	readonly #root: string;
	readonly #now: () => number;
	/** Called after each message of a lamp. */
	onChange: (node: string) => void = () => {};

	constructor(root: string, now: () => number) {
		this.#root = root;
		this.#now = now;
	}

	of(node: string): Facts {
		let facts = this.#facts.get(node);
		if (!facts) {
			facts = { faults: new Map(), replies: new Map(), tests: new Map() };
			this.#facts.set(node, facts);
		}
		return facts;
	}

	take(topic: string, payload: Uint8Array, isRetained: boolean): void {
		const place = placeOf(this.#root, topic);
		const body = objectOf<object>(payload);
		if (!place || !body) return;
		const facts = this.of(place.node);
		if (showsOnline(place.kind, isRetained)) this.#status(facts, { online: true }, false);
		if (place.kind === "status") this.#status(facts, body as Status, isRetained);
		else if (place.kind === "state") this.#state(facts, body as State);
		else if (place.kind === "birth") facts.birth = body as Birth;
		else if (place.kind === "event") happened(facts, body as Happening);
		else if (place.kind === "reply") {
			const { id } = body as Reply;
			if (id !== undefined) put(facts.replies, id, body as Reply);
		} else return;
		this.onChange(place.node);
	}

	#status(facts: Facts, { online }: Status, isRetained: boolean): void {
		if (online) delete facts.offlineSince;
		else if (facts.isOnline !== false && !isRetained) facts.offlineSince = this.#now();
		facts.isOnline = online;
	}

	#state(facts: Facts, state: State): void {
		facts.state = state;
		const standing = state.faults ?? [];
		for (const fault of standing)
			if (FAULTS.includes(fault) && !facts.faults.has(fault)) facts.faults.set(fault, undefined);
		for (const fault of [...facts.faults.keys()])
			if (!standing.includes(fault)) repaired(facts, fault);
	}
}

function happened(facts: Facts, { type = "", startEndFlag, attributes, time }: Happening): void {
	if (FAULTS.includes(type)) {
		if (startEndFlag === "end") repaired(facts, type);
		else facts.faults.set(type, instantOf(time));
	}
	if (type !== "selfTest") return;
	const { id, failed } = attributes ?? {};
	if (typeof id !== "string") return;
	const names = Array.isArray(failed) ? failed.map(String) : String(failed ?? "").split(",");
	put(facts.tests, id, names.filter(Boolean));
}

/** The results of tests before a repair hold no longer. */
function repaired(facts: Facts, fault: string): void {
	if (facts.faults.delete(fault)) facts.tests.clear();
}

function put<T>(map: Map<string, T>, id: string, value: T): void {
	map.set(id, value);
	const [oldest] = map.keys();
	if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}

/** The request of the program in a chain, with its switch point. */
export function programOf(chain: readonly Chained[] | undefined): Chained | undefined {
	return chain?.find(({ by }) => by === "program");
}
