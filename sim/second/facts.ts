/**
 * Facts: what the lamp hears becomes the facts behind its light: settings, orders, dates, neighbours.
 *
 * Follows docs/light.md, The frame (what an input does, and when the light follows), Orders, Settings,
 * Boot and restart, The date, Neighbours; docs/broker.md, Orders and settings (topics).
 * The light half calls it as notes.md says.
 */
import type { Millis, Percent, UtcMillis } from "../../src/units.js";
import { run } from "./commands.js";
import {
	consoleDueAt,
	endConsoleTurn,
	freshConsole,
	leave,
	nextLine,
	refuseGuess,
	type,
} from "./console.js";
import {
	agrees,
	bootDates,
	clockError,
	clockUtc,
	dateThatCounts,
	hearAnswer,
	hearOutput,
	hearServer,
	pastDate,
	pastFrom,
	withdrawPhotocell,
} from "./dates.js";
import {
	type FactsState,
	type FlashState,
	freshVerdicts,
	type Once,
	type StreamState,
} from "./factsstate.js";
import type { Heard } from "./heard.js";
import { fullLevel } from "./levels.js";
import { freshMqtt, type Packet, readPackets } from "./mqtt.js";
import { configureRow, expect, freshRow, hearDatagram, keepOwn, rowDueAt } from "./neighbours.js";
import {
	type Door,
	type Order,
	type OrderDates,
	QUERIES,
	type Read,
	readOrder,
} from "./orderjson.js";
import {
	type Answer,
	answer,
	type EndDates,
	endAfter,
	endOrders,
	isKnown,
	KINDS,
	noteMoment,
	obey,
	rejected,
	remember,
	restore,
	type Standing,
	stepOf,
	storedOf as storedOrders,
} from "./orders.js";
import { ownPart } from "./own.js";
import type { DecisionTold, Facts, Ordered, ReplyToFill } from "./parts.js";
import {
	bootSettings,
	drift,
	type Flash,
	freshStored,
	hearNetwork,
	hearSection,
	inForce,
	keep,
	reportOf,
	settingsDueAt,
	settle,
	storedOf,
} from "./probation.js";
import { areEqual, brokenRule, depotValues, sectionNamed, type Values } from "./settings.js";
import { SECTION_NAMES } from "./settingtable.js";

type Replies = ReplyToFill[];

/** Hears one thing; returns what the lamp replies. */
export function hearFacts(state: FactsState, heard: Heard): readonly ReplyToFill[] {
	if (heard.kind === "installed") {
		install(state, heard.key, heard.value);
		return [];
	}
	state.now = heard.now;
	switch (heard.kind) {
		case "boot":
			boot(state, heard);
			return SECTION_NAMES.map((name) => reported(state, name));
		case "end":
			end(state, heard.isTorn, heard.why === "crash");
			return [];
		case "stored":
			hearStored(state, heard.key, heard.isErased, heard.result === "ok");
			return [];
		case "verdict":
			hearVerdict(state, heard);
			return [];
		case "time":
			hearServer(state.dates, heard.utc, heard.now);
			return [];
		case "network":
			return heard.isUp ? hearNetwork(state.settings).map((name) => reported(state, name)) : [];
		case "opened":
			state.streams[heard.stream] = freshStream(heard.now);
			return [];
		case "closed":
			delete state.streams[heard.stream];
			return [];
		case "read":
			return hearRead(state, state.streams[heard.stream], heard.bytes, heard.now);
		case "sent":
			hearSent(state, heard);
			return [];
		case "typed":
			if (heard.now - state.console.lastByteAt >= 600_000) state.settings.candidate = undefined;
			type(state.console, heard.bytes, heard.isLost, heard.now);
			return runLines(state, heard.now);
		case "datagram":
			hearDatagram(state.row, inForce(state.settings), heard.bytes, heard.now);
			return [];
		case "turn":
			return turn(state, heard.now);
		default:
			return [];
	}
}

/* What the depot wrote, boot and end. */

