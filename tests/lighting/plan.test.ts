import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MINUTE } from "../../lib/spans.js";
import { nextAt, type Plan, plan, pointAt } from "../../src/lighting/plan.js";
import { pointOf, programFault } from "../../src/lighting/program.js";
import type { Night } from "../../src/time/night.js";
import type { UtcMillis } from "../../src/units.js";

const SEED = 20261124;
/** The level that the program requests, percent; 0 before the first point. */
const levelAt = (of: Plan, utc: UtcMillis) => {
	const point = pointAt(of, utc);
	return point ? pointOf(point.text).level : 0;
};
const NOON = Date.UTC(2026, 10, 24, 12); // the zone of these nights is UTC

/** Minutes after the noon that begins the night, of a wall clock text. */
const after = (clock: string) =>
	(Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) + 720) % 1440;
const at = (clock: string) => (NOON + after(clock) * MINUTE) as UtcMillis;
function night(sunset: string | undefined, sunrise: string | undefined, alwaysDark = false) {
	return {
		start: NOON as UtcMillis,
		end: (NOON + 1440 * MINUTE) as UtcMillis,
		day: NOON / (1440 * MINUTE) - 0.5,
		atClock: (minutes: number) => (NOON + ((minutes + 720) % 1440) * MINUTE) as UtcMillis,
		sunset: sunset === undefined ? undefined : at(sunset),
		sunrise: sunrise === undefined ? undefined : at(sunrise),
		alwaysDark,
	} satisfies Night;
}
function read(text: string): string {
	const fault = programFault(text);
	if (fault) throw new Error(`${text}: ${fault.why}`);
	return text;
}
/** The `00:00 out` with which most of these nights go dark. */
const isMidnight = (when: number, out: boolean) => out && clockOf(when) === "00:00";
const clockOf = (utc: number) => new Date(utc).toISOString().slice(11, 16);
const laid = (text: string, over: Night) =>
	plan(read(text), over).points.map(({ at, text }) => `${clockOf(at)} ${pointOf(text).level}`);

const USUAL = "sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0";
const WINTER = night("16:45", "08:15");
/** The clock goes from 02:00 to 03:00; what lies between counts as much later. */
const SPRING: Night = {
	...WINTER,
	atClock: (minutes) => WINTER.atClock(minutes >= 120 && minutes < 180 ? minutes + 60 : minutes),
};

