/**
 * Tasks: assign, configure and update one wave of lamps, each lamp by its own messages.
 *
 * The identifier of every order is in the record before it is sent, so that a run that was killed and
 * started again repeats an order and the lamp acts once.
 */
import type { MqttClient } from "mqtt";
import { send } from "../broker.js";
import type { Birth, Happening, Reply, Reported, Status } from "../contract.js";
import {
	differences,
	digestOf,
	type Lamp,
	ownTopics,
	reportedTopics,
	unassignedTopics,
} from "./lamps.js";
import { Observer, type Topics, type Watch } from "./observer.js";
import type { Entry, Outcome, Record } from "./record.js";
import type { Result } from "./waves.js";

export interface Work {
	readonly client: MqttClient;
	readonly root: string;
	readonly record: Record;
	/** ms for the answer of a lamp. */
	readonly patience: number;
	/** ms for retained messages after the subscription. */
	readonly settle: number;
	readonly isDry: boolean;
	now(): number;
}

export interface Offer {
	readonly id: string;
	readonly version: string;
	/** Of the contract: url, header, notBefore ... */
	readonly body: Readonly<{ [field: string]: unknown }>;
}

type Judged = readonly [outcome: Outcome, why: string];

/** ms for retained messages that go on coming. */
const QUIET_WITHIN = 600_000;

/** Watches a wave, works on each lamp, and returns a result for each. */
async function each(
	{ client, settle }: Work,
	lamps: readonly Lamp[],
	topics: (lamp: Lamp) => Topics,
	work: (lamp: Lamp, watch: Watch) => Promise<Judged>,
): Promise<readonly Result[]> {
	const observer = new Observer(client);
	const watches = await observer.watch(lamps.map(topics));
	await observer.quiet(settle, QUIET_WITHIN);
	const results = await Promise.all(
		lamps.map(async (lamp, n) => {
			const [outcome, why] = await work(lamp, watches[n]!);
			return { node: lamp.node, outcome, why };
		}),
	);
	await observer.release();
	return results;
}

function enter(work: Work, entry: Omit<Entry, "at">): void {
	work.record.add({ ...entry, at: new Date(work.now()).toISOString() });
}

function finish(work: Work, entry: Omit<Entry, "at" | "step">, judged: Judged): Judged {
	const [step, why] = judged;
	enter(work, { ...entry, step, why });
	return judged;
}

/** The reason why nothing came from a lamp. */
function absence(watch: Watch, patience: number): string {
	const status = watch.latest<Status>("status");
	if (status === undefined) return "never connected under this name";
	if (!status.online) return `offline since life ${status.life}, connection ${status.connection}`;
	return `online, no answer within ${patience / 1000} s`;
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
		if (work.isDry) return ["done", `would be assigned to ${site}/${node}`];
		const content = digestOf([serial, body]);
		const before = work.record.latest("assign", node);
		// an order that was sent and not finished goes on; back to an earlier pole is another order
		const isAgain = before?.step === "sent" && before.content === content;
		const id = (isAgain && before.id) || `assign-${content}-${work.now().toString(36)}`;
		const entry = { task: "assign", node, content, id };
		enter(work, { ...entry, step: "sent" });
		const topic = isNamed ? `${lamp.own}/command` : `${work.root}/unassigned/${serial}/command`;
		const issued = new Date(work.now()).toISOString();
		const validFor = Math.ceil(work.patience / 1000);
		await send(work.client, topic, { id, ...body, issued, validFor });
		const refusal = () => {
			const reply = watch.latest<Reply>("unassigned/reply");
			return reply?.id === id && reply.status === "rejected" ? reply : undefined;
		};
		const end = await watch.until<true | Reply>(() => isThere() ?? refusal(), work.patience);
		if (end === true) return finish(work, entry, ["done", `serial number ${serial}`]);
		if (end) return finish(work, entry, ["failed", `refused: ${end.reason} ${end.field ?? ""}`]);
		return finish(work, entry, [
			"silent",
			`no birth under its new name: ${absence(watch, work.patience)}`,
		]);
	});
}

