/** Grid: the field of EN 13201-3 against a case worked out by hand, and what a lamp alone gives. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { illuminanceOf, pointsOf, ROAD_OPTIC, reaches } from "../../lib/roadgrid.js";
import { type Changes, DEFAULTS, withValues } from "../../src/settings/table.js";
import { gridText } from "../../tools/plan/gridtext.js";
import { evenly } from "../support/evenly.js";

const FIELD = { spacing_m: 30, width_m: 6, height_m: 6 };

describe("points of the field", () => {
	test.each([
		["10 along up to 30 m, 1.5 m across at most", FIELD, 10, 4],
		["three across at least", { ...FIELD, width_m: 2 }, 10, 3],
		["3 m apart at most beyond 30 m", { ...FIELD, spacing_m: 40 }, 14, 4],
	])("%s", (_why, field, along, across) => {
		const points = pointsOf(field);
		expect(points).toHaveLength(along * across);
		expect(points[0]).toEqual([field.spacing_m / along / 2, field.width_m / across / 2]);
		expect(points.at(-1)![0]).toBeCloseTo(field.spacing_m * (1 - 0.5 / along), 9);
		expect(points.at(-1)![1]).toBeCloseTo(field.width_m * (1 - 0.5 / across), 9);
	});
});

describe("illuminance", () => {
	/** A source that shines alike in all directions: E = I cos3 / h2. */
	const even = (along: number, across: number, h: number) =>
		h / (along * along + across * across + h * h) ** 1.5;

	test("a bare source, worked out by hand: two points of one lamp at 100 %", () => {
		const only = { spacing_m: 30, width_m: 4.5, height_m: 6 };
		const points = pointsOf(only); // 10 x 3, across 0.75, 2.25, 3.75
		// by hand: lamp 0 alone, point (1.5, 0.75): d2 = 1.5^2 + 0.25^2 = 2.3125; E = 6 / 38.3125^1.5
		const first = 6 / 38.3125 ** 1.5;
		// point (28.5, 3.75): d2 = 812.25 + 3.25^2 = 822.8125; E = 6 / 858.8125^1.5
		const last = 6 / 858.8125 ** 1.5;
		expect(even(points[0]![0], points[0]![1] - 0.5, 6)).toBeCloseTo(first, 12);
		const light = illuminanceOf(only, 10, (lamp) => (lamp === 0 ? 100 : 0), even);
		const row = illuminanceOf(only, 10, () => 100, even);
		expect(row.mean_lx).toBeCloseTo(10, 9);
		// far end by the near end: the scale cancels
		const sums = points.map(([x, y]) => 6 / (x * x + (y - 0.5) ** 2 + 36) ** 1.5);
		expect(light.min_lx / light.mean_lx).toBeCloseTo(last / (sums.reduce((a, b) => a + b) / 30), 9);
		expect(Math.min(...sums)).toBeCloseTo(last, 12);
		expect(Math.max(...sums)).toBeCloseTo(first, 12);
	});
	test("all lamps at a level give that share of the installed mean, at the same uniformity", () => {
		const full = illuminanceOf(FIELD, 12, () => 100);
		const dim = illuminanceOf(FIELD, 12, () => 25);
		expect(full.mean_lx).toBeCloseTo(12, 9);
		expect(dim.mean_lx).toBeCloseTo(3, 9);
		expect(dim.uniformity).toBeCloseTo(full.uniformity, 9);
	});
	test("one lamp raised among others at the floor: less mean, less uniformity than a row", () => {
		const row = illuminanceOf(FIELD, 10, () => 50);
		const alone = illuminanceOf(FIELD, 10, (lamp) => (lamp === 0 ? 50 : 20));
		const floor = illuminanceOf(FIELD, 10, () => 20);
		expect(alone.mean_lx).toBeLessThan(row.mean_lx);
		expect(alone.mean_lx).toBeGreaterThan(floor.mean_lx);
		expect(alone.uniformity).toBeLessThan(row.uniformity);
		expect(alone.mean_lx).toBeCloseTo((row.mean_lx + floor.mean_lx) / 2, 1); // half of the field's light
	});
	test("the optic is even along the road, dimmer across it, and dark beyond its end (property)", () => {
		const metres = evenly(0, 60);
		fc.assert(
			fc.property(metres, metres, evenly(4, 12), (x, y, h) => {
				const light = ROAD_OPTIC(x, y, h);
				expect(light).toBe(ROAD_OPTIC(-x, -y, h));
				expect(light).toBeGreaterThanOrEqual(0);
				expect(light).toBeLessThanOrEqual(1 / h ** 2 + 1e-12);
				if (Math.hypot(x, y) > h * Math.tan(1.37)) expect(light).toBe(0);
				if (x < h) expect(ROAD_OPTIC(x, 0, h)).toBeCloseTo(1 / h ** 2, 12);
			}),
			{ seed: 7, numRuns: 200 },
		);
	});
});

describe("classes", () => {
	const light = (mean_lx: number, min_lx: number) => ({
		mean_lx,
		min_lx,
		uniformity: min_lx / mean_lx,
	});
	test.each([
		["P4", light(5, 1), true],
		["P4", light(4.99, 1), false],
		["P4", light(6, 0.9), false],
		["P6", light(2, 0.4), true],
		["C4", light(10, 4), true],
		["C4", light(10, 3.9), false],
		["C4", light(9.9, 5), false],
		["M4", light(20, 10), undefined],
	])("%s of %j: %s", (name, given, verdict) => {
		expect(reaches(name, given)).toBe(verdict);
	});
});

describe("in lines", () => {
	const street = (more: object) =>
		withValues(DEFAULTS, {
			fullClass: "P4",
			floorClass: "P6",
			installedMean: 10,
			...more,
		} as Changes);
	test("a lamp at class between two at the floor does not make the class of the field", () => {
		const lines = gridText(street({}), { width_m: 6, height_m: 6 }, 10, "en");
		expect(lines[0]).toBe("Between two poles, 30 m by 6.0 m, lamps at 6.0 m, built-in road optic:");
		expect(lines[1]).toMatch(/^all lamps at 50 %: mean 5\.00 lx, .*P4 is (not )?reached$/);
		expect(lines[2]).toMatch(/^all lamps at 20 %: mean 2\.00 lx/);
		expect(lines[3]).toMatch(
			/^one lamp at 50 % among others at 20 %: mean 3\.\d\d lx, .*P4 is not reached$/,
		);
		const french = gridText(street({}), { width_m: 6, height_m: 6 }, 10, "fr").join("\n");
		expect(french).toMatch(/moyenne 5,00 lx/);
		expect(french).not.toMatch(/\{\d\}|\d\.\d/);
	});
	test("M is not judged, and has no lamp alone", () => {
		const road = street({
			fullClass: "M4",
			floorClass: "M6",
			installedMean: 1,
			sensorEffect: "none",
		});
		const lines = gridText(road, { width_m: 7, height_m: 8 }, 15, "en");
		expect(lines).toHaveLength(3);
		expect(lines[1]).toMatch(/not judged: M4 is defined by luminance$/);
	});
});
