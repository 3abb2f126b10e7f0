/** A life that ends in a turn, and what an order is answered: the second lamp by what it hears alone. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import mqtt from "mqtt-packet";
import type { Heard, Reply } from "../../../sim/second/heard.js";
import { type LampState, secondLamp } from "../../../sim/second/lamp.js";
import { freshOrders, type StandingKind, toStore } from "../../../sim/second/orders.js";
import type { Lux, UtcMillis } from "../../../src/units.js";

const UTC = Date.UTC(2026, 10, 24, 20) as UtcMillis;
const NAMES = '{"site":"liege","node":"pole-00001","group":""}';

let state: LampState;
let replies: Reply[];

function hear(...all: readonly Heard[]): void {
	for (const heard of all) replies.push(...secondLamp.step(state, heard));
}

function begin(cause: "powerOn" | "crash", wallClock?: UtcMillis): void {
	hear({
		kind: "boot",
		now: 0,
		cause,
		serial: "L00001",
		hardware: "virtual/1",
		profile: "development",
		lightSensorRange: undefined,
		earliestDate: UTC,
		wallClock,
		isMemoryKept: cause === "crash",
		hasBus: false,
		life: 1,
		operatingHours: 0,
	});
}

function boot(cause: "powerOn" | "crash", wallClock?: UtcMillis): void {
	begin(cause, wallClock);
	hear({ kind: "turn", now: 0 });
}

/** A lamp with a session: it connected at 60 s, when its place was vacant. */
beforeEach(() => {
	state = secondLamp.fresh() as LampState;
	replies = [];
	hear({ kind: "installed", key: "set.identity", value: NAMES });
	boot("powerOn");
	hear({ kind: "time", now: 1000, utc: UTC }, { kind: "turn", now: 1000 });
	hear({ kind: "turn", now: 60_000 });
	connect(60_000);
});

function connect(now: number): void {
	const [connack, suback] = [
		mqtt.generate({ cmd: "connack", returnCode: 0, sessionPresent: false }),
		mqtt.generate({ cmd: "suback", messageId: 1, granted: [1] }),
	];
	hear({ kind: "opened", now, stream: 0, host: "broker", port: 1883, isTls: false });
	hear({ kind: "read", now, stream: 0, bytes: connack });
	hear({ kind: "read", now, stream: 0, bytes: suback }, { kind: "turn", now });
}

const NOW = 70_000;
const issued = new Date(UTC + NOW - 1000).toISOString();
const at = (minutes: number) => new Date(UTC + minutes * 60_000).toISOString();

function publish(topic: string, payload: object): Uint8Array {
	return mqtt.generate({
		cmd: "publish",
		topic: `luminode/1/liege/pole-00001/${topic}`,
		payload: JSON.stringify(payload),
		qos: 1,
		messageId: 9,
		dup: false,
		retain: false,
	});
}

const order = (id: string, fields: object) => publish("command", { id, issued, ...fields });
const override = (id: string, level: number) =>
	order(id, { command: "override", level, expiration: at(60) });
const read = (...messages: readonly Uint8Array[]): Heard => ({
	kind: "read",
	now: NOW,
	stream: 0,
	bytes: Buffer.concat(messages),
});
const stored = (key: string): Heard => ({
	kind: "stored",
	now: NOW,
	key,
	isErased: false,
	result: "ok",
});
const sent = (packet: string, answers?: string, now = NOW): Heard => ({
	kind: "sent",
	now,
	packet,
	id: 1,
	topic: packet === "publish" ? "luminode/1/liege/pole-00001/reply" : undefined,
	nonce: undefined,
	answers,
});
const ack = sent("puback");
const credit = (value: boolean): Heard => ({ kind: "verdict", now: NOW, name: "credit", value });
const crash: Heard = { kind: "end", now: NOW, why: "crash", isTorn: false };
const turn = (now = NOW): Heard => ({ kind: "turn", now });

const puback = mqtt.generate({ cmd: "puback", messageId: 1 });
const STANDING = {
	id: "a",
	level: 100,
	ramp: undefined,
	inhibitSensors: false,
	belowFloor: false,
	isMaximum: false,
};

