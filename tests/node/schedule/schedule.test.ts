/**
 * Schedule: which program asks what, through real nights; Node's Intl gives the wall
 * clock, the platform's Date the weekday.
 */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY, MINUTE } from "../../../lib/spans.js";
import { arbitrate } from "../../../src/lighting/arbiter.js";
import { limit } from "../../../src/lighting/limits.js";
import { scheduleOptions } from "../../../src/node/schedule/options.js";
import { Schedule } from "../../../src/node/schedule/schedule.js";
import { Node } from "../../../src/node.js";
import { keyOf } from "../../../src/settings/bank.js";
import { DEFAULTS, type Settings, withValues } from "../../../src/settings/table.js";
import { type ClockState, NO_CLOCK, synchronise } from "../../../src/time/clock.js";
import type { PhotocellVerdict } from "../../../src/time/dark.js";
import type { Millis, UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp, vouch } from "../../support/lamp.js";
import { percent } from "../../support/percent.js";
import { typeAt } from "../../support/technician.js";

const SEED = 20261124;
const MOTORWAY = "sunset 100; 22:00 70; 00:00 50; 06:00 100; sunrise 0";
const CRISIS = "sunset 100; 00:00 out; 05:00 100; sunrise 0";
const WEEKEND = "weekend: sunset 100; 01:00 60; sunrise 0";
const CARNIVAL = "carnival: sunset 100; sunrise 0";
const WALLOON: Partial<Settings> = {
	program: CRISIS,
	program2: WEEKEND,
	program3: CARNIVAL,
	photocell: false,
	calendar: "easter-47: carnival; Fri,Sat,holiday,eve: weekend",
};
const HOLIDAYS_2026 = [
	"2026-01-01",
	"2026-04-06",
	"2026-05-01",
	"2026-05-14",
	"2026-05-25",
	"2026-07-21",
	"2026-08-15",
	"2026-11-01",
	"2026-11-11",
	"2026-12-25",
	"2027-01-01",
];

function clockAt(utc: number, now: Millis = 0): ClockState {
	const change = synchronise(NO_CLOCK, utc, now);
	if (change.kind !== "set") throw new Error("no clock");
	return change.state;
}
function calendarOf(changes: Partial<Settings>): Schedule {
	return new Schedule(scheduleOptions(withValues(DEFAULTS, changes)));
}
/** What a calendar asks at an instant, as one line. */
function asked(schedule: Schedule, utc: number, photocell: PhotocellVerdict = "unknown"): string {
	schedule.look(0, clockAt(utc), photocell);
	const command = schedule.request;
	return command ? `${command.belowFloor ? "out" : command.level} (${command.source})` : "nothing";
}

const WALL = new Intl.DateTimeFormat("sv", {
	timeZone: "Europe/Brussels",
	year: "numeric",
	month: "2-digit",
	day: "2-digit",
	hour: "2-digit",
	minute: "2-digit",
});
/** `2026-11-24 03:00` in Brussels; for 02:00 to 03:00 of a change of the clock, one of them. */
function brussels(wall: string): number {
	const guess = Date.parse(`${wall.replace(" ", "T")}:00Z`);
	for (const offset of [60, 120])
		if (WALL.format(guess - offset * MINUTE) === wall) return guess - offset * MINUTE;
	throw new Error(`${wall} is not shown in Brussels`);
}
const iso = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);

