/** Output: the steps from a level to the driver, and that the chain lists what is done. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type OutputOptions, shareAt, visitOutput } from "../../src/lighting/output.js";
import { evenly } from "../support/evenly.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const PLAIN: OutputOptions = {
	virtualLightOutput: percent(100),
	cleaningFactor: percent(100),
	cleaningPeriod: 16_000,
	cleanedAt: 0,
	depreciation: "",
	hoursBefore: 0,
	minimumDuty: 0,
};
const ALL: OutputOptions = {
	...PLAIN,
	virtualLightOutput: percent(80),
	cleaningFactor: percent(90),
	depreciation: "0 100; 100000 80",
};
const stepsOf = (level: number, options: OutputOptions, hours: number, cap = 100) => {
	const steps: [string, number][] = [];
	const least = percent(options.minimumDuty);
	visitOutput(percent(level), options, hours, percent(cap), least, (by, output) => {
		steps.push([by, Math.round(output * 100) / 100]);
	});
	return steps;
};

describe("the steps, in order", () => {
	test.each([
		["none where nothing is set", [100, PLAIN, 5000], []],
		[
			"all of them, on the first day",
			[50, ALL, 0],
			[
				["virtualLightOutput", 40],
				["cleaningFactor", 36],
				["clo", 28.8],
			],
		],
		[
			"clean again, and old",
			[50, { ...ALL, cleanedAt: 120_000 }, 120_000],
			[
				["virtualLightOutput", 40],
				["cleaningFactor", 36],
			],
		],
		[
			"old LEDs under a new controller",
			[100, { ...ALL, hoursBefore: 100_000 }, 16_000],
			[["virtualLightOutput", 80]],
		],
		["off is off: nothing to say", [0, ALL, 0], []],
		["the heat comes last", [100, PLAIN, 0, 60], [["thermal", 60]]],
		["heat that bounds nothing is silent", [50, PLAIN, 0, 60], []],
		[
			"and bounds what the driver gives, not the level",
			[100, ALL, 0, 60],
			[
				["virtualLightOutput", 80],
				["cleaningFactor", 72],
				["clo", 57.6],
			],
		],
		[
			"a driver that gives no less than its minimum",
			[10, { ...PLAIN, minimumDuty: 30 }, 0],
			[["minimumDuty", 30]],
		],
		["off is off for it, too", [0, { ...PLAIN, minimumDuty: 30 }, 0], []],
		["a curve that is none is full light", [100, { ...PLAIN, depreciation: "L80" }, 0], []],
	] as [string, Parameters<typeof stepsOf>, [string, number][]][])("%s", (_why, args, steps) => {
		expect(stepsOf(...args)).toEqual(steps);
	});
});

test(`never more than the driver has; the chain ends at what is given (seed ${SEED})`, () => {
	const options = fc.record({
		virtualLightOutput: fc.integer({ min: 10, max: 100 }).map(percent),
		cleaningFactor: fc.integer({ min: 50, max: 100 }).map(percent),
		cleaningPeriod: fc.integer({ min: 0, max: 500_000 }),
		cleanedAt: fc.integer({ min: 0, max: 500_000 }),
		depreciation: fc.constantFrom("", "0 100", "0 100; 50000 90; 100000 80", "nonsense"),
		hoursBefore: fc.integer({ min: 0, max: 500_000 }),
		minimumDuty: fc.constantFrom(0, 5, 30),
	});
	const hours = evenly(0, 500_000);
	const level = fc.integer({ min: 0, max: 100 });
	const property = (option: OutputOptions, at: number, asked: number, cap: number) => {
		const share = shareAt(option, at);
		assert.ok(share > 0);
		assert.ok(share <= 1);
		const capped = Math.min(asked * share, cap);
		const given = asked > 0 ? Math.max(capped, option.minimumDuty) : 0;
		const last = stepsOf(asked, option, at, cap).at(-1);
		assert.ok(Math.abs((last ? last[1] : asked) - given) < 5e-3);
	};
	const cap = fc.integer({ min: 10, max: 100 });
	fc.assert(fc.property(options, hours, level, cap, property), { seed: SEED, numRuns: 1000 });
});