describe("plan", () => {
	const cases: [why: string, text: string, over: Night, points: string[]][] = [
		[
			"a winter night",
			USUAL,
			WINTER,
			["16:45 100", "22:00 60", "00:00 40", "05:30 100", "08:15 0"],
		],
		["the clock alone", "23:00 50; 06:00 0", WINTER, ["23:00 50", "06:00 0"]],
		["offsets", "sunset-15 100; sunrise+30 0", WINTER, ["16:30 100", "08:45 0"]],
		["the last of the same instant wins", "22:00 60; 22:00 50", WINTER, ["22:00 50"]],
		[
			"the sun sets after a point written behind it: that one counts from sunset",
			USUAL,
			night("22:01", "05:40"),
			["22:01 60", "00:00 40", "05:30 100", "05:40 0"],
		],
		[
			"the sun rises before a point written ahead of it: that one falls away",
			USUAL,
			night("21:50", "05:20"),
			["21:50 100", "22:00 60", "00:00 40", "05:20 0"],
		],
		[
			"a point written before sunset, on an evening that is darker than it thought",
			"17:00 50; sunset 100; sunrise 0",
			WINTER,
			["16:45 100", "08:15 0"],
		],
		["the hour that spring leaves out", "02:30 out; 04:00 60", SPRING, ["03:30 0", "04:00 60"]],
		["does not undo what is written behind it", "02:30 out; 03:15 60", SPRING, ["03:15 60"]],
		[
			"polar night lasts from noon to noon",
			USUAL,
			night(undefined, undefined, true),
			["12:00 100", "22:00 60", "00:00 40", "05:30 100"],
		],
		["polar day leaves the sun's programs nothing to do", USUAL, night(undefined, undefined), []],
		[
			"but not the clock's",
			"23:00 50; 06:00 0",
			night(undefined, undefined),
			["23:00 50", "06:00 0"],
		],
		[
			"the sun sets and does not rise",
			USUAL,
			night("13:10", undefined),
			["13:10 100", "22:00 60", "00:00 40", "05:30 100"],
		],
		[
			"the sun is down at noon and rises",
			USUAL,
			night(undefined, "09:00"),
			["12:00 100", "22:00 60", "00:00 40", "05:30 100", "09:00 0"],
		],
		[
			"an offset does not leave the night",
			"sunset-240 100; sunrise 0",
			night("13:00", "09:00"),
			["12:00 100", "09:00 0"],
		],
	];
	test.each(cases)("%s", (_why, text, over, points) => {
		expect(laid(text, over)).toEqual(points);
	});

	const CRISIS = "sunset 100; 00:00 out; 05:00 60; 06:00 100; sunrise 0";
	const short: [why: string, text: string, minimum: number, sunrise: string, points: string[]][] = [
		["without a minimum each relight is made", CRISIS, 0, "05:01", ["05:00 60", "05:01 0"]],
		["nor one that the sun precedes", "00:00 out; 09:00 60", 0, "08:15", ["09:00 60"]],
		["a winter morning", CRISIS, 60, "08:15", ["05:00 60", "06:00 100", "08:15 0"]],
		["just long enough", CRISIS, 60, "06:00", ["05:00 60", "06:00 0"]],
		["a minute too short: it stays out", CRISIS, 60, "05:59", ["05:59 0"]],
		["all that is lit falls away", CRISIS, 120, "06:59", ["06:59 0"]],
		["the sun ends it where no point does", "00:00 out; 05:00 60", 60, "05:30", []],
		["a point of 0 ends it", "00:00 out; 05:00 60; 05:30 0", 60, "08:15", ["05:30 0"]],
		["and so does another out", "00:00 out; 05:00 60; 05:30 out", 60, "08:15", ["05:30 out"]],
		["only after an out, not after 0", "00:00 0; 05:00 60", 60, "05:30", ["00:00 0", "05:00 60"]],
		[
			"each gap is judged by itself",
			"00:00 out; 01:00 50; 01:30 out; 05:00 60; sunrise 0",
			60,
			"08:15",
			["01:30 out", "05:00 60", "08:15 0"],
		],
	];
	test.each(short)("minimumLightsOn: %s", (_why, text, minimum, sunrise, points) => {
		const tonight = plan(read(text), night("16:45", sunrise), minimum);
		const written = tonight.points.map(({ at: when, text }) => ({ when, ...pointOf(text) }));
		const after = written.filter(
			({ when, out = false }) => when >= at("00:00") && !isMidnight(when, out),
		);
		expect(after.map(({ when, level, out }) => `${clockOf(when)} ${out ? "out" : level}`)).toEqual(
			points,
		);
	});
	test("minimumLightsOn is 0 where none is given: half a minute of relight stays", () => {
		const sunrise = (at("05:00") + 30_000) as UtcMillis;
		const { points } = plan(read("00:00 out; 05:00 60"), { ...WINTER, sunrise });
		expect(points.map(({ text }) => text)).toEqual(["00:00 out", "05:00 60"]);
	});
	test("minimumLightsOn never delays the evening's light", () => {
		const tonight = plan(read("12:00 out; sunset 100; sunrise 0"), WINTER, 60);
		expect(tonight.points.map((point) => point.text)).toContain("sunset 100");
		expect(plan(read("sunset 100; sunrise 0"), night("16:45", "17:00"), 60).points).toHaveLength(2);
	});
	test("minimumLightsOn in a polar night counts to noon", () => {
		const polar = night(undefined, undefined, true);
		expect(plan(read("00:00 out; 11:30 60"), polar, 60).points).toHaveLength(1);
		expect(plan(read("00:00 out; 11:00 60"), polar, 60).points).toHaveLength(2);
	});

	test("answers what is asked at an instant, and why, and when that ends", () => {
		const tonight = plan(read(USUAL), WINTER);
		const ask = (utc: number) => {
			const when = utc as UtcMillis;
			return [levelAt(tonight, when), pointAt(tonight, when)?.text, clockOf(nextAt(tonight, when))];
		};
		expect(ask(at("12:00"))).toEqual([0, undefined, "16:45"]); // before the first point: nothing
		expect(ask(at("16:45") - 1)).toEqual([0, undefined, "16:45"]);
		expect(ask(at("16:45"))).toEqual([100, "sunset 100", "22:00"]);
		expect(ask(at("00:00"))).toEqual([40, "00:00 40", "05:30"]);
		expect(ask(at("09:00"))).toEqual([0, "sunrise 0", "12:00"]);
		expect(nextAt(tonight, at("09:00"))).toBe(tonight.end);
	});
	test("is frozen: it is read at every tick and made once", () => {
		const tonight = plan(read(USUAL), WINTER);
		expect([tonight, tonight.points, ...tonight.points].every(Object.isFrozen)).toBe(true);
	});
});