describe("nights that communes ask for", () => {
	const cases: [why: string, settings: Partial<Settings>, wall: string, then: string][] = [
		["motorway, before 22 h", { program: MOTORWAY }, "2026-11-24 21:59", "100 (sunset 100)"],
		["motorway, from 22 h", { program: MOTORWAY }, "2026-11-24 22:00", "70 (22:00 70)"],
		["motorway, from midnight", { program: MOTORWAY }, "2026-11-25 00:00", "50 (00:00 50)"],
		["motorway, from 6 h", { program: MOTORWAY }, "2026-11-25 06:00", "100 (06:00 100)"],
		["crisis, Tuesday night", WALLOON, "2026-11-25 00:00", "out (00:00 out)"],
		["crisis, in the morning", WALLOON, "2026-11-25 05:00", "100 (05:00 100)"],
		["crisis, Thursday night ends on Friday", WALLOON, "2026-11-27 03:00", "out (00:00 out)"],
		["Friday night", WALLOON, "2026-11-27 23:00", "100 (weekend: sunset 100)"],
		["ends on Saturday morning", WALLOON, "2026-11-28 06:59", "60 (weekend: 01:00 60)"],
		["Saturday night ends on Sunday", WALLOON, "2026-11-29 03:00", "60 (weekend: 01:00 60)"],
		["Sunday night is the week's", WALLOON, "2026-11-30 03:00", "out (00:00 out)"],
		["a holiday's night", WALLOON, "2026-11-12 03:00", "60 (weekend: 01:00 60)"],
		["its eve", WALLOON, "2026-11-11 03:00", "60 (weekend: 01:00 60)"],
		["carnival", WALLOON, "2026-02-18 03:00", "100 (carnival: sunset 100)"],
	];
	test.each(cases)("%s", (_why, settings, wall, then) => {
		expect(asked(calendarOf(settings), brussels(wall))).toBe(then);
	});

	test("through a year, both nights of a changed clock in it, 03:00 is out but where it is not", () => {
		const schedule = calendarOf(WALLOON);
		let out = 0;
		for (let day = Date.parse("2026-01-01") / DAY; day < Date.parse("2027-01-01") / DAY; day++) {
			const [evening, morning] = [iso(day), iso(day + 1)];
			const weekday = new Date(evening).getUTCDay();
			const isFeast = HOLIDAYS_2026.includes(evening) || HOLIDAYS_2026.includes(morning);
			const isWeekend = weekday === 5 || weekday === 6 || isFeast;
			const expected = isWeekend ? "60 (weekend: 01:00 60)" : "out (00:00 out)";
			const then = evening === "2026-02-17" ? "100 (carnival: sunset 100)" : expected;
			assert.deepEqual([evening, asked(schedule, brussels(`${morning} 03:00`))], [evening, then]);
			if (then.startsWith("out")) out += 1;
		}
		expect(out).toBeGreaterThan(200);
	});

	const relights: [why: string, settings: Partial<Settings>, PhotocellVerdict, string, string][] = [
		["in winter there is an hour to light", {}, "unknown", "2026-11-25 05:01", "100 (05:00 100)"],
		["in June there is none", {}, "unknown", "2026-06-17 05:01", "out (00:00 out)"],
		[
			"unless it is not asked for",
			{ minimumLightsOn: 0 },
			"unknown",
			"2026-06-17 05:01",
			"100 (05:00 100)",
		],
		["a photocell agrees", { photocell: true }, "night", "2026-06-17 05:01", "out (00:00 out)"],
		[
			"one that says nothing is in doubt",
			{ photocell: true },
			"unknown",
			"2026-06-17 05:01",
			"100 (05:00 100)",
		],
	];
	test.each(relights)("no relight under an hour: %s", (_why, changes, photocell, wall, then) => {
		const settings = { ...WALLOON, minimumLightsOn: 60, darkElevation: 0, ...changes };
		const schedule = calendarOf(settings);
		expect(asked(schedule, brussels(wall), photocell)).toBe(then);
	});
	test.each([
		["sunrise at 6:03, dark until 5:55: no relight", "2026-05-06 05:01", "out (00:00 out)"],
		["sunrise at 6:12, dark until 6:03: a relight", "2026-08-06 05:01", "100 (05:00 100)"],
	])("the hour ends when the light does: %s", (_why, wall, then) => {
		const settings = { ...WALLOON, minimumLightsOn: 60, darkElevation: -2 };
		expect(asked(calendarOf(settings), brussels(wall))).toBe(then);
	});
	test("a clock that ran alone for too long lights, and a good one puts it out again", () => {
		const schedule = calendarOf({ ...WALLOON, minimumLightsOn: 60, photocell: true });
		const utc = brussels("2026-06-17 04:59") + 2 * MINUTE;
		const since = utc - 120 * DAY; // 100 ppm of 120 days: 17 min
		const drifted: ClockState = { kind: "synchronised", offset: since, since: 0 };
		schedule.look(120 * DAY, drifted, "night");
		expect(schedule.request?.level).toBe(100);
		schedule.look(120 * DAY, { ...drifted, since: 120 * DAY }, "night");
		expect(schedule.request?.belowFloor).toBe(true);
	});
	test("an assumed clock, and a photocell that is doubted and says night, make each relight", () => {
		const schedule = calendarOf({ ...WALLOON, minimumLightsOn: 60, photocell: true });
		const utc = brussels("2026-06-17 05:01");
		schedule.look(0, { kind: "midnight", offset: utc }, "night");
		expect(schedule.request?.level).toBe(100);
		schedule.look(0, clockAt(utc), "night", "contradicted");
		expect(schedule.request?.level).toBe(100);
		schedule.look(0, clockAt(utc), "night");
		expect(schedule.request?.belowFloor).toBe(true);
	});
	test("what cannot be read or found leaves the program without a name, or the default", () => {
		const utc = brussels("2026-11-28 03:00");
		const broken: [Partial<Settings>, string][] = [
			[{ calendar: "nonsense" }, "out (00:00 out)"],
			[{ holidays: "nonsense" }, "60 (weekend: 01:00 60)"],
			[{ program2: "" }, "out (00:00 out)"],
			[{ calendar: "", program: "nonsense" }, "nothing"],
		];
		for (const [changes, then] of broken)
			expect(asked(calendarOf({ ...WALLOON, ...changes }), utc)).toBe(then);
	});
});

