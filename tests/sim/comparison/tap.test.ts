/** Tap: what the second lamp hears of each effect of an observed lamp. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import mqtt from "mqtt-packet";
import { DEATH, DOOR, EFFECT, INPUT, STORED } from "../../../hosts/virtual/protocol.js";
import { Tap } from "../../../sim/comparison/tap.js";
import type { Heard } from "../../../sim/second/heard.js";
import { booted, effects, verdicts } from "./effects.js";

const text = new TextEncoder();
const BOOT = 500;
const AT = 800;
const NOW = AT - BOOT;
const MORE = 256; // in the channel of `heard`

let stored: Record<string, string>;
let tap: Tap;

/** A lamp that booted at 500 and has had its first turn. */
beforeEach(() => {
	stored = {};
	tap = new Tap({ serial: "L00001", hardware: "virtual/1", hasBus: false }, (key) => stored[key]);
	effects(tap)(EFFECT.booted, BOOT, 0, 0, booted());
	effects(tap)(EFFECT.verdicts, BOOT, 0, 0, verdicts());
});

type Sent = Parameters<ReturnType<typeof effects>>;
/** What is heard when the turn has ended, without the turn itself. */
function heardOf(...sent: readonly Sent[]): readonly Heard[] {
	const send = effects(tap);
	for (const one of sent) expect(send(...one)).toBeUndefined();
	const all = send(EFFECT.verdicts, AT, 0, 0, verdicts()) as readonly Heard[];
	expect(all.at(-1)).toEqual({ kind: "turn", now: NOW });
	return all.slice(0, -1);
}

/** Bytes of `heard`: the channel of the input. */
const on = (channel: number) => new Uint8Array(new Uint16Array([channel]).buffer);
const input = (kind: number, value = 0, channel = 0): Sent => [
	EFFECT.heard,
	AT,
	value,
	kind,
	on(channel),
];

describe("an input", () => {
	test.each<[kind: keyof typeof INPUT, value: number, heard: object]>([
		["movement", 0, { kind: "movement", now: NOW }],
		["stillness", 0, { kind: "stillness", now: NOW }],
		["illuminance", 12.5, { kind: "illuminance", now: NOW, lux: 12.5 }],
		["temperature", -4, { kind: "temperature", now: NOW, celsius: -4 }],
		["time", 1.8e12, { kind: "time", now: NOW, utc: 1.8e12 }],
		["network", 1, { kind: "network", now: NOW, isUp: true, why: undefined }],
		["network", 0, { kind: "network", now: NOW, isUp: false, why: undefined }],
		["network", 3, { kind: "network", now: NOW, isUp: false, why: "wifiRefused" }],
		["streamOpen", 0, { kind: "connected", now: NOW, stream: 1 }],
		["streamClosed", 3, { kind: "closed", now: NOW, stream: 1, why: "timedOut" }],
	])("%s %d", (kind, value, heard) => {
		expect(heardOf(input(INPUT[kind], value, 1))).toEqual([heard]);
		expect(heardOf(input(INPUT[kind] + MORE, value, 1))).toEqual([heard]);
	});

	test("that the lamp has not read yet, or that carries nothing, is not heard", () => {
		const silent = [INPUT.tick, INPUT.streamReadable, INPUT.streamWritable, INPUT.serialReadable];
		expect(heardOf(...silent.map((kind) => input(kind, 9)))).toEqual([]);
	});

	test("an answer on the bus comes with the frame that was sent last", () => {
		const sent: Sent = [EFFECT.busSend, AT, 0x100_0000 + 0xfe05];
		const heard = { kind: "answered", now: NOW, frame: 0xfe05, answer: 3 };
		expect(heardOf(sent, input(INPUT.busAnswered, 3))).toEqual([heard]);
	});
});