function install(state: FactsState, key: string, value: string): void {
	if (key === "secret") state.flash.secret = value;
	if (!key.startsWith("set.")) return;
	const section = sectionNamed(key.slice(4));
	if (section === undefined) return;
	const { settings } = state.flash;
	settings.values = { ...settings.values, [section.name]: depotValues(section, value) };
}

function boot(state: FactsState, heard: Heard & { kind: "boot" }): void {
	const { now } = heard;
	state.serial = heard.serial;
	state.life = heard.life;
	state.cause = heard.cause;
	state.bootAt = now;
	state.isAlive = true;
	state.turns = 0;
	state.verdicts = freshVerdicts();
	state.dates = bootDates(
		state.flash.certain,
		heard.earliestDate,
		heard.wallClock,
		heard.cause,
		now,
	);
	load(state, now);
	const { probation } = state.flash.settings;
	if (probation !== undefined) {
		state.flash.settings.probation = { ...probation, boots: probation.boots + 1 };
	}
	state.console = freshConsole(state.flash.secret, state.flash.guessed, now);
	state.row = freshRow(now);
	state.streams = {};
	state.written = [];
	state.sections = [];
	state.once = [];
	state.inFlight = [];
	state.taken = 0;
	state.acked = 0;
	state.repliesSent = 0;
	state.sentTold = 0;
	state.basis = "";
	state.configured = -1;
	configure(state, now);
}

/** Settings and orders as flash has them. */
function load(state: FactsState, now: number): void {
	state.settings = bootSettings(state.flash.settings, state.settings.count, now);
	const full = fullLevel(inForce(state.settings).light!);
	const past = pastDate(state.dates, now);
	state.orders = restore(state.flash.orders, now, past, clockUtc(state.dates, now), full);
}

/** The life ends; in a turn no more was read than was acknowledged, and the message behind it. */
function end(state: FactsState, isTorn: boolean, isCrash: boolean): void {
	const { acked, written } = state;
	if (isTorn || isCrash) hearReached(state, isTorn);
	state.torn = isTorn ? whenRead(state, acked) : undefined;
	if (isTorn || isCrash) {
		const ofOrders = written.filter(({ key }) => key === "twin" || key === "repeats");
		endAfter(state.orders, ofOrders.at(-1)?.acked ?? acked);
	}
	commit(state);
	state.isAlive = false;
}

/** Flash as the write that power cut off would have left it. */
function whenRead(state: FactsState, messages: number): FlashState {
	const { orders } = state;
	state.orders = { ...orders };
	endAfter(state.orders, messages);
	const flash = wouldStore(state);
	state.orders = orders;
	return flash;
}

/** Sections that a bank of this turn may hold. */
function hearReached(state: FactsState, isTorn: boolean): void {
	const { now, acked, written } = state;
	state.sections = state.sections.filter(({ after }) => after <= acked);
	if (!isTorn && !written.some(({ key }) => key === "bank")) return;
	const flash = flashOf(state);
	hearSections(state, flash, [], now);
	settleSettings(state, flash, [], now);
}

/** Flash as it is if everything is written now. */
function wouldStore(state: FactsState): FlashState {
	const writesOf = (name: string) => state.written.filter(({ key }) => key === name).length;
	const writes = Math.max(writesOf("twin"), writesOf("repeats"), 1);
	return {
		settings: storedOf(state.settings),
		orders: storedOrders(state.orders, writes, state.now, endDates(state, state.now)),
		certain: state.dates.certainToStore,
		secret: state.console.secret,
		guessed: state.console.kept,
	};
}

function hearStored(state: FactsState, key: string, isErased: boolean, isOk: boolean): void {
	const { torn } = state;
	if (torn !== undefined && (!state.isAlive || state.turns === 0)) {
		if (isOk) writeKey(state, torn, key, isErased);
		if (state.isAlive) {
			load(state, state.now);
			configure(state, state.now);
		}
		return;
	}
	if (key === "guessed" && !isOk && !isErased) refuseGuess(state.console, state.now, state.bootAt);
	if (key === "guessed" && isErased && isOk) state.console.kept = 0;
	state.written.push({ key, isErased, isOk, acked: state.acked });
}

