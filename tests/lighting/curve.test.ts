import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { FULL_STEP, placeOf, ratioOf } from "../../src/lighting/curve.js";
import type { Percent } from "../../src/units.js";
import { evenly } from "../support/evenly.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const steps = Array.from({ length: FULL_STEP }, (_, i) => i + 1);
/** IEC 62386-102, 9.3, as the formula it is. */
const formula = (step: number) => 10 ** ((step - 1) / (253 / 3) - 1);
/** The level of a place, by its ratio to full light. */
const levelAt = (place: number) => (100 * ratioOf(place - FULL_STEP)) as Percent;

describe("curve", () => {
	test("is the standard's formula to half a millionth, at every step", () => {
		for (const step of steps) assert.ok(Math.abs(levelAt(step) - formula(step)) <= 0.00005 + 1e-12);
	});
	// rounded values that gateways publish (IEC 62386-102, table of the dimming curve)
	test.each([
		[1, 0.1],
		[60, 0.501],
		[85, 0.991],
		[126, 3.035],
		[170, 10.091],
		[195, 19.97],
		[228, 49.17],
		[229, 50.53],
		[254, 100],
	])("step %i gives %f %%", (step, output) => {
		expect(levelAt(step)).toBeCloseTo(output, 2);
	});
	test("rises with every step, by 2.8 % in all but rounding", () => {
		for (const step of steps.slice(1)) {
			const ratio = levelAt(step) / levelAt(step - 1);
			assert.ok(ratio > 1.0272);
			assert.ok(ratio < 1.0284);
		}
	});
	test("finds each of its own steps again", () => {
		for (const step of steps) assert.ok(Math.abs(placeOf(levelAt(step)) - step) < 5e-10);
	});
	test.each([
		["off is where the curve begins", 0, 1],
		["less than the first step is there, too", 0.05, 1],
		["10 %", 10, 169.667],
		["50 %", 50, 228.613],
		["full", 100, 254],
	])("%s", (_why, level, place) => {
		expect(placeOf(percent(level))).toBeCloseTo(place, 1);
	});
	// gateways' tables name whole steps
	test.each([
		[10, 170],
		[50, 228],
	])("%i %% is step %i in gateways' tables: ours lies within one step", (level, step) => {
		expect(Math.abs(placeOf(percent(level)) - step)).toBeLessThan(1);
	});
	test(`any place is on the standard's curve to 0.06 %, and found again (seed ${SEED})`, () => {
		const property = (place: number) => {
			const level = levelAt(place);
			assert.ok(Math.abs(level / formula(place) - 1) < 0.0006); // 0.05 %: the table's digits
			assert.ok(Math.abs(placeOf(level) - place) < 5e-10);
			assert.ok(Math.abs(ratioOf(FULL_STEP - place) * ratioOf(place - FULL_STEP) - 1) < 5e-13);
		};
		fc.assert(fc.property(evenly(1, FULL_STEP), property), { seed: SEED });
	});
});
