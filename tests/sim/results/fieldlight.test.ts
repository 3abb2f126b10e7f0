/** Field light: what is between the poles of a street whose lamps are told, not simulated. */
import { describe, expect, test } from "@jest/globals";
import { type FieldDesign, FieldLight } from "../../../sim/results/fieldlight.js";
import { illuminanceOf } from "../../../sim/util/roadgrid.js";
import { HOUR, MINUTE } from "../../../sim/util/spans.js";
import { Zone } from "../../../sim/util/zone.js";

const FULL = 4095;
const EPOCH = Date.UTC(2026, 10, 24, 21); // 22:00 of Brussels
const P: FieldDesign = {
	...{ spacing_m: 30, width_m: 6, height_m: 6, installed_lx: 10, drive: 100, onLevel: 35 },
	...{ fullClass: "P4", fullLevel: 50, floorClass: "P6" },
};

function street(levels: readonly number[], design = P) {
	const light = new FieldLight(levels.length, EPOCH, Zone.of("Europe/Brussels")!, design);
	light.onDaylight(0, 0);
	const show = (nth: number, level: number) =>
		light.onDuty(0, nth, (FULL * level * design.drive) / 10_000);
	for (const [nth, level] of levels.entries()) show(nth, level);
	return { light, show };
}
const night = (levels: readonly number[], design = P) => {
	const { light } = street(levels, design);
	light.advance(10 * MINUTE);
	return light.result;
};

describe("between the poles", () => {
	test("a row at one level has that share of the installed mean, to its ends", () => {
		const even = illuminanceOf(P, 10, () => 50);
		const { minutes, mean_lx, min_lx, uniformity, full, floor } = night(Array(5).fill(50)).night;
		expect(minutes).toBe(4 * 10); // four fields
		expect(mean_lx).toBeCloseTo(5, 2);
		expect(min_lx).toBeCloseTo(even.min_lx, 2);
		expect(uniformity).toBeCloseTo(even.uniformity, 3);
		expect([full, floor]).toEqual([1, 1]);
	});
	test("one lamp at class between others at the floor reaches the class in no field", () => {
		const { night: all, alone } = night([20, 20, 20, 50, 20, 20, 20]);
		expect(alone.minutes).toBe(2 * 10); // the field on either side of it
		expect([alone.full, alone.floor]).toEqual([0, 1]);
		expect(alone.mean_lx).toBeCloseTo(3.5, 1); // half way between 2 and 5 lx
		expect([all.full, all.floor]).toEqual([0, 1]);
	});
	test("two of them reach it between each other, and neither is alone", () => {
		const result = night([20, 20, 20, 60, 60, 20, 20, 20]);
		expect(result.night.full).toBeCloseTo(1 / 7, 3);
		expect(result.alone.minutes).toBe(0);
	});
	test("a C class is judged by its uniformity, too; an M class is not judged", () => {
		const C = { ...P, fullClass: "C5", floorClass: "percent", installed_lx: 15 };
		expect(night(Array(4).fill(50), C).night).toMatchObject({ full: 1, floor: null });
		expect(night([100, 10, 100, 10], C).night.full).toBeLessThan(1);
		const M = { ...P, fullClass: "M4", floorClass: "M6" };
		expect(night(Array(4).fill(50), M).night).toMatchObject({ full: null, floor: null });
	});
	test("an oversized luminaire gives the design's light at its own share of drive", () => {
		expect(night(Array(3).fill(50), { ...P, drive: 80 }).night.mean_lx).toBeCloseTo(5, 2);
	});
	test("hours are those of the clock; daylight, and a lamp without power, are seen", () => {
		const { light, show } = street([50, 50]);
		light.advance(HOUR - 1);
		show(0, 20);
		show(1, 20);
		light.advance(2 * HOUR - 1);
		light.onDaylight(0, 500);
		light.advance(5 * HOUR);
		const { hours } = light.result;
		expect(hours.map(({ clock, minutes }) => [clock, minutes])).toEqual([
			[22, 59],
			[23, 60],
		]);
		expect(hours.map(({ mean_lx }) => mean_lx)).toEqual(
			[5, 2].map((lux) => expect.closeTo(lux, 2)),
		);
		light.onDaylight(0, 0);
		light.onEnd(0, 0);
		light.onEnd(0, 1);
		light.advance(5 * HOUR + 10 * MINUTE);
		expect(light.result.hours.at(-1)).toMatchObject({ clock: 3, mean_lx: 0, full: 0 });
		const lines = [...light.lines()];
		expect(lines[2]).toMatch(/^ 22:00 +5\.00 +3\.0\d +0\.6\d +P4 100 % +P6 100 %$/);
	});
});