describe("a door", () => {
	const key = text.encode("orders");
	const write = (result: (typeof STORED)[number], isErased = false): Sent => [
		EFFECT.stored,
		AT,
		STORED.indexOf(result),
		isErased ? 1 : 0,
		key,
	];
	const streamOpen = { kind: "opened", now: NOW, stream: 1, host: "broker", port: 1883 };
	const bytes = text.encode("abc");
	test.each<[what: string, sent: Sent, heard: object]>([
		[
			"a write",
			write("ok"),
			{ kind: "stored", now: NOW, key: "orders", isErased: false, result: "ok" },
		],
		[
			"an erase",
			write("ok", true),
			{ kind: "stored", now: NOW, key: "orders", isErased: true, result: "ok" },
		],
		[
			"a full store",
			write("full"),
			{ kind: "stored", now: NOW, key: "orders", isErased: false, result: "full" },
		],
		[
			"a failed write",
			write("failed"),
			{ kind: "stored", now: NOW, key: "orders", isErased: false, result: "failed" },
		],
		[
			"a refusal",
			[EFFECT.refused, AT, DOOR.indexOf("datagrams")],
			{ kind: "refused", now: NOW, door: "datagrams" },
		],
		[
			"a stream",
			[EFFECT.streamOpen, AT, 1883, 1, text.encode("broker")],
			{ ...streamOpen, isTls: false },
		],
		[
			"one over TLS",
			[EFFECT.streamOpen, AT, 65_536 + 1883, 1, text.encode("broker name 2026")],
			{ ...streamOpen, isTls: true },
		],
		[
			"its end by the lamp",
			[EFFECT.streamClose, AT, 0, 1],
			{ kind: "closed", now: NOW, stream: 1, why: undefined },
		],
		[
			"bytes of a stream",
			[EFFECT.read, AT, 1, 0, bytes],
			{ kind: "read", now: NOW, stream: 1, bytes },
		],
		[
			"typed bytes",
			[EFFECT.read, AT, 2, 0, bytes],
			{ kind: "typed", now: NOW, bytes, isLost: false },
		],
		[
			"typed bytes, some lost",
			[EFFECT.read, AT, 2, 1, bytes],
			{ kind: "typed", now: NOW, bytes, isLost: true },
		],
		["a datagram", [EFFECT.read, AT, 3, 0, bytes], { kind: "datagram", now: NOW, bytes }],
	])("%s", (_what, sent, heard) => {
		expect(heardOf(sent)).toEqual([heard]);
	});

	test("bytes are copied: the engine's are gone in the next turn", () => {
		const view = text.encode("abc");
		effects(tap)(EFFECT.read, AT, 1, 0, view);
		view.fill(0);
		expect(heardOf()).toMatchObject([{ bytes: text.encode("abc") }]);
	});
});

describe("a life that ends in a turn", () => {
	const fade: Sent = [EFFECT.fade, AT, 0, 0, new Uint8Array(8)];
	const duty: Sent = [EFFECT.duty, AT, 9];
	const decided = (...sent: readonly Sent[]) => {
		const send = effects(tap);
		for (const one of sent) send(...one);
		const all = send(EFFECT.death, AT, DEATH.indexOf("notEnoughMemory")) as readonly Heard[];
		return all.map(({ kind }) => kind);
	};
	const boot: Sent = [EFFECT.booted, AT, 0, 0, booted()];
	const end: Sent = [EFFECT.verdicts, AT, 0, 0, verdicts()];

	test.each<[what: string, sent: readonly Sent[], kinds: readonly string[]]>([
		["has decided if a fade began", [fade], ["decided", "end"]],
		["or the light jumped", [duty], ["decided", "end"]],
		["not if nothing moved", [], ["end"]],
		["not if the turn before moved it", [fade, end], ["end"]],
		["not by the boot level", [boot, duty], ["boot", "end"]],
		["but by the fade behind it", [boot, duty, fade], ["boot", "decided", "end"]],
		["nor by a fade of the life before", [fade, boot], ["boot", "end"]],
	])("%s", (_what, sent, kinds) => {
		expect(decided(...sent)).toEqual(kinds);
	});
});

