/** Lamplight: what is a lamp's is not taken for day, and the sky's is not taken for a lamp's. */

import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { Lamplight } from "../../src/sensing/lamplight.js";
import { LAMPLIGHT_MOST, LEARN_FROM, LEARN_UNTIL } from "../../src/sensing/nightlamps.js";
import { FLOODLIGHT, type PhotocellOutput, STEADY_FOR } from "../../src/sensing/photocell.js";
import type { Lux } from "../../src/units.js";
import { evenly } from "../support/evenly.js";

const OFF_LEVEL = 70 as Lux;
const OPTIONS = { onLevel: 35 as Lux, offLevel: OFF_LEVEL, latitude: 50.6 };

class SensorRig {
	readonly lamplight = new Lamplight();
	/** Elevation of the sun, degrees; NaN: without a clock. */
	elevation = Number.NaN;
	see(at: number, lux: number, output: PhotocellOutput, nightFor = 0): number {
		const sun = { nightFor, elevationAt: () => this.elevation };
		return this.lamplight.skyOf(lux as Lux, at, output, OPTIONS, sun);
	}
}

/** A dawn at the pace of 50 degrees: a fifth more each minute from 1 lx on; returns the instant and lux of its end. */
function dawn(
	pole: SensorRig,
	from: number,
	lamps: number,
	until: number,
): [at: number, sky: number] {
	let at = from;
	let sky = 1;
	let seen = 0;
	while (sky < until) {
		at += MINUTE / 2;
		sky *= 1.09;
		seen = pole.see(at, sky + lamps, "night");
	}
	return [at, seen];
}

/** Of three lamps at 60 % the light on a sensor, as road users come: each lamp gives `each` lux at full. */
function lampsOf(
	visits: readonly { readonly gap: number; readonly lamp: number; readonly stay: number }[],
	from: number,
	each: number,
): [at: number, lux: number][] {
	const readings: [number, number][] = [];
	const until = [0, 0, 0]; // each lamp is at full, in seconds
	const levels = [0.6, 0.6, 0.6];
	let reported = 0;
	let second = 0;
	for (const { gap, lamp, stay } of visits)
		for (const comes = second + gap; second < comes; second += 1) {
			if (second + 1 >= comes) until[lamp] = Math.max(until[lamp]!, comes + stay);
			for (const [index, level] of levels.entries())
				levels[index] =
					second < until[index]! ? Math.min(1, level + 0.4) : Math.max(0.6, level - 0.04);
			const lux = each * levels.reduce((sum, level) => sum + level);
			if (Math.abs(lux - reported) <= reported / 10) continue;
			readings.push([from + second * 1000, lux]);
			reported = lux;
		}
	return readings;
}