describe(`plan, any night (seed ${SEED})`, () => {
	const minute = fc.integer({ min: 0, max: 1439 });
	const clocks = fc.array(fc.tuple(minute, fc.integer({ min: 1, max: 100 })), { maxLength: 8 });
	const two = (n: number) => String(n).padStart(2, "0");
	const clock = (afterNoon: number) => {
		const minutes = (afterNoon + 720) % 1440;
		return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
	};

	test("asks what one reads off the paper: the last point passed between sunset and sunrise", () => {
		const property = (times: [number, number][], a: number, b: number) => {
			const [sunset, sunrise] = [Math.min(a, b), Math.max(a, b) + 1];
			const points = [...times].sort(([x], [y]) => x - y);
			const written = points.map(([when, level]) => `${clock(when)} ${level}`);
			const text = ["sunset 77", ...written, "sunrise 0"].join("; ");
			const over = {
				...night(undefined, undefined),
				sunset: (NOON + sunset * MINUTE) as UtcMillis,
				sunrise: (NOON + sunrise * MINUTE) as UtcMillis,
			};
			const tonight = plan(read(text), over);
			for (let now = 0; now < 1440; now += 7) {
				const passed = points.filter(([when]) => when <= now).at(-1)?.[1] ?? 77;
				const paper = now < sunset || now >= sunrise ? 0 : passed;
				assert.deepEqual([now, levelAt(tonight, (NOON + now * MINUTE) as UtcMillis)], [now, paper]);
			}
		};
		fc.assert(fc.property(clocks, minute, minute, property), { seed: SEED, numRuns: 60 });
	});

	test("has its points in order, inside the night, no two at once", () => {
		const property = (times: [number, number][], sunset: number, sunrise: number) => {
			const points = [...times].sort(([x], [y]) => x - y);
			const written = points.map(([when, level]) => `${clock(when)} ${level}`);
			const text = [...written, "sunset-30 50", "sunset 77", "sunrise+30 0"].join("; ");
			const over = {
				...night(undefined, undefined),
				sunset: (NOON + sunset * MINUTE) as UtcMillis, // in any order: a clock that is wrong
				sunrise: (NOON + sunrise * MINUTE) as UtcMillis,
			};
			const instants = plan(read(text), over).points.map((point) => point.at);
			expect(instants).toEqual([...new Set(instants)].sort((x, y) => x - y));
			for (const instant of instants) {
				assert.ok(instant >= over.start);
				assert.ok(instant < over.end);
			}
		};
		fc.assert(fc.property(clocks, minute, minute, property), { seed: SEED });
	});
});