const level = () => secondLamp.lightAt(state, 0).level;
/** The override of the next life; undefined: none stands. */
function next(): string | undefined {
	boot("crash", (UTC + NOW + 300) as UtcMillis);
	return /The override (\S+) ends/.exec(secondLamp.explain(state))?.[1];
}

describe("a machine that ends in a turn", () => {
	const three = read(
		override("a", 50),
		override("b", 60),
		order("c", { command: "clearOverride" }),
	);

	test.each<[what: string, heard: readonly Heard[], order: string | undefined]>([
		["before its first write has no order", [three, crash], undefined],
		["after the first has that one", [three, stored("twin"), ack, ack, crash], "a"],
		["in the second too", [three, stored("twin"), ack, stored("twin"), crash], "b"],
		["in the third has none", [three, stored("twin"), ack, ack, stored("twin"), crash], undefined],
	])("%s", (_what, heard, wanted) => {
		hear(...heard);
		expect(next()).toBe(wanted);
	});

	const cut: Heard = { kind: "end", now: NOW, why: "powerCut", isTorn: true };
	test.each<[result: "ok" | "failed", order: string]>([
		["failed", "a"],
		["ok", "b"],
	])("in a write of the second, which is %s, has %s", (result, wanted) => {
		hear(three, stored("twin"), ack, cut);
		begin("powerOn");
		hear({ kind: "stored", now: 0, key: "twin", isErased: false, result }, turn(0));
		expect(/The override (\S+) ends/.exec(secondLamp.explain(state))?.[1]).toBe(wanted);
	});

	const revision = (number: number, maxLevel: number) =>
		publish("settings/desired/light", { revision: number, count: 1, settings: { maxLevel } });
	const light = [stored("alt.light"), stored("bank")];
	test.each<[what: string, heard: readonly Heard[], maxLevel: number]>([
		["has new settings if their bank was written", [read(revision(7, 70)), ack, ...light], 70],
		["and else the old ones", [read(revision(7, 70)), ack, stored("alt.light")], 100],
		["and none that it had not read", [read(revision(7, 70), revision(8, 60)), ...light], 70],
	])("%s", (_what, heard, maxLevel) => {
		hear(...heard, crash);
		boot("powerOn");
		expect(state.facts.settings.values.light!.maxLevel).toBe(maxLevel);
	});

	test("begins with the level of the decision, if there was one", () => {
		const before = structuredClone(state);
		const first = read(override("a", 50));
		hear(first, stored("twin"), ack, { kind: "decided", now: NOW }, crash);
		begin("crash");
		expect(level()).toBe(50);
		state = before;
		const was = level();
		hear(first, stored("twin"), ack, crash);
		begin("crash");
		expect(level()).toBe(was);
		expect(was).not.toBe(50);
	});
});

test.each<[what: string, between: readonly Heard[], maxLevel: number]>([
	["drops the one before", [ack], 100],
	["follows it, if that one's bank was written", [stored("bank"), ack], 70],
])("a whole revision in the same turn %s", (_what, between, maxLevel) => {
	const settings = (name: string, number: number, values: object) =>
		publish(`settings/desired/${name}`, { revision: number, count: 1, settings: values });
	const both = [settings("light", 7, { maxLevel: 70 }), settings("sensing", 8, { trafficK: 5 })];
	hear(read(...both), stored("alt.light"), ...between, stored("alt.sensing"), ack, stored("bank"));
	hear(turn());
	const { values } = state.facts.settings;
	expect([values.light!.maxLevel, values.sensing!.trafficK]).toEqual([maxLevel, 5]);
});