describe(`any calendar (seed ${SEED})`, () => {
	const level = fc.oneof(fc.constant("out"), fc.integer({ min: 0, max: 100 }).map(String));
	const points = fc
		.array(fc.tuple(fc.integer({ min: 0, max: 1439 }), level), { minLength: 1, maxLength: 6 })
		.map((times) => {
			const two = (n: number) => String(n).padStart(2, "0");
			const clock = (at: number) => `${two(Math.floor(at / 60))}:${two(at % 60)}`;
			times.sort(([a], [b]) => a - b); // minutes after noon
			return times.map(([at, asks]) => `${clock((at + 720) % 1440)} ${asks}`).join("; ");
		});
	const days = fc.constantFrom(
		"Mon",
		"Fri,Sat",
		"11-24..11-28",
		"holiday",
		"eve Fri",
		"2026-11-27",
	);
	const rules = fc.array(fc.tuple(days, fc.constantFrom("a", "b", "program")), { maxLength: 4 });
	const settings = fc.record({
		program: points,
		program2: points.map((text) => `a: ${text}`),
		program3: points.map((text) => `b: ${text}`),
		photocell: fc.boolean(),
		calendar: rules.map((each) => each.map(([when, name]) => `${when}: ${name}`).join("; ")),
		minimumLightsOn: fc.integer({ min: 0, max: 180 }),
		darkElevation: fc.constant(-2),
		presenceDuringLightsOut: fc.constantFrom("light" as const, "ignore" as const),
	});
	const instant = fc
		.integer({ min: 0, max: 6 * 1440 })
		.map((minute) => Date.parse("2026-11-23T12:00:00Z") + minute * MINUTE);
	const photocell = fc.constantFrom("unknown" as const, "night" as const, "day" as const);

	test("dark and below the floor is only what a program has out, never a protected lamp", () => {
		const property = (
			changes: Partial<Settings>,
			utc: number,
			verdict: PhotocellVerdict,
			safe: boolean,
		) => {
			const schedule = calendarOf(changes);
			schedule.look(0, clockAt(utc), verdict);
			const { request: program, dark } = schedule;
			const sensor = { reason: "sensor", level: percent(80) } as const;
			const bounds = { floorLevel: percent(20), fullLevel: percent(90), maxLevel: percent(95) };
			const command = arbitrate({ program, sensor }, dark.dark);
			const below = command.belowFloor === true;
			const shines = limit(command.level, below, dark.dark, { ...bounds, protected: safe });
			if (!dark.dark) return assert.equal(shines, 0);
			if (safe) return assert.ok(shines >= 90);
			if (shines >= 20) return;
			expect(program?.source).toMatch(/ out$/); // as it was written
			assert.equal(changes.presenceDuringLightsOut, "ignore");
		};
		fc.assert(fc.property(settings, instant, photocell, fc.boolean(), property), {
			seed: SEED,
			numRuns: 1500,
		});
	});
	test("what is asked depends on the night and the instant, not on what was asked before", () => {
		const property = (changes: Partial<Settings>, instants: [number, PhotocellVerdict][]) => {
			const walked = calendarOf(changes);
			for (const [utc, verdict] of instants) {
				const line = asked(walked, utc, verdict);
				assert.equal(line, asked(calendarOf(changes), utc, verdict));
				walked.forget(); // a jump of the clock, as the node reports it
			}
		};
		fc.assert(
			fc.property(settings, fc.array(fc.tuple(instant, photocell), { maxLength: 12 }), property),
			{ seed: SEED, numRuns: 150 },
		);
	});
});

