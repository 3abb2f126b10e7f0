/** Field light: what is between the poles of a street whose lamps are given, not simulated. */
import { describe, expect, test } from "@jest/globals";
import { illuminanceOf } from "../../../lib/roadgrid.js";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { Zone } from "../../../lib/zone.js";
import { classOfLevel } from "../../../sim/checks/classes.js";
import { type FieldDesign, FieldLight } from "../../../sim/results/fieldlight.js";

const FULL = 4095;
const EPOCH = Date.UTC(2026, 10, 24, 21); // 22:00 of Brussels
const P: FieldDesign = {
	spacing_m: 30,
	width_m: 6,
	height_m: 6,
	installed_lx: 10,
	drive: 100,
	onLevel: 35,
	fullClass: "P4",
	fullLevel: 50,
	floorClass: "P6",
};

function street(levels: readonly number[], design = P) {
	const zone = Zone.of("Europe/Brussels")!;
	let places: readonly number[] = [];
	const light = new FieldLight(levels.length, EPOCH, zone, design, (_at, see) =>
		places.forEach(see),
	);
	const someoneAt = (...at: readonly number[]) => {
		places = at;
	};
	light.onDaylight(0, 0);
	const show = (index: number, level: number) => {
		const duty = (FULL * level * design.drive) / 10_000;
		light.onDuty(0, index, duty, duty, 0);
	};
	for (const [index, level] of levels.entries()) show(index, level);
	return { light, show, someoneAt };
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
		expect(light.result.night.required).toBeNull();
		const lines = [...light.lines()];
		expect(lines[2]).toMatch(/^ 22:00 +5\.00 +3\.0\d +0\.6\d +P4 100 % +P6 100 %$/);
	});
});

describe("the class that is required", () => {
	/** P6 by the program from 22:02 on, P4 before; P4 where someone is. */
	const required = (utc: number) => ({
		vacant: utc < EPOCH + 2 * MINUTE ? "P4" : "P6",
		occupied: "P4",
	});
	test("a lamp at class between two at the floor: P6 while nobody is there, not P4 for the one who is", () => {
		const { light, someoneAt } = street([20, 50, 20], { ...P, required });
		light.advance(5 * MINUTE);
		const vacant = light.at(5 * MINUTE, 0);
		expect(vacant).toMatchObject({ someone: false, required: "P6", reached: true });
		expect(vacant!.mean_lx).toBeCloseTo(3.5, 1);
		someoneAt(45); // in the second field
		expect(light.at(5 * MINUTE, 0)).toEqual(vacant);
		expect(light.at(5 * MINUTE, 1)).toMatchObject({
			someone: true,
			required: "P4",
			reached: false,
		});
		light.advance(6 * MINUTE);
		// of twelve field-minutes three are below: both at 22:01, and the one with someone
		expect(light.result.night.required).toBe(0.75);
		expect([...light.lines()].at(-1)).toBe(
			"  required: the program's class, with someone between the poles that of presence",
		);
	});
	test("both at class have it; beyond the ends of the street nobody is in a field", () => {
		const { light, someoneAt } = street([50, 50], { ...P, required });
		someoneAt(30.1, -0.1);
		expect(light.at(5 * MINUTE, 0)).toMatchObject({ someone: false, required: "P6" });
		someoneAt(29.9);
		expect(light.at(5 * MINUTE, 0)).toMatchObject({ required: "P4", reached: true });
	});
	test("none is required in the first minutes after dusk, by day, or where no level is a class", () => {
		const { light } = street([0, 0], { ...P, required, dusk: 3 * MINUTE });
		expect(light.at(2 * MINUTE, 0)).toMatchObject({ required: "P6", reached: false }); // began by night
		light.onDaylight(4 * MINUTE, 500);
		expect(light.at(4 * MINUTE, 0)).toBeUndefined();
		light.onDaylight(5 * MINUTE, 20);
		light.onDaylight(6 * MINUTE, 10);
		expect(light.at(7 * MINUTE, 0)).toMatchObject({ required: undefined, reached: undefined });
		expect(light.at(8 * MINUTE, 0)).toMatchObject({ required: "P6", reached: false });
		const none = street([0, 0], { ...P, required: () => ({ vacant: "", occupied: "" }) }).light;
		none.advance(2 * MINUTE);
		expect(none.result.night.required).toBeNull();
	});
	test("an M class is named and not judged", () => {
		const M = { ...P, fullClass: "M4", required: () => ({ vacant: "M4", occupied: "M4" }) };
		expect(street([9, 9], M).light.at(MINUTE, 0)).toMatchObject({
			required: "M4",
			reached: undefined,
		});
	});
	test.each([
		["P4", 10, 50, "P4"],
		["P4", 10, 49, "P5"],
		["P4", 10, 20, "P6"],
		["P4", 10, 19, ""],
		["P4", 10, 0, ""],
		["C4", 15, 100, "C3"],
		["M4", 1, 75, "M4"],
	])("in a street of %s with %d at full, %d %% is %j", (fullClass, installedMean, level, name) => {
		expect(classOfLevel(level, { fullClass, installedMean })).toBe(name);
	});
});