describe("the credit that an order needs", () => {
	const restart = order("r", { command: "restart", commandConfirmation: true });
	const answered = () => replies.find(({ payload }) => payload.id === "r")?.payload.status;

	test.each<[what: string, heard: readonly Heard[], status: string]>([
		["is there, if its own write spends it", [read(restart), stored("twin"), ack], "accepted"],
		[
			"not if an order before spent it",
			[read(override("a", 50), restart), stored("twin"), ack, ack],
			"rejected",
		],
		[
			"if settings are written after it",
			[read(override("a", 50), restart), stored("twin"), ack, ack, stored("bank")],
			"accepted",
		],
	])("%s", (_what, heard, status) => {
		hear(...heard, credit(false), turn());
		expect(answered()).toBe(status);
	});

	test("of a revision, whose bank spends it", () => {
		const settings = { revision: 7, count: 1, settings: { maxLevel: 70 } };
		hear(
			read(publish("settings/desired/light", settings)),
			ack,
			stored("bank"),
			credit(false),
			turn(),
		);
		expect(state.facts.settings.values.light!.maxLevel).toBe(70);
	});

	test("not if the turn before had none", () => {
		hear(credit(false), turn(), read(restart), ack, turn());
		expect(answered()).toBe("rejected");
	});
});

test("explain tells of the instant at which it is sent", () => {
	const explain = { command: "explain" };
	hear(read(order("p", explain), order("q", explain)), ack, ack, turn());
	expect(replies.filter(({ topic }) => topic === "reply")).toEqual([]);
	hear({ ...read(override("a", 50)), now: NOW + 500 } as Heard, ack, turn(NOW + 500));
	hear(sent("publish", "q", NOW + 900), turn(NOW + 900));
	const [first, second, third] = replies.filter(({ topic }) => topic === "reply");
	expect(third).toBeUndefined();
	expect(first!.payload).toMatchObject({ id: "a", status: "accepted" });
	expect(second!.payload).toMatchObject({ id: "q", because: "override", level: 50 });

	const answers = () => replies.filter(({ payload }) => payload.id === "q").length;
	hear(sent("publish", "q", NOW + 2000), turn(NOW + 2000));
	expect(answers()).toBe(2); // again, without an acknowledgement
	hear({ kind: "read", now: NOW + 2100, stream: 0, bytes: puback }, turn(NOW + 2100));
	hear(sent("publish", "q", NOW + 2200), turn(NOW + 2200));
	expect(answers()).toBe(2);
});

test("nodeReplaced whose key cannot be written is refused", () => {
	const replaced = { command: "nodeReplaced", commandConfirmation: true, life: 7 };
	hear(read(order("n", replaced)), { ...stored("place"), result: "failed" } as Heard, ack, turn());
	expect(replies.at(-1)!.payload).toMatchObject({ id: "n", reason: "storeFailure" });
});

describe("a rise of identify, which began below what is guaranteed and is above it", () => {
	const later = NOW + 30_000;
	const dateThen = (UTC + later - 220) as UtcMillis;
	const ends = () => secondLamp.lightAt(state, 0).fadeEndsAt;
	beforeEach(() => {
		const out = { command: "override", level: 1, belowFloor: true, inhibitSensors: true };
		hear(read(order("o", { ...out, expiration: at(60) })), ack, turn(), turn(NOW + 20_000));
		const identify = { id: "i", issued, command: "identify", duration: 30 };
		hear({ ...read(publish("command", identify)), now: later } as Heard, turn(later));
	});
	test.each<[what: string, heard: Heard, isUnderWay: boolean]>([
		["goes on with a reading", { kind: "illuminance", now: later + 780, lux: 1 as Lux }, true],
		[
			"ends with what asks for a decision",
			{ kind: "time", now: later + 780, utc: dateThen },
			false,
		],
	])("%s", (_what, heard, isUnderWay) => {
		expect(ends()).toBe(later + 800);
		hear(heard, turn(later + 780));
		expect(ends() > 0).toBe(isUnderWay);
	});
});