describe("by night", () => {
	test("the shortest night long no dawn comes, however bright a lamp is", () => {
		const pole = new SensorRig();
		pole.see(-10 * HOUR, 5000, "unknown");
		pole.see(-9 * HOUR, 5000, "day");
		pole.see(0, 30, "night");
		for (const lux of [69, 150, 400, OFF_LEVEL + FLOODLIGHT - 1])
			expect(pole.see(6 * HOUR - 1, lux, "night", 6 * HOUR)).toBe(0);
		pole.see(6 * HOUR, 1, "night", 6 * HOUR);
		const [, seen] = dawn(pole, 6 * HOUR, 0, 1500);
		expect(seen).toBeGreaterThan(OFF_LEVEL);
	});
	test("a dawn is what comes at its pace; a light that comes faster is a lamp's, however bright", () => {
		const pole = new SensorRig();
		pole.see(0, 1, "night");
		const [at, seen] = dawn(pole, 9 * HOUR, 0, 100);
		expect(seen).toBeGreaterThan(90);
		expect(at - 9 * HOUR).toBeLessThan(30 * MINUTE);
		for (const work of [80, 250, 400, 800]) {
			const dark = new SensorRig();
			dark.see(0, 1, "night");
			expect(dark.see(9 * HOUR, work, "night")).toBeLessThan(10);
			expect(dark.see(9 * HOUR + MINUTE, 1.3 * work, "night")).toBeLessThan(10);
		}
	});
	test("nor is a light that is dimmed up in eight minutes", () => {
		const pole = new SensorRig();
		pole.see(0, 0, "night");
		for (let second = 0; second <= 480; second += 30)
			expect(pole.see(9 * HOUR + second * 1000, (second * 250) / 480, "night")).toBeLessThan(70);
	});
	test("the brightest lamplight of the first hours is taken off in the morning", () => {
		const pole = new SensorRig();
		pole.see(0, 30, "night");
		pole.see(LEARN_FROM - 1, 30, "night");
		pole.see(2 * HOUR, 150, "night");
		pole.see(2 * HOUR + MINUTE, 30, "night");
		const [, seen] = dawn(pole, 9 * HOUR, 30, 150);
		expect(seen).toBeLessThan(0.35 * 150);
		expect(seen).toBeGreaterThan(25);
	});
	test.each<[flash: string, at: number]>([
		["as the first reading after the sky's last light", LEARN_FROM + MINUTE],
		["in the middle of the night", 5 * HOUR],
	])("a flash teaches no lamplight: %s", (_when, at) => {
		const pole = new SensorRig();
		pole.see(-10 * HOUR, 5000, "unknown");
		pole.see(-9 * HOUR, 5000, "day");
		pole.see(0, 20, "night", 6 * HOUR);
		pole.see(20 * MINUTE, 0, "night", 6 * HOUR);
		pole.see(at, 400, "night", 6 * HOUR);
		pole.see(at + MINUTE / 2, 0, "night", 6 * HOUR);
		const [, seen] = dawn(pole, 9 * HOUR, 0, 100);
		expect(seen).toBeGreaterThan(OFF_LEVEL);
	});
	test.each([0.25, 0.75, 1, 1.5, 2.5])(
		"a boot %d h before a dawn of 120 lx: the dawn is no lamplight",
		(hours) => {
			const pole = new SensorRig();
			pole.see(0, 0, "unknown");
			pole.see(MINUTE, 1, "night");
			const [at, seen] = dawn(pole, hours * HOUR, 0, 120);
			expect(seen).toBeGreaterThan(OFF_LEVEL);
			for (
				let minute = 1;
				minute < 150;
				minute += 1 // clouds
			)
				expect(pole.see(at + minute * MINUTE, 110 + 10 * (minute % 2), "night")).toBeGreaterThan(
					OFF_LEVEL,
				);
		},
	);
	test("lamplight that wavers at each look is lamplight", () => {
		const pole = new SensorRig();
		pole.see(0, 100, "night");
		for (let look = 1; look < 120; look += 1)
			pole.see(LEARN_FROM + (look * MINUTE) / 2, look % 2 === 0 ? 100 : 140, "night");
		const [, seen] = dawn(pole, 9 * HOUR, 100, 100);
		expect(seen).toBeLessThan(OFF_LEVEL + 36);
	});
	test("lamps that burn all night are taken off, and one that goes out leaves the sky its part", () => {
		const pole = new SensorRig();
		pole.see(0, 190, "night");
		const [at, seen] = dawn(pole, MINUTE, 190, 150); // it booted shortly before dawn
		expect(seen).toBeGreaterThan(100);
		expect(pole.see(at + 1000, 160, "night")).toBeGreaterThan(100);
	});
	test("one of two lamps that goes out leaves no sky", () => {
		const pole = new SensorRig();
		pole.see(0, 190, "night");
		expect(pole.see(HOUR / 2, 100, "night")).toBe(0);
	});
	test("a cloud over a dawn beside lamps takes off as much as it takes from the light", () => {
		const pole = new SensorRig();
		pole.see(0, 190, "night");
		const [at] = dawn(pole, MINUTE, 190, 150);
		expect(pole.see(at + 1000, 290, "night")).toBeLessThanOrEqual(100);
	});
	test("a day of some minutes forgets no lamplight of the night", () => {
		const pole = new SensorRig();
		pole.see(-10 * HOUR, 5000, "unknown");
		pole.see(-9 * HOUR, 5000, "day");
		pole.see(0, 30, "night");
		pole.see(HOUR, 150, "night");
		pole.see(HOUR + MINUTE, 1, "night");
		pole.see(4 * HOUR, 500, "day");
		pole.see(4.3 * HOUR, 1, "night");
		expect(dawn(pole, 5 * HOUR, 0, 150)[1]).toBeLessThan(35);
	});
	test("lamps that are lit for who passes make no dawn of their own", () => {
		const pole = new SensorRig();
		pole.see(0, 16, "night");
		pole.see(LEARN_UNTIL, 16, "night"); // what comes is not learnt any more
		for (let at = 4 * HOUR; at < 5 * HOUR; at += 2 * MINUTE) {
			expect(pole.see(at, 100, "night")).toBeLessThan(OFF_LEVEL);
			expect(pole.see(at + MINUTE, 48, "night")).toBeLessThan(OFF_LEVEL);
		}
	});
	test("lamps that face each other from the middle of a night on add up to no dawn (property)", () => {
		const visit = fc.record({
			gap: evenly(5, 600),
			lamp: fc.nat({ max: 2 }),
			stay: evenly(30, 90),
		});
		fc.assert(
			fc.property(
				fc.array(visit, { minLength: 40, maxLength: 80 }),
				evenly(15, 80),
				(visits, each) => {
					const pole = new SensorRig();
					dawn(pole, -24 * HOUR, 0, 200);
					pole.see(-10 * HOUR, 5000, "day");
					pole.see(0, 1, "night");
					pole.see(LEARN_UNTIL + MINUTE, 1, "night"); // nothing more is learnt
					for (const [at, lux] of lampsOf(visits, 6 * HOUR, each))
						assert.ok(pole.see(at, lux, "night") < OFF_LEVEL);
				},
			),
			{ seed: 7, numRuns: 60 },
		);
	});
	test("a dawn among lamps that are lit for road users is as bright as the sky, less a lamp", () => {
		const pole = new SensorRig();
		pole.see(0, 100, "night");
		let sky = 1;
		let seen = 0;
		for (let look = 0; sky < 300; look += 1, sky *= 1.09)
			seen = pole.see(9 * HOUR + (look * MINUTE) / 2, sky + (look % 8 < 2 ? 190 : 100), "night");
		expect(seen).toBeGreaterThan(200);
		expect(seen).toBeLessThanOrEqual(300);
	});
	test("more than a work light gives is day, after a while", () => {
		const pole = new SensorRig();
		pole.see(0, 30, "night");
		expect(pole.see(MINUTE, OFF_LEVEL + FLOODLIGHT, "night")).toBe(OFF_LEVEL + FLOODLIGHT);
		expect(pole.lamplight.dayFor).toBe(10 * MINUTE);
		pole.see(2 * MINUTE, 5000, "night");
		expect(pole.lamplight.dayFor).toBe(0);
	});
	test("a day of some minutes was none: the night goes on, and no dawn comes", () => {
		const pole = new SensorRig();
		pole.see(-9 * HOUR, 5000, "day");
		pole.see(-8 * HOUR, 1, "night");
		pole.see(-7 * HOUR, 5000, "day");
		pole.see(0, 30, "night");
		pole.see(HOUR, 500, "day");
		pole.see(HOUR + 20 * MINUTE, 300, "night");
		const [, seen] = dawn(pole, 4 * HOUR, 0, 500);
		expect(seen).toBeGreaterThan(0);
		const [, none] = dawn(pole, 4 * HOUR + 40 * MINUTE, 0, 500);
		expect(none).toBeGreaterThan(0);
		expect(pole.see(5.9 * HOUR, 900, "night", 6 * HOUR)).toBe(0);
	});
});