/** What was said to be committed in this turn stands in flash from now on. */
function commit(state: FactsState): void {
	if (state.written.length > 0) {
		const whole = wouldStore(state);
		for (const { key, isErased, isOk } of state.written) {
			if (isOk) writeKey(state, whole, key, isErased);
		}
		state.written = [];
	}
	state.orders.moments = [];
}

function writeKey(state: FactsState, from: FlashState, key: string, isErased: boolean): void {
	const { flash } = state;
	if (key === "bank") flash.settings = isErased ? freshStored() : from.settings;
	else if (key === "twin") flash.orders.standing = isErased ? {} : from.orders.standing;
	else if (key === "repeats") flash.orders.ids = isErased ? [] : from.orders.ids;
	else if (key === "secret") flash.secret = isErased ? "" : from.secret;
	else if (key === "guessed") flash.guessed = isErased ? 0 : from.guessed;
	else if (key === "time") flash.certain = isErased ? undefined : from.certain;
}

function hearVerdict(state: FactsState, heard: Heard & { kind: "verdict" }): void {
	const { verdicts } = state;
	switch (heard.name) {
		case "credit":
			verdicts.hasCredit = heard.value;
			break;
		case "commands":
			state.console.told.commands = heard.value;
			break;
		case "isAnswering":
			state.console.told.isAnswering = heard.value;
			break;
		case "isReplyRoomFull":
			verdicts.isReplyRoomFull = heard.value;
			break;
		case "clockConflict":
			verdicts.isConflict = heard.value;
			break;
		case "midnight":
			verdicts.midnight = heard.value;
			break;
		case "usualNight":
			verdicts.usualNight = heard.value;
			break;
		case "photocellOutput":
			verdicts.photocellOutput = heard.value;
			break;
		case "lightDoubt":
			verdicts.lightDoubt = heard.value;
			break;
		case "presenceDoubt":
			verdicts.presenceDoubt = heard.value;
			break;
		case "revision":
			hearRevision(state, heard.value);
			break;
	}
}

/** After a torn write: which of the two settings stand. */
function hearRevision(state: FactsState, revision: number): void {
	const { torn } = state;
	if (torn === undefined || state.turns > 0 || state.settings.revision === revision) return;
	if (torn.settings.revision !== revision) return;
	state.flash.settings = torn.settings;
	if (!state.isAlive) return;
	load(state, state.now);
	configure(state, state.now);
}

/* The broker. */

function freshStream(now: number): StreamState {
	return {
		openedAt: now,
		mqtt: freshMqtt(),
		isBroker: undefined,
		hasTopics: false,
		firstState: undefined,
		ackedAt: undefined,
	};
}

/** The broker's stream begins with a CONNACK; that of a server of images with a letter of HTTP. */
const CONNACK = 0x20;

function hearRead(
	state: FactsState,
	stream: StreamState | undefined,
	bytes: Uint8Array,
	now: number,
): readonly ReplyToFill[] {
	if (stream === undefined || bytes.length === 0) return [];
	if (stream.isBroker === undefined) {
		stream.isBroker = bytes[0] === CONNACK;
		if (stream.isBroker) state.taken = state.acked = 0;
	}
	if (!stream.isBroker) return [];
	const replies: Replies = [];
	for (const packet of readPackets(stream.mqtt, bytes)) {
		hearPacket(state, stream, packet, replies, now);
	}
	return replies;
}

function hearPacket(
	state: FactsState,
	stream: StreamState,
	packet: Packet,
	replies: Replies,
	now: number,
): void {
	switch (packet.type) {
		case "suback":
			if (packet.codes[0]! < 0x80) stream.hasTopics = true;
			break;
		case "puback":
			if (packet.id === stream.firstState) stream.ackedAt ??= now;
			state.inFlight = state.inFlight.filter((id) => id !== packet.id);
			break;
		case "publish":
			if (packet.payload.length > 0) hearMessage(state, packet, replies, now);
			if (packet.qos === 1) state.taken++;
			break;
	}
}