describe("the time that is left of an order when it is stored", () => {
	const END = UTC + 100_000;
	test.each<[what: string, kind: StandingKind, isRestored: boolean, left: number]>([
		["by a date that is certainly past", "emergency", false, 80_000],
		["likewise of a restored emergency", "emergency", true, 80_000],
		["by the clock, of a restored override", "override", true, 70_000],
		["not by the clock, of another", "override", false, 80_000],
	])("%s", (_what, kind, isRestored, left) => {
		const orders = freshOrders();
		orders.standing[kind] = { ...STANDING, endsAt: 90_000, endUtc: END, isRestored };
		const dates = { past: END - 80_000, clock: END - 70_000 };
		expect(toStore(orders, 0, dates).standing[kind]!.left).toBe(left);
		expect(toStore(orders, 20_000, dates).standing[kind]!.left).toBe(70_000);
	});
});

const type = (text: string, now = NOW): Heard => ({
	kind: "typed",
	now,
	bytes: new TextEncoder().encode(text),
	isLost: false,
});

describe("the word of a photocell, while its clock is in conflict", () => {
	const HOURS = 3_600_000;
	/** Below -2.7 degrees in the evening of 2026-11-25 at the default place. */
	const dusk = Date.UTC(2026, 10, 25, 15, 54) - UTC;
	const output = (value: "day" | "night", now: number): Heard => ({
		kind: "verdict",
		now,
		name: "photocellOutput",
		value,
	});
	const time = (now: number, wrongBy: number): Heard => ({
		kind: "time",
		now,
		utc: (UTC + now - 1000 + wrongBy) as UtcMillis,
	});
	test.each<[what: string, wrongBy: number, who: string | undefined]>([
		["is withdrawn if it vouches for that clock", 0, undefined],
		["stands if it vouches for another date", 5 * HOURS, "photocell"],
	])("%s", (_what, wrongBy, who) => {
		const later = dusk + HOURS;
		const end = later + 61_000;
		hear(output("day", dusk - HOURS), turn(dusk - HOURS));
		hear(output("night", dusk), turn(dusk));
		expect(state.facts.dates.witness?.who).toBe("photocell");
		hear(time(later, wrongBy), turn(later), time(end, wrongBy), turn(end));
		hear({ kind: "verdict", now: end, name: "clockConflict", value: true }, turn(end));
		expect(state.facts.dates.witness?.who).toBe(who);
	});
});

describe("the wait after a guess", () => {
	const SECRET = "lantern-of-the-quay-7";
	const later = (heard: Heard) => ({ ...heard, now: 100 }) as Heard;
	const guess = (text: string) => type(`login ${text}\r`, 100);
	const wait = later(stored("guessed"));
	const erased = { ...wait, isErased: true } as Heard;
	const failed = { ...wait, result: "failed" } as Heard;
	test.each<[what: string, heard: readonly Heard[], wait: number, next: number]>([
		["wrong", [guess("wrong-of-the-quay-7"), wait], 1000, 1000],
		["right", [guess(SECRET), wait, erased], 0, 0],
		["right, and power fails before the wait is erased", [guess(SECRET), wait], 0, 1000],
		["right, and the wait cannot be stored", [guess(SECRET), failed], 60_000, 0],
	])("%s", (_what, heard, thisLife, nextLife) => {
		hear(type(`secret ${SECRET}\r`), stored("secret"), turn());
		boot("powerOn");
		hear(...heard);
		expect(state.facts.console.wait).toBe(thisLife);
		hear(later(crash));
		boot("powerOn");
		expect([state.facts.console.wait, state.facts.console.guessAt]).toEqual([nextLife, nextLife]);
	});
});

describe("lines that a command asks for", () => {
	const runs = (commands: number): Heard => ({
		kind: "verdict",
		now: NOW,
		name: "commands",
		value: commands,
	});

	test.each([
		["certificate ca", false],
		["certificate crl", true],
		["certificate ca now", true],
		["certificate CA", true],
		["import", false],
		["import now", true],
		["updateKeys", false],
		["updateKeys now", true],
	])("%s", (line, isOrder) => {
		state.facts.console.isOpen = true;
		hear(type(`${line}\r`), runs(1), turn(), type("override 40 5\r"), runs(2), turn());
		expect(secondLamp.explain(state).includes("override console.")).toBe(isOrder);
	});
});