describe("a packet to the broker", () => {
	const write = (bytes: Uint8Array): Sent => [EFFECT.streamWrite, AT, 0, 0, bytes];
	const publish = (topic: string, payload: string) =>
		mqtt.generate({
			cmd: "publish",
			topic,
			payload,
			qos: 1,
			messageId: 5,
			dup: false,
			retain: false,
		});

	test("of a PUBLISH topic and id, in pieces or not", () => {
		const whole = publish("a/b", "x");
		const heard = {
			kind: "sent",
			now: NOW,
			packet: "publish",
			id: 5,
			topic: "a/b",
			nonce: undefined,
		};
		expect(heardOf(write(whole))).toEqual([heard]);
		expect(heardOf(write(whole.subarray(0, 4)), write(whole.subarray(4)))).toEqual([heard]);
	});

	test("of a question for the time its nonce", () => {
		expect(heardOf(write(publish("a/clock/question", '{"nonce":"n1"}')))).toMatchObject([
			{ nonce: "n1" },
		]);
	});

	test("a new stream begins anew, and HTTP is none", () => {
		const open: Sent = [EFFECT.streamOpen, AT, 1883, 0, text.encode("broker")];
		const half = publish("a/b", "x").subarray(0, 4);
		const ping = mqtt.generate({ cmd: "pingreq" });
		expect(heardOf(write(half), open, write(ping))).toMatchObject([
			{ kind: "opened" },
			{ kind: "sent", packet: "pingreq", topic: undefined },
		]);
		expect(heardOf(open, write(text.encode("GET /x HTTP/1.1\r\n")))).toMatchObject([
			{ kind: "opened" },
		]);
	});
});

describe("verdicts", () => {
	const turn = (...of: Parameters<typeof verdicts>) =>
		(effects(tap)(EFFECT.verdicts, AT, 0, 0, verdicts(...of)) as readonly Heard[]).slice(0, -1);

	test.each<[what: string, of: Parameters<typeof verdicts>, heard: object]>([
		["photocell", [{ photocell: 3 }], { name: "photocell", value: "night" }],
		["doubt in the PIR", [{ presenceDoubt: 1 }], { name: "presenceDoubt", value: "stuckOn" }],
		[
			"doubt in the light sensor",
			[{ lightDoubt: 3 }],
			{ name: "lightDoubt", value: "contradicted" },
		],
		["learnt midnight", [{ midnight: 1e12 }], { name: "midnight", value: 1e12 }],
		["classes", [{ classesBelow: 2 }], { name: "classesBelow", value: 2 }],
		["cap", [{ thermalCap: 70 }], { name: "thermalCap", value: 70 }],
		["least output", [{ driverMinimum: 10 }], { name: "driverMinimum", value: 10 }],
		["output", [{ photocellOutput: 2 }], { name: "photocellOutput", value: "night" }],
		["conflict", [{ clockConflict: 1 }], { name: "clockConflict", value: true }],
		["credit", [{ credit: 0 }], { name: "credit", value: false }],
		["replies", [{ isReplyRoomFull: 1 }], { name: "isReplyRoomFull", value: true }],
		["commands", [{ commands: 3 }], { name: "commands", value: 3 }],
		["an answer", [{ isAnswering: 1 }], { name: "isAnswering", value: true }],
		["revision", [{ revision: 7 }], { name: "revision", value: 7 }],
	])("%s: told when it changes, and not again", (_what, of, heard) => {
		expect(turn(...of)).toEqual([{ kind: "verdict", now: NOW, ...heard }]);
		expect(turn(...of)).toEqual([]);
	});

	test("the usual night is told from three lengths on", () => {
		expect(turn({}, [5e7, 5e7])).toEqual([]);
		expect(turn({}, [5e7, 5e7, 5e7])).toEqual([
			{ kind: "verdict", now: NOW, name: "usualNight", value: 5e7 },
		]);
	});

	test("the hours are told when the lamp's share follows them, and not before", () => {
		expect(turn({ operatingHours: 5 })).toEqual([]);
		expect(turn({ operatingHours: 6, share: 0.9 })).toEqual([
			{ kind: "verdict", now: NOW, name: "operatingHours", value: 6 },
		]);
	});

	test("work begins and ends, each kind by itself; an exception is told in its turn", () => {
		const work = (source: string, until: number) => ({ kind: "work", now: NOW, source, until });
		expect(turn({ work: 1 + 4 })).toEqual([work("handshake", Infinity), work("erase", Infinity)]);
		expect(turn({ work: 4 + 2 })).toEqual([work("handshake", 0), work("update", Infinity)]);
		expect(turn({ work: 4 + 2, failing: 1 })).toEqual([{ kind: "failed", now: NOW }]);
	});
});