describe("before the first night or day was seen", () => {
	test("lamps that face it are not taken for day", () => {
		const pole = new SensorRig();
		expect(pole.see(0, OFF_LEVEL + LAMPLIGHT_MOST - 1, "unknown")).toBeLessThan(OFF_LEVEL);
	});
	test("what may be a work light or a dull day is left open", () => {
		expect(new SensorRig().see(0, OFF_LEVEL + LAMPLIGHT_MOST, "unknown")).toBeNaN();
	});
	test("more than a work light gives is day at once", () => {
		const pole = new SensorRig();
		expect(pole.see(0, OFF_LEVEL + FLOODLIGHT, "unknown")).toBe(OFF_LEVEL + FLOODLIGHT);
		expect(pole.lamplight.dayFor).toBe(0);
	});
});

describe("by day", () => {
	test("a neighbour that lights in twilight: night has come, until its light is gone", () => {
		const pole = new SensorRig();
		expect(pole.see(0, 60, "day")).toBe(60);
		expect(pole.see(MINUTE, 50, "day")).toBe(50);
		expect(pole.see(2 * MINUTE, 110, "day")).toBe(0);
		expect(pole.see(3 * MINUTE, 140, "day")).toBe(0);
		expect(pole.see(4 * MINUTE, 54, "day")).toBe(54);
	});
	test("one that lights in steps, none of which is a lamp's alone", () => {
		const pole = new SensorRig();
		expect(pole.see(0, 50, "day")).toBe(50);
		expect(pole.see(1000, 54, "day")).toBe(54);
		expect(pole.see(2000, 58, "day")).toBe(0);
	});
	test.each([
		[4.9, 24.9],
		[5.1, 0],
	])("a rise by %d lx in a second from 20 lx: the sky has %d lx", (rise, sky) => {
		const pole = new SensorRig();
		pole.see(0, 20, "day");
		expect(pole.see(1000, 20 + rise, "day")).toBe(sky);
	});
	test("a sky brightens by a fifth a minute at most", () => {
		for (const [lux, sky] of [
			[60, 60],
			[60.1, 0],
		] as const) {
			const pole = new SensorRig();
			pole.see(0, 50, "day");
			expect(pole.see(MINUTE, lux, "day")).toBe(sky);
		}
	});
	test.each([
		["that stands at 300 lx", 300, 299],
		["that rises slowly at 150 lx", 150, 152],
	])("an evening %s is no night", (_what, first, then) => {
		const pole = new SensorRig();
		pole.see(-10 * MINUTE, 5000, "day");
		pole.see(0, first, "day");
		expect(pole.see(5 * MINUTE, then, "day")).toBe(then);
	});
	test("one that lights beside a lamp that burns by day", () => {
		const pole = new SensorRig();
		pole.see(-MINUTE, 5000, "day");
		expect(pole.see(0, 110, "day")).toBe(110);
		expect(pole.see(MINUTE / 2, 170, "day")).toBe(0);
	});
	test("a day that was not bright yet may brighten from 110 lx as it will", () => {
		const pole = new SensorRig();
		expect(pole.see(0, 110, "day")).toBe(110);
		expect(pole.see(MINUTE / 2, 170, "day")).toBe(170);
	});
	test.each([25, 60, 120])(
		"it begins %d s after a clear fast dawn is bright, and goes on",
		(delay) => {
			for (let first = 1; first < 1.1; first += 0.01) {
				const pole = new SensorRig();
				pole.see(0, 1, "night");
				let brightAt = Infinity;
				let seen = 0;
				for (let [at, sky] = [9 * HOUR, first]; sky < OFF_LEVEL + FLOODLIGHT; sky *= 1.109) {
					const isDay = at - brightAt >= delay * 1000;
					seen = pole.see(at, sky, isDay ? "day" : "night");
					if (isDay) expect(seen).toBe(sky);
					if (sky >= OFF_LEVEL) brightAt = Math.min(brightAt, at);
					at += MINUTE / 2; // 23 % a minute
				}
				expect(seen).toBeGreaterThan(10 * OFF_LEVEL);
			}
		},
	);
	test("an evening without a reading for longer than a sky takes to fall by a tenth is over", () => {
		const pole = new SensorRig();
		pole.see(-3 * MINUTE, 5000, "day");
		pole.see(0, 150, "day");
		expect(pole.lamplight.steadyFor).toBeLessThan(4 * MINUTE); // the least fall is 4.6 lx a minute
		expect(pole.lamplight.steadyFor).toBeGreaterThan(3 * MINUTE);
		pole.see(4 * MINUTE, 1, "night");
		expect(pole.lamplight.steadyFor).toBe(STEADY_FOR); // the next dawn has its time again
	});
	test.each<[sun: string, elevation: number, sky: number, still: [number, number]]>([
		["without a clock", Number.NaN, 0, [4, 4.1]],
		["after sunset", -1.1, 0, [4, 4.1]],
		["at -0.9 degrees", -0.9, 166, [4.8, 4.9]],
		["at 0 degrees", 0, 166, [12, 12.3]],
	])("an evening that falls by 2 lx a minute, %s", (_sun, elevation, sky, [least, most]) => {
		const pole = new SensorRig();
		pole.elevation = elevation;
		pole.see(-10 * MINUTE, 5000, "day");
		pole.see(0, 170, "day");
		expect(pole.see(2 * MINUTE, 166, "day")).toBe(sky);
		expect(pole.lamplight.steadyFor).toBeGreaterThan(least * MINUTE);
		expect(pole.lamplight.steadyFor).toBeLessThan(most * MINUTE);
	});
	test("at noon nothing that jumps is a lamp's", () => {
		const pole = new SensorRig();
		expect(pole.see(0, 300, "day")).toBe(300);
		expect(pole.see(MINUTE, 20_000, "day")).toBe(20_000);
		expect(pole.see(2 * MINUTE, 90, "day")).toBe(90); // a black cloud
		expect(pole.see(3 * MINUTE, 250, "day")).toBe(250);
	});
	test("a sky that glides is left as it is, up and down (property)", () => {
		const shares = fc.array(evenly(0.75, 1.19), { maxLength: 100 });
		fc.assert(
			fc.property(evenly(1, 400), shares, (first, list) => {
				const pole = new SensorRig();
				let lux = first;
				for (const [i, share] of list.entries()) {
					assert.equal(pole.see(i * MINUTE, lux, "day"), lux);
					lux *= share;
				}
			}),
			{ seed: 7, numRuns: 200 },
		);
	});
});