describe("a lamp whose commune has the lights out", () => {
	const AT_NIGHT = brussels("2026-11-24 23:59") as UtcMillis;
	function lamp(calendar: object = {}, light: object = {}) {
		const settings = { calendar: { program: CRISIS, ...calendar }, light };
		const { host, node } = bootLamp({ settings, lux: 0, until: 200_000 });
		host.deliver((inputs, now) => inputs.onTime(now, AT_NIGHT));
		vouch({ host, node }, AT_NIGHT);
		host.run(300_000);
		return { host, node };
	}
	test("goes dark below its floor, and says why", () => {
		const { host, node } = lamp();
		expect(host.duty).toBe(0);
		expect(node.view.light.chain).toEqual([{ by: "lightsOut", level: 0, source: "00:00 out" }]);
	});
	test("lights for every road user", () => {
		const { host, node } = lamp();
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 1000);
		expect(node.view.light.actual).toBe(100);
		host.deliver((inputs, now) => inputs.onStillness(now));
		host.run(host.now + 100_000);
		expect(node.view.light.actual).toBe(0);
	});
	test("or does not, where the commune says so, and says that", () => {
		const { host, node } = lamp({ presenceDuringLightsOut: "ignore" });
		host.deliver((inputs, now) => inputs.onMovement(now));
		host.run(host.now + 1000);
		expect(host.duty).toBe(0);
		expect(node.view.light.chain).toEqual([
			{ by: "lightsOut", level: 0, source: "00:00 out" },
			{ by: "presenceIgnored", level: 0 },
		]);
	});
	test("but a crossing stays lit", () => {
		const { node } = lamp({}, { lightProtected: true });
		expect(node.view.light.actual).toBe(100);
		expect(node.view.light.chain.map(({ by }) => by)).toEqual(["lightsOut", "protected"]);
	});
	test("relights in the morning", () => {
		const { host, node } = lamp();
		host.run(host.now + 5 * 60 * MINUTE);
		expect(node.view.light.actual).toBe(100);
	});

	const refused: [why: string, calendar: object, type: string, where: string][] = [
		["a program", { program: "noon 5" }, "invalidProgram", "program"],
		["a named program", { program3: "noon 5" }, "invalidProgram", "program3"],
		["a calendar", { calendar: "Fri" }, "invalidCalendar", "calendar"],
		["a calendar of no program", { calendar: "Fri: x" }, "invalidCalendar", "calendar"],
		["holidays", { holidays: "31-12" }, "invalidCalendar", "holidays"],
	];
	test.each(refused)("reports when %s was not taken", (_why, calendar, type, where) => {
		const { node } = lamp(calendar);
		const entry = node.journal.read(2);
		expect([entry?.type, JSON.parse(entry!.attributes).where]).toEqual([type, where]);
	});
	test("at the console, too, and keeps what it had", () => {
		const { host, node } = lamp();
		const type = (line: string) => {
			typeAt(host, line);
			const { newest } = node.journal;
			return node.journal.read(newest)?.type;
		};
		type("set calendar Fri: weekend");
		expect(type("apply")).toBe("invalidCalendar");
		type("revert");
		expect(node.settings.calendar).toBe("");
		expect(type("set program2 weekend 22:00 60")).toBe("invalidProgram");
		type(`set program2 ${WEEKEND}`);
		type("set calendar Tue: weekend");
		type("apply");
		expect(type("confirm")).toBe("settingsChanged");
		host.run(host.now + 61_000);
		expect(node.schedule.request?.source).toBe("weekend: sunset 100");
		type('set program2 ""');
		expect(type("apply")).toBe("invalidCalendar");
		expect(node.settings.program2).toBe(WEEKEND);
	});
	test("a section at its fullest can be read back", () => {
		const host = new FakeHost();
		const full = (head: string, length: number) => {
			const count = Math.min(16, Math.floor((length - head.length) / 17));
			return (head + Array(count).fill("sunrise-240 100").join("; ")).padEnd(length);
		};
		const stored = {
			program: full("", 320),
			program2: full("a:", 180),
			program3: full("b:", 180),
			program4: full("c:", 180),
			calendar: "Fri: a".padEnd(180),
			zone: "CET-1CEST,M3.5.0,M10.5.0/3",
			holidays: "01-01".padEnd(180),
			latitude: -89.1234,
			longitude: -179.1234,
			presenceDuringLightsOut: "ignore",
			minimumLightsOn: 180,
			darkElevation: -5.5,
		};
		host.stored.set(keyOf("calendar"), JSON.stringify(stored));
		expect(new Node(host).settings).toMatchObject(stored);
	});
});