function hearSent(state: FactsState, heard: Heard & { kind: "sent" }): void {
	const { topic, id, nonce, now } = heard;
	if (nonce !== undefined) state.dates.question = { nonce, at: now };
	if (heard.packet === "puback") state.acked++;
	if (topic === undefined || id === undefined) return;
	if (topic.endsWith("/reply")) {
		state.repliesSent++;
		if (!state.inFlight.includes(id)) state.inFlight.push(id);
	}
	const first = inForce(state.settings).identity!.site === "" ? "/status" : "/state";
	if (!topic.endsWith(first)) return;
	for (const stream of Object.values(state.streams)) {
		if (stream.isBroker) stream.firstState ??= id;
	}
}

/** Topics by the names in force. */
function prefixOf(state: FactsState): string {
	const settings = inForce(state.settings);
	const root = settings.link!.root as string;
	const { site, node } = settings.identity as { site: string; node: string };
	if (site === "") return `${root}/unassigned/${state.serial}/`;
	return `${root}/${site}/${node === "" ? state.serial : node}/`;
}

function doorOf(state: FactsState, topic: string): Door | undefined {
	const settings = inForce(state.settings);
	const { site, group } = settings.identity as { site: string; group: string };
	const prefix = prefixOf(state);
	if (topic === `${prefix}command`) return "lamp";
	if (site === "") return undefined;
	const street = `${settings.link!.root as string}/${site}/`;
	if (topic === `${street}all/command`) return "all";
	if (group !== "" && topic === `${street}group/${group}/command`) return "group";
	const emergencies = [`${prefix}emergency`, `${street}all/emergency`];
	if (group !== "") emergencies.push(`${street}group/${group}/emergency`);
	return emergencies.includes(topic) ? "emergency" : undefined;
}

function hearMessage(
	state: FactsState,
	packet: Packet & { type: "publish" },
	replies: Replies,
	now: number,
): void {
	const { topic, payload, isRetained } = packet;
	const prefix = prefixOf(state);
	const isAssigned = inForce(state.settings).identity!.site !== "";
	const desired = `${prefix}settings/desired/`;
	if (isAssigned && topic.startsWith(desired)) {
		state.sections.push({
			name: topic.slice(desired.length),
			payload,
			after: state.taken,
			at: now,
		});
		return;
	}
	if (isAssigned && topic === `${prefix}clock/answer`) {
		hearAnswer(state.dates, payload, isRetained, now);
		return;
	}
	const door = doorOf(state, topic);
	if (door === undefined) return;
	const read = readOrder(payload, isRetained, door, orderDates(state, now));
	const room = state.verdicts.isReplyRoomFull;
	const replied = answer(state.orders, state.flash.orders, read, door, room, now);
	if (replied.isOnce) {
		state.once.push({ order: replied.order!, door, after: state.taken, at: now });
		return;
	}
	if (replied.order !== undefined && replied.status === "accepted") {
		obey(state.orders, replied.order, fullLevel(inForce(state.settings).light!), now);
		remember(state.orders, replied.order.id);
		noteOrders(state, now);
	}
	replies.push(replyOf(state, replied, now));
	if (replied.order?.command === "report") {
		for (const name of SECTION_NAMES) replies.push(reported(state, name));
	}
}

function orderDates(state: FactsState, now: number): OrderDates {
	const date = dateThatCounts(state.dates, now);
	const who = state.dates.witness?.who;
	const program = programAt(state, now);
	return {
		utc: date?.utc,
		error: date?.error ?? Number.POSITIVE_INFINITY,
		past: pastDate(state.dates, now),
		knowsDay: who === "city" || who === "technician",
		isProgramDated: program !== undefined && !program.isAssumed,
	};
}