/** From 131 to 1,070 lx as slowly as a dawn: of such a light the sky's part is just day. */
const SLOW_DAWN: [lux: number, gap: number, output: PhotocellOutput][] = [
	[130.806_025_117_635_73, 0, "unknown"],
	[211.358_070_373_535_16, 77_372, "unknown"],
	[317.037_105_560_302_73, 60_000, "unknown"],
	[475.555_658_340_454_1, 156_302, "unknown"],
	[713.333_394_378_423_7, 180_000, "unknown"],
	[1070.000_045_001_506_8, 180_000, "unknown"],
];
test("the sky's part is never more than the light, and day where no lamp gives so much (property)", () => {
	const step = fc.tuple(
		evenly(0, 100_000),
		fc.integer({ min: 0, max: HOUR }),
		fc.constantFrom<PhotocellOutput>("unknown", "day", "night"),
	);
	fc.assert(
		fc.property(fc.array(step), (steps) => {
			const pole = new SensorRig();
			let at = 0;
			for (const [lux, gap, output] of steps) {
				at += gap;
				const sky = pole.see(at, lux, output);
				if (lux >= OFF_LEVEL + FLOODLIGHT) assert.ok(sky >= OFF_LEVEL);
				if (Number.isNaN(sky)) assert.equal(output, "unknown");
				else assert.ok(sky <= lux);
				assert.ok(!(sky < 0));
			}
		}),
		{ seed: 7, numRuns: 300, examples: [[SLOW_DAWN]] },
	);
});

test("what is no reading changes nothing", () => {
	const pole = new SensorRig();
	pole.see(0, 40, "day");
	expect(pole.see(1, Number.NaN, "day")).toBeNaN();
	expect(pole.see(2, 100, "day")).toBe(0);
});