describe("a life", () => {
	test("begins with what the lamp is told, its number, its hours, and all verdicts", () => {
		const send = effects(tap);
		send(EFFECT.booted, 9000, 3, 1, booted(1.8e12));
		const all = send(
			EFFECT.verdicts,
			9000,
			0,
			0,
			verdicts({ life: 4, operatingHours: 12 }),
		) as readonly Heard[];
		expect(all[0]).toMatchObject({
			kind: "boot",
			now: 0,
			cause: "crash",
			isMemoryKept: true,
			wallClock: 1.8e12,
			life: 4,
			operatingHours: 12,
		});
		const names = all.flatMap((heard) => (heard.kind === "verdict" ? [heard.name] : []));
		expect(names).toEqual([
			"photocell",
			"presenceDoubt",
			"lightDoubt",
			"midnight",
			"classesBelow",
			"thermalCap",
			"operatingHours",
			"usualNight",
			"revision",
			"clockConflict",
			"photocellOutput",
			"credit",
			"isReplyRoomFull",
			"commands",
			"isAnswering",
			"driverMinimum",
		]);
		expect(tap.bootAt).toBe(9000);
	});

	test.each<[what: string, sent: Sent, why: string, isTorn: boolean]>([
		["restart", [EFFECT.restart, AT], "restart", false],
		["powerCut", [EFFECT.death, AT, DEATH.indexOf("powerCut")], "powerCut", false],
		[
			"powerCut in a write",
			[EFFECT.death, AT, DEATH.indexOf("powerCut"), 0, text.encode("x")],
			"powerCut",
			true,
		],
		[
			"watchdog",
			[EFFECT.death, AT, DEATH.indexOf("watchdog"), 0, text.encode("x")],
			"crash",
			false,
		],
	])("ends: %s", (_what, sent, why, isTorn) => {
		effects(tap)(EFFECT.heard, AT, 0, INPUT.movement, on(0));
		expect(effects(tap)(...sent)).toEqual([
			{ kind: "movement", now: NOW },
			{ kind: "end", now: NOW, why, isTorn },
		]);
	});
});

test.each<[said: string, kept: string | undefined, isErased: boolean, result: string]>([
	["orders new", "new", false, "ok"],
	["orders new", "old", false, "failed"],
	["orders a b", "a b", false, "ok"],
	["orders", undefined, true, "ok"],
	["orders", "old", true, "failed"],
])("a torn write of %s that left %s is told with the next boot", (said, kept, isErased, result) => {
	const send = effects(tap);
	send(EFFECT.stored, AT, STORED.indexOf("torn"), isErased ? 1 : 0, text.encode(said));
	send(EFFECT.death, AT, DEATH.indexOf("powerCut"), 0, text.encode("x"));
	if (kept !== undefined) stored.orders = kept;
	for (const at of [9000, 10_000]) {
		send(EFFECT.booted, at, 0, 0, booted());
		const all = send(EFFECT.verdicts, at, 0, 0, verdicts()) as readonly Heard[];
		const told = all.filter(({ kind }) => kind === "stored");
		const heard = { kind: "stored", now: 0, key: "orders", isErased, result };
		expect(told).toEqual(at === 9000 ? [heard] : []);
	}
});

test("a copy in the middle of a turn goes on by itself", () => {
	effects(tap)(EFFECT.heard, AT, 0, INPUT.movement, on(0));
	const copy = tap.copy();
	effects(copy)(EFFECT.heard, AT, 0, INPUT.stillness, on(0));
	expect(heardOf()).toEqual([{ kind: "movement", now: NOW }]);
	const all = effects(copy)(EFFECT.verdicts, AT, 0, 0, verdicts()) as readonly Heard[];
	expect(all.map(({ kind }) => kind)).toEqual(["movement", "stillness", "turn"]);
});
