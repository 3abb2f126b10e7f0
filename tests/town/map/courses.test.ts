/** Courses: the level of each light at each instant, against a plain reading of its course. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { Cabinets } from "../../../town/map/cabinets.js";
import type { Box } from "../../../town/map/camera.js";
import {
	changeAt,
	decodeNight,
	decodeTown,
	FULL,
	levelOf,
	timeOf,
} from "../../../town/map/decoded.js";
import { Glow } from "../../../town/map/glow.js";
import { inkOf, inksOf, STEPS } from "../../../town/map/palette.js";
import { curveOf, fullHours, litSpan, savings } from "../../../town/map/saving.js";
import { nightOf, type PlainChange, townOf } from "./drawntown.js";

/** A light that goes on at 30,000 s over 10 s, to a half at 40,000 s, and out at 60,000 s. */
const EVENING: readonly PlainChange[] = [
	{ t: 30_000, level: 200, fade: 10, cause: 1 },
	{ t: 40_000, level: 100, fade: 0, cause: 1 },
	{ t: 60_000, level: 0, fade: 0, cause: 0 },
];
const lit = (course: readonly PlainChange[], shift = 0) => {
	const town = decodeTown(townOf({ lights: [{ x: 0, y: 0, shift, feeder: 0 }], cabinets: ["C1"] }));
	return { town, night: decodeNight(nightOf("presence", [[course]]), town) };
};
const levelAt = ({ night }: ReturnType<typeof lit>, at: number) => {
	const time = timeOf(night, 0, at);
	const change = changeAt(night, 0, time);
	return change < 0 ? 0 : levelOf(night, change, time);
};

test.each([
	[0, 0],
	[29_999, 0],
	[30_000, 0],
	[30_005, 100],
	[30_010, 200],
	[39_999, 200],
	[40_000, 100],
	[60_000, 0],
	[86_400, 0],
])("at %d s the light is at %d of 200", (at, level) => {
	expect(levelAt(lit(EVENING), at)).toBe(level);
});

test("a shifted course comes later, and dusk and dawn keep their instants", () => {
	const later = lit(
		[
			{ t: 19_000, level: 200, fade: 0, cause: 1 },
			{ t: 30_000, level: 50, fade: 0, cause: 1 },
			{ t: 70_500, level: 0, fade: 0, cause: 0 },
		],
		600,
	);
	expect([18_999, 19_000, 30_599, 30_600, 70_499, 70_500].map((at) => levelAt(later, at))).toEqual([
		0, 200, 200, 50, 50, 0,
	]);
});

test("a level is that of a plain reading of the course (property)", () => {
	const change = fc.record({
		t: fc.integer({ min: 0, max: 80_000 }),
		level: fc.integer({ min: 0, max: FULL }),
		fade: fc.constant(0),
		cause: fc.constant(1),
	});
	fc.assert(
		fc.property(
			fc.array(change, { maxLength: 12 }),
			fc.integer({ min: 0, max: 86_400 }),
			(changes, at) => {
				const course = [...changes].sort((a, b) => a.t - b.t);
				const last = course.filter(({ t }) => t <= at).at(-1);
				expect(levelAt(lit(course), at)).toBe(last?.level ?? 0);
			},
		),
	);
});

test("a fade that another one ends begins from where it was", () => {
	const cut = lit([
		{ t: 1_000, level: 200, fade: 100, cause: 1 },
		{ t: 1_050, level: 0, fade: 100, cause: 1 },
	]);
	expect([1_025, 1_050, 1_100, 1_150].map((at) => levelAt(cut, at))).toEqual([50, 100, 50, 0]);
});

test("courses of a typical street are shared by its machines, and an option by the clock has one for all", () => {
	const lights = [
		{ x: 0, y: 0, typical: 0, machine: 1 },
		{ x: 0, y: 0, typical: 1, machine: 5 },
	];
	const town = decodeTown(townOf({ lights, typicalCount: 2 }));
	const night = decodeNight(nightOf("off", [[EVENING, []], [EVENING]]), town);
	expect(Array.from(night.course)).toEqual([1, 2]);
});

test("hours at full, saving and curve follow the course", () => {
	const { town, night } = lit(EVENING);
	const [hours] = fullHours(night);
	expect(hours! * 3600).toBeCloseTo(9_995 + 10_000, 6);
	const out = decodeNight(nightOf("off", [[EVENING.slice(0, 1)]]), town);
	expect(savings(out, night, town)[0]).toBeCloseTo(1 - 19_995 / 56_395, 6);
	expect(savings(decodeNight(nightOf("off", [[]]), town), night, town)[0]).toBe(0);
	const curve = curveOf(night, town, [0, 80_000], 9);
	expect(Array.from(curve)).toEqual([0, 0, 0, 0, 0.5, 0.5, 0, 0, 0]);
	expect(litSpan([night])).toEqual([29_100, 60_900]);
	expect(litSpan([decodeNight(nightOf("off", [[]]), town)])).toEqual([0, 86_400]);
});

test("the ink follows the level at once, or with the eye's time; a feeder that is cut takes it", () => {
	const { town, night } = lit(EVENING);
	const glow = new Glow(town);
	const inks = inksOf("level", night.served.causes);
	const cabinets = new Cabinets(1);
	const all = [-1, -1, 1, 1] as const;
	const draw = (at: number, passed: number, box: Box = all) => {
		glow.fill(night, at, inks, cabinets, passed, box);
		return glow.ink[0];
	};
	expect(draw(35_000, Infinity)).toBe(inks[STEPS + 255]);
	expect(draw(45_000, Infinity)).toBe(inks[STEPS + 128]);
	expect(draw(35_000, Infinity, [1, -1, 2, 1])).toBe(inks[STEPS + 128]); // out of sight
	const eased = draw(35_000, 16);
	expect([inks[STEPS + 128], inks[STEPS + 255]]).not.toContain(eased);
	cabinets.cut(0, 36_000);
	expect(draw(35_999, Infinity)).toBe(inks[STEPS + 255]);
	expect(draw(36_000, Infinity)).toBe(inkOf("level", "noPower", 0));
	expect(cabinets.outAt(36_000)).toEqual([0]);
	cabinets.mend(0, 45_000);
	expect(draw(45_010, Infinity)).toBe(inks[255]); // full light first
	expect(draw(45_030, Infinity)).toBe(inks[STEPS + 128]);
	expect(cabinets.outAt(45_000)).toEqual([]);
});

test("20 % is seen beside dark, and full is brighter and wider", () => {
	const bytes = (share: number) => {
		const ink = inkOf("level", "program", share);
		return [ink & 255, ink >>> 24];
	};
	const [dark, some, full] = [0, 0.2, 1].map(bytes);
	expect(some![0]! / dark![0]!).toBeGreaterThan(1.5);
	expect(full![0]! / some![0]!).toBeGreaterThan(2);
	expect(full![1]!).toBeGreaterThan(some![1]!);
	expect(inkOf("fault", "fault", 1)).not.toBe(inkOf("fault", "program", 1));
});
