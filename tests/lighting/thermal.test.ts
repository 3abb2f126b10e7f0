/** Thermal: the cap by the housing's temperature, and that it does not swing. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { COLD, capAt, DERATING_SPAN, follow, HYSTERESIS } from "../../src/lighting/thermal.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const OPTIONS = { deratingStart: 75, deratingLevel: percent(50) };
const caps = (...readings: number[]) => {
	let hot = COLD;
	return readings.map((celsius) => {
		hot = follow(hot, celsius);
		return capAt(hot, OPTIONS);
	});
};

describe("the cap", () => {
	test.each([
		["cool: none", [20, 75], [100, 100]],
		["a third of the way", [80], [83]],
		["at the end of the span and beyond", [90, 149], [50, 50]],
		["held until it is 5 K cooler", [80, 76, 75], [83, 83, 83]],
		["then let go with it", [80, 74, 70], [83, 87, 100]],
		["it cools, and heats again within the play", [85, 79, 82, 84], [67, 70, 70, 70]],
		[
			"a sensor that says nonsense says nothing",
			[80, 151, -61, Number.NaN, 80],
			[83, 83, 83, 83, 83],
		],
		["nor does nonsense alone", [Number.NaN, Infinity], [100, 100]],
	])("%s", (_why, readings, expected) => {
		expect(caps(...readings)).toEqual(expected);
	});

	const readings = fc.array(fc.integer({ min: 60, max: 100 }), { minLength: 1, maxLength: 60 });
	test(`covers the heat that is, and never more than 5 K of heat that was (seed ${SEED})`, () => {
		const property = (list: number[]) => {
			const given = caps(...list);
			for (const [index, celsius] of list.entries()) {
				assert.ok(given[index]! <= capAt(celsius, OPTIONS));
				assert.ok(given[index]! >= capAt(celsius + HYSTERESIS, OPTIONS));
			}
		};
		fc.assert(fc.property(readings, property), { seed: SEED, numRuns: 1000 });
	});
	test(`stands still while the temperature swings within the play (seed ${SEED})`, () => {
		const swing = fc.array(fc.integer({ min: 0, max: HYSTERESIS }), { maxLength: 40 });
		const property = (from: number, list: number[]) => {
			const [first, ...rest] = caps(from, ...list.map((less) => from - less));
			for (const cap of rest) assert.equal(cap, first);
		};
		const start = fc.integer({ min: 60, max: 75 + DERATING_SPAN });
		fc.assert(fc.property(start, swing, property), { seed: SEED, numRuns: 1000 });
	});
});