export function configure(work: Work, lamps: readonly Lamp[]): Promise<readonly Result[]> {
	const topics = (lamp: Lamp): Topics =>
		new Map([...ownTopics(lamp, "status", "birth"), ...reportedTopics(lamp)]);
	return each(work, lamps, topics, async (lamp, watch) => {
		const { node, sections, own } = lamp;
		const odd = stranger(lamp, watch);
		if (odd) return ["failed", odd];
		const reported = (section: string) => watch.latest<Reported>(`settings/reported/${section}`);
		const differing = () => differences(lamp, (section) => reported(section)?.settings);
		const different = differing();
		if (different.size === 0) return ["done", "as in the site file"];
		const names = [...different]
			.map(([section, own]) => `${section}: ${own.join(", ")}`)
			.join("; ");
		if (work.isDry) return ["done", `would change ${names}`];
		const content = digestOf([...sections]);
		const before = work.record.latest("configure", node);
		const birth = watch.latest<Birth>("birth");
		const known = Math.max(birth?.settingsRevision ?? 0, work.record.revision(node));
		// an order that was sent and not finished has its revision already
		const isAgain = before?.step === "sent" && before.content === content;
		const revision =
			isAgain && (birth?.settingsRevision ?? 0) < before.revision! ? before.revision! : known + 1;
		const entry = { task: "configure", node, content, revision };
		enter(work, { ...entry, step: "sent" });
		for (const [section, settings] of sections)
			await send(
				work.client,
				`${own}/settings/desired/${section}`,
				{ revision, count: sections.size, settings },
				true,
			);
		const judge = (): Judged | undefined => {
			for (const section of sections.keys()) {
				const { status, rejected, revision: own } = reported(section) ?? {};
				if (rejected?.revision === revision) return ["failed", `rejected: ${rejected.why}`];
				if (status === "reverted" && own === revision) return ["failed", "reverted by the lamp"];
			}
			const isIn = [...sections.keys()].every((section) => {
				const report = reported(section);
				return report?.status === "active" && (report.revision ?? 0) >= revision;
			});
			return isIn && differing().size === 0 ? ["done", names] : undefined;
		};
		const end = await watch.until(judge, work.patience);
		if (end) return finish(work, entry, end);
		const isAway = !watch.latest<Status>("status")?.online;
		const hint = isAway ? "; the settings are retained for its next connection" : "";
		return finish(work, entry, ["silent", `${absence(watch, work.patience)}${hint}`]);
	});
}

const UPDATE_FAILS: readonly string[] = ["updateFailed", "updateReverted"];

export function update(
	work: Work,
	lamps: readonly Lamp[],
	offer: Offer,
): Promise<readonly Result[]> {
	const topics = (lamp: Lamp) => ownTopics(lamp, "status", "birth", "event");
	return each(work, lamps, topics, async (lamp, watch) => {
		const { node, own } = lamp;
		const hasVersion = () => watch.latest<Birth>("birth")?.swVersion === offer.version;
		if (hasVersion()) return ["done", `has ${offer.version}`];
		if (work.isDry) return ["done", `would be offered ${offer.version}`];
		const entry = { task: "update", node, content: digestOf(offer), id: offer.id };
		enter(work, { ...entry, step: "sent" });
		await send(work.client, `${own}/update`, { ...offer.body, id: offer.id }, true);
		const end = await watch.until((): Judged | undefined => {
			const event = watch.latest<Happening>("event");
			const { version, reason, final } = event?.attributes ?? {};
			if (event?.type === "updateKept" && version === offer.version) return ["done", "kept"];
			const isOver = event?.type === "updateReverted" || final === true;
			if (event?.type && UPDATE_FAILS.includes(event.type) && isOver)
				return ["failed", `${event.type}: ${reason}`];
			return undefined;
		}, work.patience);
		if (end) return finish(work, entry, end);
		const hint = hasVersion()
			? `runs ${offer.version}, on probation`
			: absence(watch, work.patience);
		return finish(work, entry, ["silent", `${hint}; the offer is retained`]);
	});
}

/** Takes an offer back from lamps that have not begun. */
export async function stopOffer(work: Work, lamps: readonly Lamp[], offer: Offer): Promise<void> {
	const body = { id: `${offer.id.slice(0, 30)}-stop`, stop: true };
	for (const { own } of lamps) await send(work.client, `${own}/update`, body, true);
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
		const faults = watch.latest<{ faults?: string[] }>("state")?.faults ?? [];
		if (faults.length > 0) return ["failed", `faults: ${faults.join(", ")}`];
		const reported = (section: string) =>
			watch.latest<Reported>(`settings/reported/${section}`)?.settings;
		const unknown = [...lamp.sections.keys()].filter((section) => !reported(section));
		if (unknown.length > 0) return ["failed", `settings not reported: ${unknown.join(", ")}`];
		const different = differences(lamp, reported);
		const names = [...different]
			.map(([section, own]) => `${section}: ${own.join(", ")}`)
			.join("; ");
		return different.size === 0
			? ["done", "as in the site file"]
			: ["failed", `differs in ${names}`];
	});
}
