/**
 * Tasks: assign, configure and update one wave of lamps, each lamp by its own messages.
 *
 * An order is in the database before it is sent, with its identifier or revision, so that a run that
 * was killed and started again repeats it and the lamp acts once.
 */
import type { MqttClient } from "mqtt";
import { send } from "../broker.js";
import {
	type Birth,
	type Happening,
	isNarrow,
	numberOf,
	type Reply,
	type Reported,
	type State,
	type Status,
} from "../contract.js";
import {
	differences,
	type Lamp,
	type Order,
	ownTopics,
	reportedTopics,
	unassignedTopics,
} from "./lamps.js";
import { Observer, type Topics, type Watch } from "./observer.js";
import { clearSettings, sendSettings, settingsBefore } from "./sections.js";

export interface Work {
	readonly client: MqttClient;
	readonly root: string;
	/** ms for the answer of a lamp. */
	readonly patience: number;
	/** ms for retained messages that a broker gives out of order. */
	readonly settle: number;
	/** Absent: a dry run, or a look. */
	readonly orders?: Orders;
	now(): number;
}

/** Orders of a wave in the database. */
export interface Orders {
	readonly isCancelled: boolean;
	/** The order of that lamp. */
	of(lamp: Lamp): Order;
	/** Greatest revision ever given to that lamp. */
	revision(lamp: Lamp): number;
	/**
	 * Notes that it is sent now. `above`: the revision that the lamp has; an order that was sent with a
	 * later one goes on with it. @returns the order as it is noted
	 */
	begin(lamp: Lamp, more: Pick<Order, "revision" | "was"> & { above?: number }): Promise<Order>;
	/** Notes the result. */
	end(lamp: Lamp, judged: Judged): Promise<void>;
}

export interface Offer {
	readonly id: string;
	readonly version: string;
	/** Of the contract: url, header, notBefore ... */
	readonly body: Readonly<{ [field: string]: unknown }>;
}

export type Outcome = "done" | "failed" | "silent" | "cancelled";
export type Judged = readonly [outcome: Outcome, why: string];
export interface Result {
	readonly node: string;
	readonly outcome: Outcome;
	readonly why: string;
}

/** The greatest revision of the contract. */
const REVISION_MAX = 2_147_483_647;
/** End of the reason of a silent lamp: while its order is on the broker, and once it is withdrawn. */
const WAITING: Readonly<{ [task: string]: readonly [waits: string, withdrawn: string] }> = {
	configure: ["the settings are retained for its next connection", "the settings are withdrawn"],
	update: ["the offer is retained", "the offer is withdrawn"],
};
const CANCELLED: Judged = ["cancelled", "the campaign is cancelled"];

/** Watches a wave, works on each lamp, and returns a result for each. */
async function each(
	{ client, root, settle, orders }: Work,
	lamps: readonly Lamp[],
	topics: (lamp: Lamp) => Topics,
	work: (lamp: Lamp, watch: Watch) => Promise<Judged>,
): Promise<readonly Result[]> {
	const observer = new Observer(client);
	const watches = await observer.watch(lamps.map(topics));
	await observer.complete(root, lamps[0]!.site, settle);
	const results = await Promise.all(
		lamps.map(async (lamp, n) => {
			const judged = await work(lamp, watches[n]!);
			await orders?.end(lamp, judged);
			const [outcome, why] = judged;
			return { node: lamp.node, outcome, why };
		}),
	);
	await observer.release();
	return results;
}

/** The answer of a lamp to its order; undefined: none in time. */
function answer<T>({ orders, patience }: Work, watch: Watch, look: () => T | undefined) {
	return watch.until(look, patience, () => orders?.isCancelled === true);
}

/** The reason why nothing came from a lamp. */
function absence(watch: Watch, patience: number): string {
	const status = watch.latest<Status>("status");
	if (status === undefined) return "never connected under this name";
	if (!status.online) return `offline since life ${status.life}, connection ${status.connection}`;
	const birth = watch.latest<Birth>("birth");
	const keepAlive = birth && isNarrow(birth) ? numberOf(birth.reporting?.keepAlive_s) : undefined;
	const rare =
		keepAlive === undefined
			? ""
			: ` on a metered link, of which a loss shows after ${Math.ceil(keepAlive / 40)} min`; // 1.5 times
	return `online${rare}, no answer within ${patience / 1000} s`;
}

/** Another controller under the lamp's name; undefined: none. */
function stranger({ serial }: Lamp, watch: Watch): string | undefined {
	if (watch.serials.size > 1) return `two serial numbers: ${[...watch.serials].sort().join(", ")}`;
	const [found] = watch.serials;
	if (serial === undefined || found === undefined || found === serial) return undefined;
	return `serial number ${found} is at this pole, the site file has ${serial}`;
}

