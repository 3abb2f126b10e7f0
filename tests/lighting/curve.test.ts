import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { FULL_STEP, percentOf, stepOf } from "../../src/lighting/curve.js";
import { evenly } from "../support/evenly.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const steps = Array.from({ length: FULL_STEP }, (_, i) => i + 1);
/** IEC 62386-102, 9.3, as the formula it is. */
const formula = (step: number) => 10 ** ((step - 1) / (253 / 3) - 1);

describe("curve", () => {
	test("is the standard's formula to half a millionth, at every step", () => {
		for (const step of steps)
			expect(Math.abs(percentOf(step) - formula(step))).toBeLessThanOrEqual(0.00005 + 1e-12);
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
		expect(percentOf(step)).toBeCloseTo(output, 2);
	});
	test("rises with every step, by 2.8 % in all but rounding", () => {
		for (const step of steps.slice(1)) {
			const ratio = percentOf(step) / percentOf(step - 1);
			expect(ratio).toBeGreaterThan(1.0272);
			expect(ratio).toBeLessThan(1.0284);
		}
	});
	test("finds each of its own steps again", () => {
		for (const step of [0, ...steps]) expect(stepOf(percentOf(step))).toBe(step);
	});
	test("brings what lies beyond it to the nearer end", () => {
		expect([percentOf(-3), percentOf(999), percentOf(253.6)]).toEqual([0, 100, 100]);
	});
	test.each([
		["off is off", 0, 0],
		["the least that can be asked for is a step, not off", 0.0001, 1],
		["as near to two steps: the darker one", 0.1014, 1],
		["10 %", 10, 170],
		["50 %", 50, 229],
		["full", 100, 254],
	])("%s", (_why, level, step) => {
		expect(stepOf(percent(level))).toBe(step);
	});
	// 50 % lies at step 228.6: gateways' tables name the step below, and ours the nearest by output
	test.each([
		[10, 170],
		[50, 228],
	])("%i %% is step %i in gateways' tables: ours is that step or its neighbour", (level, step) => {
		expect(Math.abs(stepOf(percent(level)) - step)).toBeLessThanOrEqual(1);
		expect(Math.abs(percentOf(step) / level - 1)).toBeLessThan(0.028); // less than one step
	});
	test(`no step is nearer than the one it finds (seed ${SEED})`, () => {
		const level = evenly(0.0001, 100);
		const property = (asked: number) => {
			const off = (step: number) => Math.abs(percentOf(step) - asked);
			const found = stepOf(percent(asked));
			expect(Math.min(...steps.map(off))).toBeCloseTo(off(found), 9);
		};
		fc.assert(fc.property(level, property), { seed: SEED });
	});
});