function replyOf(state: FactsState, replied: Answer, now: number): ReplyToFill {
	const payload: Record<string, unknown> = {};
	if (replied.id !== undefined) payload.id = replied.id;
	payload.status = replied.status;
	if (replied.reason !== undefined) payload.reason = replied.reason;
	if (replied.field !== undefined) payload.field = replied.field;
	const { order } = replied;
	if (order?.command !== "explain") return { topic: "reply", payload };
	const at = order.fields.at as UtcMillis | undefined;
	if (at === undefined) return { topic: "reply", payload, explainAt: "now" };
	const utc = dateThatCounts(state.dates, now)!.utc;
	return { topic: "reply", payload, explainAt: at, explainInstant: now - (utc - at) };
}

/** A report tells of the moment of its sending: one that waits tells of each later state. */
function newReports(state: FactsState): Replies {
	const { revision, probation, taken, drifted, rejection } = state.settings;
	const says = JSON.stringify([revision, probation?.sections, taken, drifted, rejection]);
	if (says === state.said) return [];
	state.said = says;
	return SECTION_NAMES.map((name) => reported(state, name));
}

function reported(state: FactsState, name: string): ReplyToFill {
	return { topic: `settings/reported/${name}`, payload: reportOf(state.settings, name) };
}

/* A turn. */

function turn(state: FactsState, now: number): readonly ReplyToFill[] {
	const replies: Replies = [];
	const flash = flashOf(state);
	hearSections(state, flash, replies, now);
	replies.push(...runLines(state, now));
	if (state.once.length > 0) {
		const { once } = state;
		state.once = [];
		for (const one of once) judgeOnce(state, one, flash, replies);
	}
	configure(state, now);
	hearPhotocell(state, now);
	if (state.verdicts.isConflict && agrees(state.dates, now)) withdrawPhotocell(state.dates);
	endStanding(state, now);
	expect(state.row, now);
	return replies;
}

/** Orders whose end has come are gone, and that is stored. */
function endStanding(state: FactsState, now: number): void {
	const standing = Object.keys(state.orders.standing).length;
	endOrders(state.orders, now, endDates(state, now));
	if (Object.keys(state.orders.standing).length < standing) noteOrders(state, now);
}

function endDates({ dates }: FactsState, now: number): EndDates {
	return { past: pastDate(dates, now), clock: clockUtc(dates, now) };
}

/** The orders have changed. */
function noteOrders(state: FactsState, now: number): void {
	noteMoment(state.orders, state.flash.orders, state.taken, now, endDates(state, now));
}

function hearSections(state: FactsState, flash: Flash, replies: Replies, now: number): void {
	const { sections } = state;
	state.sections = [];
	for (const { name, payload, after, at } of sections) {
		// A whole revision before it is in force if its bank was written; else a higher one drops it.
		const isWritten = state.written.some(({ key, acked }) => key === "bank" && acked <= after);
		if (state.settings.complete && isWritten) settleSettings(state, flash, replies, now);
		const atThis = { ...flash, hasCredit: hadCreditFor(state, after) };
		for (const changed of hearSection(state.settings, name, payload, atThis, at)) {
			replies.push(reported(state, changed));
		}
	}
}

function flashOf(state: FactsState): Flash {
	const failed = state.written.filter((write) => !write.isOk).map((write) => write.key);
	const written = state.written.map((write) => write.key);
	return { hasCredit: state.verdicts.hasCredit, failed, written };
}

/** The output that the witnesses go by: none under a doubt, but night under `contradicted`. */
function hearPhotocell(state: FactsState, now: number): void {
	const settings = inForce(state.settings);
	const { photocellOutput, lightDoubt, usualNight } = state.verdicts;
	let output = photocellOutput;
	const isNightAnyway = lightDoubt === "contradicted" && output === "night";
	if (lightDoubt !== undefined && !isNightAnyway) output = "unknown";
	if (settings.sensing!.photocell === false) output = "unknown";
	if (output === state.dates.output) return;
	const around = {
		latitude: settings.calendar!.latitude as number,
		longitude: settings.calendar!.longitude as number,
		isAlwaysSupplied: settings.power!.supply === "always",
		usualNight,
	};
	hearOutput(state.dates, output, around, now);
}