export function assign(work: Work, lamps: readonly Lamp[]): Promise<readonly Result[]> {
	const topics = (lamp: Lamp): Topics =>
		new Map([
			...ownTopics(lamp, "status", "birth"),
			...(lamp.serial === undefined ? [] : unassignedTopics(work.root, lamp.serial)),
		]);
	return each(work, lamps, topics, async (lamp, watch) => {
		const { serial, site, node, group } = lamp;
		if (serial === undefined) return ["failed", "the site file gives no serial number"];
		const isThere = () => {
			const birth = watch.latest<Birth>("birth");
			const isOnline = watch.latest<Status>("status")?.online === true;
			const isIn = birth?.serial === serial && (birth.group ?? "") === group;
			return isIn && isOnline ? true : undefined;
		};
		if (isThere()) return ["done", "already assigned"];
		const odd = stranger(lamp, watch);
		const isOnline = watch.latest<Status>("status")?.online === true;
		if (odd && isOnline) return ["failed", odd];
		// a birth is retained when its lamp has left the name
		const isNamed = isOnline && watch.latest<Birth>("birth")?.serial === serial;
		const waits = watch.latest<Status>("unassigned/status");
		if (!waits?.online && !isNamed)
			return [
				"silent",
				waits ? "offline, without a site" : "never connected: neither assigned nor unassigned",
			];
		const body = { command: "assign", site, node, ...(group ? { group } : {}) };
		const { orders } = work;
		if (!orders) return ["done", `would be assigned to ${site}/${node}`];
		const was = isNamed ? JSON.stringify({ group: watch.latest<Birth>("birth")?.group }) : null;
		const { id, step } = await orders.begin(lamp, { revision: null, was });
		if (step === "cancelled") return CANCELLED;
		const topic = isNamed
			? `${lamp.topicPrefix}/command`
			: `${work.root}/unassigned/${serial}/command`;
		const issued = new Date(work.now()).toISOString();
		const validFor = Math.ceil(work.patience / 1000);
		await send(work.client, topic, { id, ...body, issued, validFor });
		const refusal = () => {
			const reply = watch.latest<Reply>("unassigned/reply");
			return reply?.id === id && reply.status === "rejected" ? reply : undefined;
		};
		const end = await answer<true | Reply>(work, watch, () => isThere() ?? refusal());
		if (end === true) return ["done", `serial number ${serial}`];
		if (end) return ["failed", `refused: ${end.reason} ${end.field ?? ""}`];
		return ["silent", `no birth under its new name: ${absence(watch, work.patience)}`];
	});
}

export function configure(work: Work, lamps: readonly Lamp[]): Promise<readonly Result[]> {
	const topics = (lamp: Lamp): Topics =>
		new Map([...ownTopics(lamp, "status", "birth"), ...reportedTopics(lamp)]);
	return each(work, lamps, topics, async (lamp, watch) => {
		const { sections } = lamp;
		const odd = stranger(lamp, watch);
		if (odd) return ["failed", odd];
		const reported = (section: string) => watch.latest<Reported>(`settings/reported/${section}`);
		const inForce = (section: string) => reported(section)?.settings;
		const different = differences(lamp, inForce);
		if (different.size === 0) return ["done", "as desired"];
		const names = namesOf(different);
		const { orders } = work;
		if (!orders) return ["done", `would change ${names}`];
		const known = revisionIn(watch.latest<Birth>("birth"));
		const next = Math.max(known, orders.revision(lamp)) + 1;
		const was = settingsBefore(sections, inForce);
		const { step, revision } = await orders.begin(lamp, { revision: next, was, above: known });
		if (step === "cancelled") return CANCELLED;
		await sendSettings(work, lamp, revision!);
		const judge = (): Judged | undefined => {
			const late = stranger(lamp, watch); // it was away when the settings were sent
			if (late) return ["failed", late];
			for (const section of sections.keys()) {
				const { status, rejected, revision: reportedRevision } = reported(section) ?? {};
				if (rejected?.revision === revision) return ["failed", `rejected: ${rejected!.why}`];
				if (status === "reverted" && reportedRevision === revision)
					return ["failed", "reverted by the lamp"];
			}
			const isIn = [...sections.keys()].every((section) => {
				const report = reported(section);
				return report?.status === "active" && (report.revision ?? 0) >= revision!;
			});
			return isIn && differences(lamp, inForce).size === 0 ? ["done", names] : undefined;
		};
		const end = await answer(work, watch, judge);
		if (end) return end;
		if (orders.isCancelled) await clearSettings(work, lamp);
		const isAway = !watch.latest<Status>("status")?.online;
		const hint = isAway ? `; ${WAITING.configure![0]}` : "";
		const why = `${absence(watch, work.patience)}${hint}`;
		return ["silent", orders.isCancelled ? withdrawn("configure", why) : why];
	});
}

