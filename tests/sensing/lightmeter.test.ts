import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	INERTIA,
	isSaturated,
	type LightMeter,
	levelAt,
	reduce,
	reportableAt,
} from "../../src/sensing/lightmeter.js";
import { SILENT_AFTER } from "../../src/sensing/photocell.js";
import type { Lux } from "../../src/units.js";
import { evenly } from "../support/evenly.js";

const SEED = 20261124;
const lux = (value: number) => value as Lux;
const first = (value: number, now = 0) => reduce(undefined, lux(value), now) as LightMeter;

describe("light meter", () => {
	test("takes the first reading as it is", () => {
		expect(levelAt(first(40), 0)).toBe(40);
	});
	test("a reading counts for half after the inertia, and nearly in full after an hour", () => {
		const state = reduce(first(0), lux(100), 1000)!;
		expect(levelAt(state, 1000)).toBe(0);
		expect(levelAt(state, 1000 + INERTIA)).toBe(50);
		expect(levelAt(state, 3_601_000)).toBeGreaterThan(99);
	});
	test("headlights of three seconds leave little behind", () => {
		const flash = reduce(first(2), lux(400), 100_000);
		const after = reduce(flash, lux(2), 103_000)!;
		expect(levelAt(after, 103_000)).toBeLessThan(60);
		expect(levelAt(after, 403_000)).toBeLessThan(6);
	});
	test("an instant before the last reading is taken for that reading's", () => {
		expect(levelAt(reduce(first(10), lux(90), 5000)!, 0)).toBe(levelAt(first(10), 5000));
	});
	test("reports nothing after a day and a night without a reading", () => {
		expect(reportableAt(first(40), SILENT_AFTER - 1)).toBe(40);
		expect(reportableAt(first(40), SILENT_AFTER)).toBeUndefined();
		expect(reportableAt(reduce(first(40), lux(30), SILENT_AFTER)!, SILENT_AFTER)).toBe(40);
	});
	test.each([
		[54_611, false],
		[54_612, true],
		[100_000, true],
	])("%d lx of a range of 54,612 lx: saturated %s", (reading, saturated) => {
		expect(isSaturated(first(reading), lux(54_612))).toBe(saturated);
	});
	test.each([Number.NaN, -1, Infinity])("%d is no reading", (value) => {
		expect(reduce(undefined, lux(value), 0)).toBeUndefined();
		const state = first(7);
		expect(reduce(state, lux(value), 1)).toBe(state);
	});
	test(`stays between the darkest and the brightest it has seen (seed ${SEED})`, () => {
		const reading = fc.tuple(fc.nat(100_000), evenly(0, 100_000));
		const property = (readings: [number, number][]) => {
			let state: LightMeter | undefined;
			let now = 0;
			const seen: number[] = [];
			for (const [pause, value] of readings) {
				state = reduce(state, lux(value), (now += pause));
				seen.push(value);
				const level = levelAt(state!, now + 5000);
				assert.ok(level >= Math.min(...seen) - 1e-6);
				assert.ok(level <= Math.max(...seen) + 1e-6);
			}
		};
		fc.assert(fc.property(fc.array(reading, { maxLength: 30 }), property), { seed: SEED });
	});
});