function runLines(state: FactsState, now: number): readonly ReplyToFill[] {
	const replies: Replies = [];
	if (state.console.lines.length === 0) return replies;
	const doors = {
		dates: () => orderDates(state, now),
		once: (read: Read) => {
			if ("order" in read)
				state.once.push({ order: read.order, door: "console", after: state.taken, at: now });
		},
		report: (sections: readonly string[]) => {
			for (const name of sections) replies.push(reported(state, name));
		},
		changed: () => noteOrders(state, now),
	};
	for (;;) {
		const line = nextLine(state.console, now);
		if (line === undefined) break;
		run(state, line, doors, now);
		configure(state, now);
	}
	return replies;
}

/** Orders that act once: the last refusals, and what is done at once. */
function judgeOnce(state: FactsState, once: Once, flash: Flash, replies: Replies): void {
	const { order, door, at: now } = once;
	const reply = (replied: Answer) => {
		if (door !== "console") replies.push(replyOf(state, replied, now));
	};
	const accepted: Answer = {
		id: order.id,
		status: "accepted",
		reason: undefined,
		field: undefined,
		order,
		isOnce: true,
	};
	const reason = refusalOnce(state, once, flash);
	if (reason !== undefined && reason !== "isDone") {
		reply(rejected({ id: order.id, reason, field: undefined }));
		return;
	}
	if (!isKnown(state.orders, state.flash.orders, order.id)) {
		remember(state.orders, order.id);
		noteOrders(state, now);
	}
	reply(accepted);
	if (reason === "isDone") return;
	if (order.command === "luminaireReplaced") {
		keepForOrder(state, replies);
		const power = withNewLuminaire(state, order);
		const next = { ...state.settings.values, power };
		for (const name of drift(state.settings, next, now)) replies.push(reported(state, name));
		return;
	}
	if (order.command === "assign") keepForOrder(state, replies);
	state.orders.waiting = { order, actsAt: replyDue(state, order, door, now) + 2000 };
	state.sentBefore = state.sentTold;
}

function keepForOrder(state: FactsState, replies: Replies): void {
	for (const name of keep(state.settings)) replies.push(reported(state, name));
}

function refusalOnce(
	state: FactsState,
	{ order, door, after, at: now }: Once,
	flash: Flash,
): string | undefined {
	if (isKnown(state.orders, state.flash.orders, order.id)) return "isDone"; // by this turn
	if (state.orders.waiting !== undefined) return "rateExceeded";
	const hasFailed = (name: string) => flash.failed.some((key) => key.includes(name));
	// what it has written in this turn it had the credit for, though none may be left
	const writesBank = order.command === "assign" || order.command === "luminaireReplaced";
	const hasCredit = hadCreditFor(state, after) || (writesBank && flash.written.includes("bank"));
	if (order.command === "assign") {
		if (areEqual(namesOf(order), state.settings.values.identity!)) return "isDone";
		if (!hasCredit || hasFailed("bank") || hasFailed("identity")) return "storeFailure";
	}
	if (door !== "console" && !hasCredit) return "storeFailure";
	if (order.command === "luminaireReplaced") {
		const power = withNewLuminaire(state, order);
		if (brokenRule("power", power) !== undefined) return "storeFailure";
		if (hasFailed("bank") || hasFailed("power")) return "storeFailure";
	}
	if (order.command === "nodeReplaced" && hasFailed("place")) return "storeFailure";
	const isAgain = state.cause === "restart" && now - state.bootAt < 600_000;
	if (door !== "console" && isAgain) {
		if (order.command === "restart" || order.command === "nodeReplaced") return "rateExceeded";
	}
	return undefined;
}

/**
 * Whether there was credit when an order of this turn was judged: credit only falls in a turn, so there was
 * if some is left, if none was spent before it, or if settings, which do not borrow, were written after it.
 */