/** The revision of the settings in force; 0: none that a lamp can have. */
export function revisionIn(birth: Birth | undefined): number {
	const revision = birth?.settingsRevision;
	return Number.isSafeInteger(revision) && revision! > 0 && revision! < REVISION_MAX
		? revision!
		: 0;
}

function namesOf(different: ReturnType<typeof differences>): string {
	return [...different].map(([section, names]) => `${section}: ${names.join(", ")}`).join("; ");
}

const UPDATE_FAILS: readonly string[] = ["updateFailed", "updateReverted"];

export function update(
	work: Work,
	lamps: readonly Lamp[],
	given?: Offer,
): Promise<readonly Result[]> {
	const topics = (lamp: Lamp) => ownTopics(lamp, "status", "birth", "event");
	return each(work, lamps, topics, async (lamp, watch) => {
		const { orders } = work;
		const offer = given ?? (JSON.parse(orders!.of(lamp).content) as Offer);
		const hasVersion = () => watch.latest<Birth>("birth")?.swVersion === offer.version;
		if (hasVersion()) return ["done", `has ${offer.version}`];
		if (!orders) return ["done", `would be offered ${offer.version}`];
		const was = JSON.stringify(watch.latest<Birth>("birth")?.swVersion ?? null);
		const { step } = await orders.begin(lamp, { revision: null, was });
		if (step === "cancelled") return CANCELLED;
		await send(work.client, `${lamp.topicPrefix}/update`, { ...offer.body, id: offer.id }, true);
		const end = await answer(work, watch, (): Judged | undefined => {
			const event = watch.latest<Happening>("event");
			const { version, reason, final } = event?.attributes ?? {};
			if (event?.type === "updateKept" && version === offer.version) return ["done", "kept"];
			const isOver = event?.type === "updateReverted" || final === true;
			if (event?.type && UPDATE_FAILS.includes(event.type) && isOver)
				return ["failed", `${event.type}: ${reason}`];
			return undefined;
		});
		if (end) return end;
		if (orders.isCancelled) await stopOffer(work, lamp, offer);
		const hint = hasVersion()
			? `runs ${offer.version}, on probation`
			: absence(watch, work.patience);
		const why = `${hint}; ${WAITING.update![0]}`;
		return ["silent", orders.isCancelled ? withdrawn("update", why) : why];
	});
}

/** The reason of a lamp from which the order has been taken back. */
export function withdrawn(task: string, why: string): string {
	const [waits, now] = WAITING[task] ?? ["", ""];
	return waits !== "" && why.endsWith(waits) ? `${why.slice(0, -waits.length)}${now}` : why;
}

/** Takes an offer back from a lamp that has not begun. */
export async function stopOffer(
	{ client }: Pick<Work, "client">,
	{ topicPrefix }: Lamp,
	{ id }: Offer,
): Promise<void> {
	await send(client, `${topicPrefix}/update`, { id: `${id.slice(0, 30)}-stop`, stop: true }, true);
}

/** The state of a wave as it is: nothing is sent. */
export function inspect(work: Work, lamps: readonly Lamp[]): Promise<readonly Result[]> {
	const topics = (lamp: Lamp): Topics =>
		new Map([
			...ownTopics(lamp, "status", "birth", "state"),
			...reportedTopics(lamp),
			...(lamp.serial === undefined ? [] : unassignedTopics(work.root, lamp.serial)),
		]);
	return each(work, lamps, topics, async (lamp, watch) => {
		const odd = stranger(lamp, watch);
		if (odd) return ["failed", odd];
		const waits = watch.latest<Status>("unassigned/status");
		const status = watch.latest<Status>("status");
		if (!status && waits?.online) return ["silent", "online without a site: to be assigned"];
		if (!status?.online) return ["silent", absence(watch, 0)];
		const { faults } = watch.latest<State>("state") ?? {};
		if (Array.isArray(faults) && faults.length > 0)
			return ["failed", `faults: ${faults.join(", ")}`];
		const reported = (section: string) =>
			watch.latest<Reported>(`settings/reported/${section}`)?.settings;
		const unknown = [...lamp.sections.keys()].filter((section) => !reported(section));
		if (unknown.length > 0) return ["failed", `settings not reported: ${unknown.join(", ")}`];
		const different = differences(lamp, reported);
		return different.size === 0
			? ["done", "as in the site file"]
			: ["failed", `differs in ${namesOf(different)}`];
	});
}
