/** Console: what is typed at the pole, what is answered, and a port that does not take it. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { COMMANDS } from "../../src/console/commands.js";
import { IDLE_AFTER } from "../../src/console/console.js";
import { OUTPUT_BYTES, Output } from "../../src/console/output.js";
import { decimal, spanText } from "../../src/console/print.js";
import { PAGE_LINES, PROMPT, REST } from "../../src/console/session.js";
import { JOURNAL_ENTRIES } from "../../src/journal/journal.js";
import { sentenceOf } from "../../src/settings/sentences.js";
import type { View } from "../../src/view.js";
import { Port } from "../support/terminal.js";
import { EVENING, VIEW } from "../support/view.js";
import { ConsoleRig, SECRET } from "./rig.js";

const SEED = 20_261_131;
/** Of the meanings in `help`: behind the longest usage. */
const COLUMNS = 2 + Math.max(...COMMANDS.map(({ usage }) => usage.length));
const LOST = "\r\n[output lost]\r\n";

describe("a session", () => {
	test("says nothing until someone types, then what it is, then what to type", () => {
		const pole = new ConsoleRig();
		pole.console.onWritable(0);
		expect(pole.port.received()).toBe("");
		expect(pole.type("h")).toBe("luminode, node quai-7.\nsecret:");
	});
	test("shows the prompt again after each line, also an empty one", () => {
		const pole = new ConsoleRig().login();
		expect(pole.type("\r \r\u0003")).toBe("luminode>\nluminode> ^C\nluminode>");
	});
	test("answers every line of a paste longer than one take", () => {
		const pole = new ConsoleRig().login();
		pole.type("show hold\r".repeat(40));
		expect(pole.terminal.text.match(/hold = 30 s/g)).toHaveLength(40);
	});
	// security: the SDK's serial port, given both callbacks
	test("reads one FIFO in a turn, however fast bytes come, and asks for the next", () => {
		const pole = new ConsoleRig().login();
		let read = 0;
		pole.port.doors.serialPort.read = (into) => {
			read += into.length;
			if (read > 100_000) throw new Error("a turn without an end");
			into.fill(65);
			return into.length;
		};
		for (let turn = 1; turn < 20; turn += 1) {
			pole.console.onReadable(pole.now);
			expect([read, pole.console.dueAt]).toEqual([128 * turn, pole.now + REST]);
		}
		expect(pole.faults).toEqual([]);
	});
	// security: the SDK's serial port, given both callbacks
	test("runs two commands in a turn, and the next in the next", () => {
		const pole = new ConsoleRig().login();
		pole.port.received();
		pole.port.type("show hold\rshow linger\rshow settleTime\r");
		pole.console.onReadable(pole.now);
		const answers = [pole.port.received()];
		while (pole.console.dueAt <= pole.now + REST) {
			pole.now = pole.console.dueAt;
			pole.console.tick(pole.now);
			answers.push(pole.port.received());
		}
		expect(answers.map((text) => text.match(/^\w+ = /gm))).toEqual([
			["hold = ", "linger = "],
			["settleTime = "],
		]);
	});
	test("ends where a command throws; what was typed behind it is dropped, the next byte begins anew", () => {
		const pole = new ConsoleRig().login();
		const { show } = pole.desk;
		pole.desk.show = () => {
			throw new Error("no value");
		};
		pole.send("show hold\rreboot now\r");
		expect([pole.faults, pole.desk.left]).toEqual([["Error: no value"], 1]);
		pole.desk.show = show;
		expect(pole.type("h")).toBe("luminode, node quai-7.\nsecret:");
	});
	test("recalls lines by the up key, but never a secret", () => {
		const pole = new ConsoleRig();
		pole.run("show hold");
		pole.run("set brokerPassword hunter2");
		expect(pole.type("\u001b[A\r")).toContain("hold = 30");
	});
	test("a listing stops where the screen is full, and only if more comes", () => {
		const pole = new ConsoleRig().login();
		pole.run(""); // events: as many as a screen holds, then one more
		const add = (index: number) =>
			pole.desk.journal.append(
				{ type: "linkLost", attributes: { why: "timedOut" } },
				index,
				EVENING,
			);
		for (let index = 0; index < PAGE_LINES; index += 1) add(index * 400_000);
		expect(pole.send("events 99\r")).not.toContain("-- more --");
		add(PAGE_LINES * 400_000);
		expect(pole.send("events 99\r").endsWith("-- more --")).toBe(true);
		expect(pole.send("q")).toBe(`\r\u001b[K${PROMPT}`);
		pole.send("events 99\r");
		expect(pole.send(" ")).toMatch(/^\r.\[K24 .*\r\nluminode> $/);
		pole.send("events 99\r");
		expect(pole.send("show hold\r")).toMatch(/^\r.\[K24 .*\r\nluminode> show hold\r\nhold = 30 s/);
		pole.send("events 99\r");
		expect(pole.send("\u0003")).toContain("^C");
	});
	test("a line that is no text is not run", () => {
		const pole = new ConsoleRig().login();
		pole.port.type([0xc0, 0xaf, 13]);
		expect(pole.type("")).toContain("the line is not UTF-8 and was ignored");
	});
});

describe("commands", () => {
	const cases: [why: string, line: string, answer: string][] = [
		["a stranger", "reboot now", "unknown command: reboot. Type help."],
		["what every object inherits", "toString", "unknown command: toString. Type help."],
		["a pattern in what is repeated", "$& x", "unknown command: $&. Type help."],
		["help for a command", "help clear", "clear\nend the override"],
		["help for a stranger", "help colour", "neither a command nor a setting: colour"],
		["one setting", "show floorLevel", "floorLevel = 20 %"],
		[
			"a setting that is none",
			"show colour",
			"no setting fits colour. show NAME, show SECTION (identity, light, calendar, sensing, power, link, console), show PART or show changed",
		],
		["a secret", "show brokerPassword", "brokerPassword = (not set)"],
		["a change", "set floorLevel 30", "floorLevel = 30 %, set; apply puts it in force"],
		[
			"a value with spaces",
			"  set   program   sunset 100; 23:00 50 ",
			"program = sunset 100; 23:00 50, set; apply puts it in force",
		],
		[
			"a secret that is set is not repeated",
			"set brokerPassword hunter2",
			"brokerPassword = (set), set; apply puts it in force",
		],
		["an empty text", 'set site ""', 'site = "", set; apply puts it in force'],
		[
			"a setting that is none",
			"set colour red",
			"no setting is called colour. show lists them all.",
		],
		["more than it takes", "broker connect", "usage: broker"],
		[
			"no value",
			"set site",
			'site = ""\nsite (identity): 0-32 characters (A-Z a-z 0-9 _ -); default ""\nSite of the lamp, the first level of its topics; empty: not assigned yet.',
		],
		["no name", "set", "usage: set SETTING VALUE; set floorLevel 25"],
		["an empty log", "events", "no events"],
		["a log of none", "events 0", "usage: events [1-99999]; events 20"],
		["a log of words", "events all", "usage: events [1-99999]; events 20"],
		[
			"an override",
			"override 60 90",
			"60 % until 23:33; people are still lit. clear ends it sooner",
		],
		[
			"an override by level only",
			"override 60",
			"usage: override LEVEL MINUTES: 0-100, 1-10080; override 60 90",
		],
		[
			"an override beyond full",
			"override 101 5",
			"usage: override LEVEL MINUTES: 0-100, 1-10080; override 60 90",
		],
		[
			"an override without end",
			"override 60 0",
			"usage: override LEVEL MINUTES: 0-100, 1-10080; override 60 90",
		],
		[
			"an override of more than a week",
			"override 60 10081",
			"usage: override LEVEL MINUTES: 0-100, 1-10080; override 60 90",
		],
		[
			"an override of a week",
			"override 60 10080",
			"60 % until 2026-12-01T22:03:00+01:00; people are still lit. clear ends it sooner",
		],
		["the end of it", "clear", "no override is in force"],
		["another language", "language de", "usage: language en|fr"],
		["French", "language fr", "la console est désormais en français"],
		[
			"why",
			"why",
			"60 %, dark (photocell)\nbecause: program 60 % (22:00 60)\nnext: movement raises it, sunrise 08:08",
		],
		["what time it is", "time", "2026-11-24T22:03:00+01:00 (synchronised, +-21 ms)"],
		[
			"no instant",
			"time 20:00",
			"20:00 is not a date with time of day and zone (Z is UTC); for example: time 2026-11-24T20:00:00Z",
		],
		[
			"a blank for the T",
			"time 2026-11-24 20:00:00Z",
			"2026-11-24 20:00:00Z is not a date with time of day and zone (Z is UTC); for example: time 2026-11-24T20:00:00Z",
		],
		[
			"more than it takes, and too much to repeat",
			`time 2026-11-24T21:03:00Z ${"x".repeat(300)}`,
			`2026-11-24T21:03:00Z ${"x".repeat(19)} is not a date with time of day and zone (Z is UTC); for example: time 2026-11-24T20:00:00Z`,
		],
		[
			"a date before the firmware",
			"time 2020-01-01T00:00:00Z",
			"2020-01-01T00:00:00Z is too early; the earliest date accepted: time 2026-11-24T00:00:00.000Z",
		],
		[
			"a date that no lamp lives to see",
			"time 2070-01-01T00:00:00Z confirm",
			"2070-01-01T00:00:00Z is too late; the latest date accepted: time 2069-12-31T23:59:59.000Z",
		],
		[
			"the date that a synchronised clock has, too",
			"time 2026-11-24T21:05:00Z",
			"2026-11-24T22:03:00+01:00 (synchronised, +-21 ms)",
		],
		[
			"another than a synchronised clock's is asked about",
			"time 2026-11-24T21:06:00Z",
			"the clock is set by time servers: 2026-11-24T22:03:00+01:00 (synchronised, +-21 ms). To replace it all the same: time 2026-11-24T21:06:00Z confirm",
		],
		[
			"and taken if it is meant",
			"time 2026-11-24T21:06:00Z confirm",
			"2026-11-24T22:06:00+01:00 (kept, +-120000 ms)",
		],
		["no past time", "why 25:00", "usage: why [HH:MM[:SS]]; why 22:02:31"],
		["a night of a date", "tonight 2026-12-24", "usage: tonight"],
		["now", "connect", "the wait before the next attempt is skipped"],
	];
	for (const [why, line, answer] of cases)
		test(`${why}: ${line}`, () => {
			expect(new ConsoleRig().run(line)).toBe(answer);
		});

	test("a value out of range stays as it is, with the reason", () => {
		const pole = new ConsoleRig();
		expect(pole.run("set floorLevel 200")).toMatch(/^floorLevel is unchanged: .+/);
		expect(pole.run("show floorLevel")).toBe("floorLevel = 20 %");
	});
	test("help names every command and, in French, speaks French", () => {
		const pole = new ConsoleRig();
		const help = pole.run("help");
		for (const { usage, about } of COMMANDS)
			expect(help).toContain(`${usage.padEnd(COLUMNS)}${sentenceOf(about, "en")}`);
		pole.run("language fr");
		const aide = pole.run("help");
		for (const { usage, about } of COMMANDS)
			expect(aide).toContain(`${usage.padEnd(COLUMNS)}${sentenceOf(about, "fr")}`);
	});
	test("without a date there is no night to forecast, and no past time", () => {
		const pole = new ConsoleRig();
		pole.run("language fr");
		const { utc: _date, ...time } = VIEW.time;
		pole.desk.view = { ...VIEW, time, plan: { ...VIEW.plan, comingDay: undefined } } as View;
		for (const line of ["tonight", "why 22:01"])
			expect(pole.run(line)).toMatch(/^refusé : pas d'horloge fiable/);
	});
	// security: 5.12-1 to -3
	test("help explains every setting in whole lines", () => {
		const pole = new ConsoleRig();
		for (const name of pole.desk.names) {
			const [head, meaning] = pole
				.run(`help ${name}`)
				.split("\n")
				.slice(name === "language" ? 2 : 0);
			expect(head).toMatch(new RegExp(`^${name} \\(`));
			expect(meaning).toMatch(/^\S.*\.$/);
		}
	});
	test("show lists every setting once, in the table's order", () => {
		const pole = new ConsoleRig();
		const shown = pole
			.run("show")
			.split("\n")
			.map((line) => line.split(" = ")[0]);
		expect(shown).toEqual(pole.desk.names);
	});
	test("orders are the broker's, with an id of this life that no other order has", () => {
		const pole = new ConsoleRig();
		pole.run("override 60 90");
		pole.run("clear");
		const until = EVENING + 90 * 60_000;
		expect(pole.desk.orders).toMatchObject([
			{ kind: "override", level: 60, until, duration: 90 * 60_000, belowFloor: false },
			{ kind: "clearOverride" },
		]);
		const ids = pole.desk.orders.map(({ id }) => id);
		expect(new Set(ids).size).toBe(2);
		for (const id of ids) expect(id).toMatch(/^console\.3\.\d+$/);
	});
	test("a later session of the life has no id of an earlier one", () => {
		const pole = new ConsoleRig();
		pole.run("override 60 90");
		pole.type("logout\r");
		pole.type(`${SECRET}\r`);
		pole.run("override 80 60");
		pole.pass(IDLE_AFTER);
		pole.type(`${SECRET}\r`);
		pole.type("test lamp\r");
		expect(pole.desk.left).toBe(2);
		const ids = pole.desk.orders.map(({ id }) => id);
		expect(ids).toHaveLength(3);
		expect(new Set(ids).size).toBe(3);
	});
	test("a refusal is reported with its reason", () => {
		const pole = new ConsoleRig();
		pole.desk.order = () => ({ status: "rejected", reason: "rateExceeded" });
		expect(pole.run("clear")).toMatch(/^rejected: too many orders/);
		pole.desk.order = () => ({ status: "rejected", reason: "outOfRange", field: "level" });
		expect(pole.run("clear")).toMatch(/^rejected: the value is out of range \(level\)$/);
	});
	test("connect asks the link, once", () => {
		const pole = new ConsoleRig();
		pole.run("connect");
		expect(pole.desk.connects).toBe(1);
	});
	test("log shows the latest, by date or by uptime, and hands nothing out", () => {
		const { desk, ...pole } = withEvents(3);
		expect(pole.log("events 2")).toEqual([
			'2 2026-11-24T22:03:00+01:00 info linkLost {"why":"timedOut"}',
			'3 2026-11-24T22:03:00+01:00 info linkLost {"why":"timedOut"}',
		]);
		expect(pole.log("events")[0]).toBe('1 up 00:00:00 info linkLost {"why":"timedOut"}');
		desk.journal.append({ type: "linkLost", attributes: { why: "timedOut" } }, 120_001, EVENING);
		expect(pole.log("events 1")).toEqual([
			'3 2026-11-24T22:03:00+01:00 info linkLost x2 {"why":"timedOut"}',
		]);
	});
	test("a log without a number is of the latest 16, which fit a screen", () => {
		const shown = withEvents(20, 300_000).log("events");
		expect(shown.map((line) => Number(line.split(" ")[0]))).toEqual(
			Array.from({ length: 16 }, (_, index) => index + 5),
		);
	});
	test("a log longer than the output queue comes whole", () => {
		const pole = withEvents(JOURNAL_ENTRIES + 10, 300_000); // as often as an hour may have
		const shown = pole.log("events 99").map((line) => Number(line.split(" ")[0]));
		expect(shown).toEqual(Array.from({ length: JOURNAL_ENTRIES }, (_, index) => index + 11));
	});

	/** A pole whose journal holds so many entries, the first from before the clock was trusted. */
	function withEvents(count: number, every = 60_000) {
		const pole = new ConsoleRig();
		for (let index = 0; index < count; index += 1)
			pole.desk.journal.append(
				{ type: "linkLost", attributes: { why: "timedOut" } },
				index * every,
				index === 0 ? undefined : EVENING,
			);
		return { desk: pole.desk, log: (line: string) => pole.run(line).split("\n") };
	}
});

describe("status", () => {
	const status = (view: View) => {
		const pole = new ConsoleRig();
		pole.desk.view = view;
		return pole.run("status");
	};
	test("reports the lamp at a glance", () => {
		expect(status(VIEW)).toBe(
			`node     liege/quai-7, serial sim-00001, virtual/1, software 0.1.0
image    development, slot 0, update keys 0a1b2c3d
life     3 since power on, up 2 d 03:00:05
time     2026-11-24T22:03:00+01:00 (synchronised, +-21 ms)
light    actual 60 %, feedback 60 %, target none, reason program, duty 1374
sensing  presence vacant, photocell night, dark (photocell), 0.3 lx, -3.0 C
night    sunset 2026-11-24T16:43:20+01:00, sunrise 2026-11-25T08:08:05+01:00
meter    18.4 W (modelled), used 0.123 kWh +-10 %, saved 0.300 kWh, 5.3 h lit, switch-ons 4
traffic  road users 12 since unknown
link     online, connection 2
monitor  no fault, losses of supply 2
machine  bytes free 9120, internal errors 0, flash writes 12, erases 1, years left 57`,
		);
	});
	const identity = (more: Partial<View["identity"]>) => ({
		...VIEW,
		identity: { ...VIEW.identity, ...more },
	});
	test.each<[why: string, more: Partial<View["identity"]>, line: string]>([
		[
			"three keys",
			{ updateKeys: ["a", "b", "c"] },
			"image    development, slot 0, update keys a b c",
		],
		["a word that is no key", { updateKeys: ["a", "?"] }, "slot 0, update keys a ?"],
		["no key", { updateKeys: [] }, "image    development, slot 0, update keys none|"],
		["slot 1", { slot: 1 }, "image    development, slot 1"],
		["no slots", { slot: undefined }, "image    development, slot none"],
		["a key in release", { profile: "release" }, "release, slot 0, update keys 0a1b2c3d"],
		[
			"no key in release",
			{ profile: "release", updateKeys: [] },
			"release, slot 0, update keys none - no image is accepted",
		],
		[
			"no readable key in release",
			{ profile: "release", updateKeys: ["?"] },
			"release, slot 0, update keys none - no image is accepted",
		],
	])("shows the image with %s", (_why, more, line) => {
		expect(`${status(identity(more)).split("\n")[1]}|`).toContain(line);
	});
	test("marks counters that a power cut left as bounds", () => {
		const text = status({ ...VIEW, meter: { ...VIEW.meter, isReserved: true } });
		expect(text).toContain("switch-ons 4 (upper bounds since a power cut)\n");
	});
	test("says what it does not know", () => {
		const text = status({
			...VIEW,
			identity: { ...VIEW.identity, site: "" },
			time: {
				...VIEW.time,
				now: 5000,
				utc: undefined,
				clockSource: "none",
				uncertainty: undefined,
			},
			light: { ...VIEW.light, target: VIEW.light.actual },
			sensing: {
				...VIEW.sensing,
				dark: false,
				lightLevel: undefined,
				temperature: undefined,
				sunset: undefined,
				sunrise: undefined,
			},
			traffic: { accumulatedRoadUserNumber: 0, accumulatedSince: EVENING },
		});
		for (const part of [
			"node     quai-7,",
			"up 00:00:05",
			"time     unknown: no trusted clock (none)",
			"target 60 %",
			"not dark (photocell)\n",
			"sunset unknown, sunrise unknown",
			"since 2026-11-24T22:03:00+01:00",
		])
			expect(text).toContain(part);
		const { uncertainty: _, ...time } = VIEW.time;
		expect(status({ ...VIEW, time: { ...time, uncertainty: undefined } })).toContain(
			"+01:00 (synchronised)",
		);
	});
	test("prints decimals as engines agree on them", () => {
		expect([decimal(-0.04, 1), decimal(0.05, 1), decimal(1.996, 2), decimal(-1.0006, 3)]).toEqual([
			"0.0",
			"0.1",
			"2.00",
			"-1.001",
		]);
		expect([spanText(59_999), spanText(86_399_999), spanText(86_400_000)]).toEqual([
			"00:00:59",
			"23:59:59",
			"1 d 00:00:00",
		]);
	});
});

describe("a port that does not take it", () => {
	test("a long answer waits and then comes whole, and so does what was typed meanwhile", () => {
		const pole = new ConsoleRig().login();
		pole.port.takes = 0;
		pole.port.type("show\rshow hold\r");
		pole.console.onReadable(0);
		let calls = 0;
		for (; calls < 10_000 && !pole.terminal.text.endsWith("hold = 30 s\nluminode>"); calls += 1) {
			pole.port.takes = 7;
			pole.console.onWritable(0);
			pole.terminal.show(pole.port.received());
		}
		expect(calls).toBeLessThan(10_000);
		for (const name of pole.desk.names) expect(pole.terminal.text).toContain(`\n${name} = `);
		expect(pole.terminal.text).not.toContain("lost");
	});
	test("input that overruns is discarded up to the next Return, with a sentence", () => {
		const pole = new ConsoleRig().login();
		pole.port.holds = 100;
		const torn = "set group the-first-part-of-a-name-and-".padEnd(100, "x");
		expect(pole.type(`${torn}lost`)).not.toContain("set;");
		const answer = pole.type("its rest\rshow hold\r");
		expect(answer).toContain("input came too fast and was partly lost: all up to this Return");
		expect(answer).toContain("hold = 30 s");
		expect(pole.run("show changed")).not.toContain("group");
		expect(pole.desk.edited("group")).toBeUndefined();
	});
	test(`of a paste that overruns, each line is executed whole or not at all (seed ${SEED})`, () => {
		fc.assert(
			fc.property(
				fc.array(fc.nat(9), { minLength: 1, maxLength: 60 }),
				fc.integer({ min: 40, max: 300 }),
				fc.integer({ min: 20, max: 300 }),
				(spans, holds, burst) => {
					const pole = new ConsoleRig().login();
					pole.port.holds = holds;
					const lines = spans.map((span, index) => `override ${index} 1${"0".repeat(span % 4)}\r`);
					const text = lines.join("");
					for (let at = 0; at < text.length; at += burst) pole.send(text.slice(at, at + burst));
					pole.send("\r");
					for (const order of pole.desk.texts)
						assert.ok(lines.some((_, index) => order.includes(`"level":${index},`)));
					const typedOrders = lines.map((line) => line.split(" ").slice(1).map(Number));
					for (const order of pole.desk.orders as readonly { level?: number; duration?: number }[])
						assert.ok(
							typedOrders.some(
								([level, min]) => level === order.level && min === order.duration! / 60_000,
							),
						);
				},
			),
			{ seed: SEED },
		);
	});
	test("typed ahead of an answer, too, and Ctrl-C still ends it", () => {
		const pole = new ConsoleRig().login();
		pole.port.holds = 50;
		pole.send("watch\r");
		pole.send("x".repeat(200)); // the first key ends it
		expect(pole.type("show hold\rshow hold\r")).toContain("partly lost");
	});
	test("echo that nobody takes is lost, which is said once, and the line still runs", () => {
		const pole = new ConsoleRig().login();
		pole.port.takes = 0;
		for (let index = 0; index < 20; index += 1) {
			pole.port.type(`${"x".repeat(99)}\u0015`);
			while (pole.port.typed.length > 0) pole.console.onReadable(0);
		}
		pole.port.type("show hold\r");
		pole.console.onReadable(0);
		expect(pole.port.sent).toHaveLength(0);
		pole.port.takes = Infinity;
		pole.console.onWritable(0);
		const text = pole.port.received();
		expect(text.length).toBeLessThan(OUTPUT_BYTES + 100);
		expect(text.match(/\[output lost\]/g)).toHaveLength(1);
		expect(text.endsWith(`[output lost]\r\nhold = 30 s\r\n${PROMPT}`)).toBe(true);
	});
	test(`what is queued comes out whole and in order, whatever the port takes (seed ${SEED})`, () => {
		const step = fc.oneof(
			fc.record({ put: fc.string({ unit: "grapheme", maxLength: 300 }) }),
			fc.record({ takes: fc.nat(500) }),
		);
		fc.assert(
			fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
				const port = new Port();
				const output = new Output(port.doors.serialPort, port.doors.utf8);
				port.takes = 0;
				let expected = "";
				let waiting = 0; // bytes in the queue, counted from outside
				let isLost = false;
				for (const each of steps)
					if ("put" in each) {
						const bytes = Buffer.byteLength(each.put);
						if (waiting + bytes > OUTPUT_BYTES) isLost = true;
						if (isLost) assert.ok(output.room <= OUTPUT_BYTES - waiting);
						else expected += each.put;
						output.text(each.put);
						if (!isLost) waiting += bytes;
					} else {
						port.takes = each.takes;
						waiting += port.sent.length;
						output.drain();
						waiting -= port.sent.length;
						const isEmpty = waiting <= 0; // then the notice is queued, and perhaps begun
						if (isLost && isEmpty) {
							waiting += LOST.length;
							expected += LOST;
							isLost = false;
						}
					}
				port.takes = Infinity;
				output.drain();
				assert.equal(port.received(), isLost ? expected + LOST : expected);
			}),
			{ seed: SEED, numRuns: 500 },
		);
	});
});