function hadCreditFor({ verdicts, written }: FactsState, after: number): boolean {
	if (verdicts.hasCredit) return true;
	if (verdicts.hadCredit && !written.some(({ acked }) => acked < after)) return true;
	const isSettings = (key: string) => key === "bank" || /^(set|alt)\./.test(key);
	return written.some(({ key, acked }) => acked >= after && isSettings(key));
}

function namesOf(order: Order): Values {
	const { site, node, group } = order.fields;
	return { site: site as string, node: node as string, group: (group as string | undefined) ?? "" };
}

function withNewLuminaire(state: FactsState, order: Order): Values {
	const before = state.settings.values.power!;
	const after = { ...before, hoursBefore: 0, cleanedAt: 0 };
	const power = order.fields.ledPower_W as number | undefined;
	if (power === undefined) return after;
	return { ...after, ledPower_W: power, ledPower50_W: 0, ledPower25_W: 0, ledPower10_W: 0 };
}

/** When the reply to an order is due. */
function replyDue(state: FactsState, order: Order, door: Door, now: number): number {
	if (door !== "group" && door !== "all") return now;
	const isQuery = QUERIES.includes(order.command);
	const spread = (order.fields.spread_s as number | undefined) ?? undefined;
	const standard = isQuery ? 600 : (inForce(state.settings).link!.replySpread as number);
	return now + Math.floor(ownPart(prefixOf(state)) * (spread ?? standard) * 1000);
}

/** What follows a change of the settings in force. */
function configure(state: FactsState, now: number): void {
	if (state.configured === state.settings.count) return;
	state.configured = state.settings.count;
	const settings = inForce(state.settings);
	configureRow(state.row, settings, now);
	const place = `${settings.calendar!.latitude} ${settings.calendar!.longitude}`;
	if (place !== state.place && state.turns > 0) withdrawPhotocell(state.dates);
	state.place = place;
}

/**
 * After each decision: what waits for it is put in force, and the level is remembered that maintenance
 * holds.
 */
export function tellDecision(
	state: FactsState,
	now: Millis,
	told: DecisionTold,
): readonly ReplyToFill[] {
	const replies: Replies = [];
	state.turns++;
	if (state.orders.sequence === undefined) state.orders.heldLevel = told.level;
	state.dates.hasJumped = false;
	state.basis = basisOf(state);
	settleSettings(state, flashOf(state), replies, now);
	act(state, replies, now);
	state.sentTold = state.repliesSent;
	const isTrusted =
		inForce(state.settings).sensing!.pirFitted === true &&
		state.verdicts.presenceDoubt === undefined;
	keepOwn(state.row, isTrusted);
	endConsoleTurn(state.console, now);
	if (state.console.isOpen && now - state.console.lastByteAt >= 600_000) {
		leave(state.console);
		state.settings.candidate = undefined;
	}
	configure(state, now);
	commit(state);
	state.verdicts.hadCredit = state.verdicts.hasCredit;
	state.torn = undefined;
	replies.push(...newReports(state));
	return replies;
}

function settleSettings(state: FactsState, flash: Flash, replies: Replies, now: number): void {
	const { settings } = state;
	if (settings.probation === undefined && !settings.complete && now < settingsDueAt(settings))
		return;
	const { probation } = settings;
	const isThird = probation !== undefined && probation.boots >= 3 && state.turns >= 2;
	const stands = () => now >= standsFrom(state);
	for (const name of settle(settings, stands, isThird, flash, now)) {
		replies.push(reported(state, name));
	}
	configure(state, now);
}

/** From when on a session stands that began since the probation; Infinity: none. */
function standsFrom(state: FactsState): number {
	const since = state.settings.probation?.since ?? Number.NEGATIVE_INFINITY;
	let from = Number.POSITIVE_INFINITY;
	for (const stream of Object.values(state.streams)) {
		if (stream.ackedAt === undefined || !stream.hasTopics || stream.openedAt < since) continue;
		from = Math.min(from, stream.ackedAt + 60_000);
	}
	return from;
}

