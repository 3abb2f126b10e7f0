/** Classes: levels out of EN 13201-2 means, and what an engineer is refused. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { boundsOf } from "../../src/node/light/bounds.js";
import { sensorCommands } from "../../src/node/light/requests.js";
import {
	CLASS_CHOICES,
	type ClassSettings,
	classAt,
	classesOf,
	floorLevelOf,
	fullLevelOf,
	levelOfClass,
	presenceLevelOf,
} from "../../src/settings/classes.js";
import { brokenRule } from "../../src/settings/rules.js";
import { type Changes, DEFAULTS, withValues } from "../../src/settings/table.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const street = (fullClass: string, floorClass: string, installedMean: number, more: object = {}) =>
	withValues(DEFAULTS, { fullClass, floorClass, installedMean, ...more } as Changes);
const onM = { sensorEffect: "none" };

describe("levels of classes", () => {
	test.each([
		["P4 over P6 on a street made for P4", street("P4", "P6", 5), 100, 40],
		["the same with a luminaire twice as strong", street("P4", "P6", 10), 50, 20],
		["a third of a per cent is rounded up", street("P4", "P5", 9), 56, 34],
		["M4 over M6: 0.3 of 0.75 is 40 %, whatever binary says", street("M4", "M6", 0.75), 100, 40],
		["C2 over C5", street("C2", "C5", 25), 80, 30],
		["plain per cents are used as they are", street("percent", "percent", 5), 100, 20],
		["a class over a plain floor", street("P3", "percent", 10), 75, 20],
		["a plain full over a class", street("percent", "P6", 5), 100, 40],
	])("%s", (_why, settings, full, floor) => {
		expect([fullLevelOf(settings), floorLevelOf(settings)]).toEqual([full, floor]);
	});
	test.each([
		["a class of the street's kind", street("P4", "P6", 10), "P6", 20],
		["of a street in per cent", street("percent", "percent", 10), "P6", 20],
		["one that the luminaire does not reach: all that it has", street("P4", "P6", 5), "P1", 100],
		["another kind: the full level", street("P4", "P6", 10), "M4", 50],
		[
			"without an installed mean: the full level",
			street("percent", "percent", 0, { fullLevel: 70 }),
			"P4",
			70,
		],
	])("a point of a program, %s", (_why, settings, name, level) => {
		expect(levelOfClass(settings, name)).toBe(level);
	});
	test.each([
		["presence gives the full class", street("P4", "P6", 10), 50, 50],
		["and its own level where one is set", street("P4", "P6", 10, { presenceLevel: 80 }), 80, 60],
		["lingering never outshines it", street("P4", "P6", 20), 25, 25],
		["by default: full, then 60 %", DEFAULTS, 100, 60],
	])("%s", (_why, settings, presence, linger) => {
		const { occupied, lingering } = sensorCommands(
			settings,
			boundsOf(settings),
			undefined,
			"presence",
		);
		const levels = [presenceLevelOf(settings), occupied?.level, lingering?.level];
		expect(levels).toEqual([presence, presence, linger]);
	});

	test.each([
		["both classes", street("P4", "P6", 5), "P4", "P6"],
		["a floor in per cent", street("P3", "percent", 10), "P3", undefined],
		["a full level in per cent", street("percent", "P6", 5), undefined, "P6"],
	])("reported: %s", (_why, settings, fullClass, floorClass) => {
		expect(classesOf(settings)).toMatchObject({ fullClass, floorClass, unit: "lx" });
	});
	test("reported: none of a street in per cent", () => {
		expect(classesOf(street("percent", "percent", 5))).toBeUndefined();
	});

	test(`the mean is reached, and by less than one per cent more (seed ${SEED})`, () => {
		const MEANS: Record<string, number> = {
			P1: 15,
			P2: 10,
			P3: 7.5,
			P4: 5,
			P5: 3,
			P6: 2,
			M1: 2,
			M2: 1.5,
			M3: 1,
			M4: 0.75,
			M5: 0.5,
			M6: 0.3,
			C0: 50,
			C1: 30,
			C2: 20,
			C3: 15,
			C4: 10,
			C5: 7.5,
		}; // EN 13201-2:2015, typed again
		expect(Object.keys(MEANS)).toEqual(CLASS_CHOICES.slice(1));
		for (const [name, classMean] of Object.entries(MEANS))
			expect([name, fullLevelOf(street(name, "percent", classMean))]).toEqual([name, 100]);
		const mean = fc.integer({ min: 30, max: 20_000 }).map((n) => n / 100);
		const property = (name: string, installedMean: number) => {
			fc.pre(MEANS[name]! <= installedMean);
			const settings = street(name, "percent", installedMean);
			const level = fullLevelOf(settings);
			expect(Number.isInteger(level)).toBe(true);
			expect((level / 100) * installedMean).toBeGreaterThan(MEANS[name]! * (1 - 1e-6));
			expect(((level - 1) / 100) * installedMean).toBeLessThan(MEANS[name]! * (1 + 1e-6));
			expect(MEANS[classAt(settings, level)!]).toBeGreaterThanOrEqual(MEANS[name]!);
		};
		fc.assert(fc.property(fc.constantFrom(...Object.keys(MEANS)), mean, property), { seed: SEED });
	});
});

describe("the class a level reaches", () => {
	const p4 = street("P4", "P6", 5);
	test.each([
		["full", p4, 100, "P4"],
		["a little less is the next", p4, 99, "P5"],
		["the floor", p4, 40, "P6"],
		["below the floor there is none", p4, 39, undefined],
		["off", p4, 0, undefined],
		["what is above the full class is named, too", street("P4", "P6", 10), 100, "P2"],
		["a street in C", street("C3", "C5", 15), 67, "C4"],
		["a street in M", street("M3", "M5", 1), 80, "M4"],
		["plain per cents have no class", DEFAULTS, 100, undefined],
		["only the floor has one", street("percent", "P6", 5), 100, "P4"],
	])("%s", (_why, settings, level, name) => {
		expect(classAt(settings, percent(level))).toBe(name);
	});
});

describe("what an engineer is refused", () => {
	type Case = [why: string, settings: ClassSettings, blamed: string | undefined, says?: RegExp];
	const cases: Case[] = [
		["P4 over P6", street("P4", "P6", 5), undefined],
		["P4 over P6 without a mean", street("P4", "P6", 0), "installedMean", /must be told/],
		["a floor alone without a mean", street("percent", "P6", 0), "installedMean", /must be told/],
		["lux over luminance", street("P4", "M6", 5, onM), "floorClass", /same kind/],
		["a C street with a P floor", street("C4", "P6", 10), "floorClass", /same kind/],
		["a floor above full", street("P5", "P4", 5), "floorClass", /more than/],
		["a floor above a plain full", street("percent", "P4", 6, { fullLevel: 80 }), "floorClass"],
		["a luminaire too small", street("P4", "P6", 4.99), "installedMean", /more than 100 %/],
		["a bubble on M", street("M3", "M5", 1), "sensorEffect", /uniformity/],
		["a bubble over an M floor", street("percent", "M6", 1), "sensorEffect", /uniformity/],
		["M without a bubble", street("M3", "M5", 1, onM), undefined],
		["a bubble on C, asked for", street("C3", "C5", 15), undefined],
		["a maximum below the floor", street("P4", "P6", 5, { maxLevel: 39 }), "maxLevel"],
		[
			"a crossing that could not reach its class",
			street("P4", "P6", 5, { maxLevel: 90, lightProtected: true }),
			"maxLevel",
		],
		[
			"a failure below the floor",
			street("P4", "P6", 5, { systemFailureLevel: 39 }),
			"systemFailureLevel",
		],
		["lingering under a derived presence", street("P4", "P6", 10), undefined],
	];
	test.each(cases)("%s", (_why, settings, blamed, says = /./) => {
		const broken = brokenRule(settings as typeof DEFAULTS);
		expect(broken?.name).toBe(blamed);
		if (broken) expect(broken.why).toMatch(says);
	});
});