/** An order that waited for its reply acts. */
function act(state: FactsState, replies: Replies, now: number): void {
	const { waiting } = state.orders;
	if (waiting === undefined) return;
	const isAcked = state.repliesSent > state.sentBefore && state.inFlight.length === 0;
	if (now < waiting.actsAt && !isAcked) return;
	state.orders.waiting = undefined;
	if (waiting.order.command !== "assign") return;
	const next = { ...state.settings.values, identity: namesOf(waiting.order) };
	for (const name of drift(state.settings, next, now)) replies.push(reported(state, name));
}

/* What is in force. */

function basisOf(state: FactsState): string {
	if (state.verdicts.midnight !== undefined) return "midnight";
	return state.dates.clock === undefined || state.verdicts.isConflict ? "none" : "clock";
}

/** The clock of the program. */
function programAt(state: FactsState, now: number): Facts["program"] {
	switch (basisOf(state)) {
		case "midnight": {
			const utc = (now + state.verdicts.midnight!) as UtcMillis;
			return { utc, error: 900_000, isAssumed: true };
		}
		case "clock": {
			const utc = clockUtc(state.dates, now)! as UtcMillis;
			return { utc, error: clockError(state.dates, now), isAssumed: false };
		}
		default:
			return undefined;
	}
}

function orderedBy(order: Standing | undefined, now: number): Ordered | undefined {
	if (order === undefined || now >= order.endsAt) return undefined;
	return {
		source: order.id,
		level: order.level as Percent,
		ramp: order.ramp,
		belowFloor: order.belowFloor,
		inhibitSensors: order.inhibitSensors,
	};
}

/** The facts in force at the instant of a decision. */
export function factsAt(state: FactsState, now: Millis): Facts {
	const { orders, dates } = state;
	const program = programAt(state, now);
	const date = dateThatCounts(dates, now);
	const { sequence, volume } = orders;
	let step: Facts["sequence"];
	if (sequence !== undefined && now < sequence.endsAt) {
		const { share, index } = stepOf(sequence);
		step = {
			source: sequence.id,
			share,
			step: sequence.number * 1000 + index,
			ramp: sequence.kind === "identify" ? 0 : 1000,
		};
	}
	return {
		settings: inForce(state.settings),
		settingsCount: state.settings.count,
		sequence: step,
		override:
			orderedBy(orders.standing.override, now) ?? orderedBy(orders.standing.maintenance, now),
		emergency: orderedBy(orders.standing.emergency, now),
		givenVolume: volume !== undefined && now < volume.endsAt ? volume.volume : undefined,
		program,
		date: date === undefined ? undefined : { utc: date.utc as UtcMillis, error: date.error },
		isCorroborated: program !== undefined && !program.isAssumed && agrees(dates, now),
		comingUntil: state.row.until,
		dueAt: factsDueAt(state),
		hasJumped: dates.hasJumped || basisOf(state) !== state.basis,
	};
}

/** When time alone changes a fact; Infinity: never. */
export function factsDueAt(state: FactsState): number {
	const { orders, now } = state;
	let due = Math.min(
		settingsDueAt(state.settings),
		rowDueAt(state.row, now),
		consoleDueAt(state.console),
		orders.waiting?.actsAt ?? Number.POSITIVE_INFINITY,
		orders.volume?.endsAt ?? Number.POSITIVE_INFINITY,
	);
	if (orders.sequence !== undefined) due = Math.min(due, orders.sequence.nextAt);
	for (const kind of KINDS) {
		const order = orders.standing[kind];
		if (order === undefined) continue;
		due = Math.min(due, order.endsAt);
		if (order.endUtc === undefined) continue;
		due = Math.min(due, pastFrom(state.dates, order.endUtc, now));
		const { clock } = state.dates;
		if (order.isRestored && kind !== "emergency" && clock !== undefined) {
			due = Math.min(due, clock.at + (order.endUtc - clock.utc));
		}
	}
	if (state.settings.probation !== undefined) due = Math.min(due, standsFrom(state));
	return due;
}
