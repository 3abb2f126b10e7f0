/** Lamplight: what is a lamp's is not taken for day, and the sky's is not taken for a lamp's. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { LAMPLIGHT_MOST, Lamplight, LEARN_FROM, LEARN_UNTIL } from "../../src/sensing/lamplight.js";
import type { PhotocellOutput } from "../../src/sensing/photocell.js";
import type { Lux } from "../../src/units.js";

const OFF_LEVEL = 70 as Lux;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

class Pole {
	private readonly lamplight = new Lamplight();
	see(at: number, lux: number, output: PhotocellOutput): number {
		return this.lamplight.skyOf(lux as Lux, at, output, OFF_LEVEL);
	}
}

describe("by night", () => {
	test("no dawn comes in its first hours, however bright a lamp is", () => {
		const pole = new Pole();
		pole.see(0, 30, "night");
		for (const lux of [69, 150, OFF_LEVEL + LAMPLIGHT_MOST - 1])
			expect(pole.see(LEARN_UNTIL - 1, lux, "night")).toBeLessThan(OFF_LEVEL);
	});
	test("in the morning the brightest lamplight of that time is taken off", () => {
		const pole = new Pole();
		pole.see(0, 30, "night");
		pole.see(LEARN_FROM - 2, 180, "night"); // still twilight's
		pole.see(LEARN_FROM - 1, 30, "night");
		pole.see(2 * HOUR, 150, "night");
		pole.see(2 * HOUR + MINUTE, 30, "night");
		expect(pole.see(10 * HOUR, 150, "night")).toBe(0);
		expect(pole.see(10 * HOUR, 219, "night")).toBe(69);
		expect(pole.see(10 * HOUR, 220, "night")).toBe(70);
	});
	test("lamps that keep their light all night make no reading, and are taken off all the same", () => {
		const pole = new Pole();
		pole.see(0, 30, "night");
		pole.see(MINUTE, 130, "night");
		expect(pole.see(14 * HOUR, 199, "night")).toBe(69);
	});
	test("another night learns anew", () => {
		const pole = new Pole();
		pole.see(0, 30, "night");
		pole.see(HOUR, 150, "night");
		pole.see(14 * HOUR, 5000, "day");
		pole.see(24 * HOUR, 30, "night");
		pole.see(24 * HOUR + MINUTE, 2, "night");
		expect(pole.see(35 * HOUR, 72, "night")).toBe(70);
	});
	test("more than any lamp throws is day at once", () => {
		const pole = new Pole();
		pole.see(0, 30, "night");
		expect(pole.see(MINUTE, OFF_LEVEL + LAMPLIGHT_MOST, "night")).toBe(OFF_LEVEL + LAMPLIGHT_MOST);
	});
});

describe("before the first night or day was seen", () => {
	test("lamps that face it are not taken for day", () => {
		const pole = new Pole();
		expect(pole.see(0, OFF_LEVEL + LAMPLIGHT_MOST - 1, "unknown")).toBeLessThan(OFF_LEVEL);
	});
	test("more than any lamp throws is day at once", () => {
		expect(new Pole().see(0, OFF_LEVEL + LAMPLIGHT_MOST, "unknown")).toBe(
			OFF_LEVEL + LAMPLIGHT_MOST,
		);
	});
	test("a night that it booted into counts from its first reading", () => {
		const pole = new Pole();
		pole.see(0, 90, "unknown");
		pole.see(HOUR, 90, "night");
		expect(pole.see(LEARN_UNTIL, 90 + OFF_LEVEL, "night")).toBe(OFF_LEVEL);
	});
});

describe("by day", () => {
	test("a neighbour that lights in twilight: night has come, until its light is gone", () => {
		const pole = new Pole();
		expect(pole.see(0, 60, "day")).toBe(60);
		expect(pole.see(MINUTE, 50, "day")).toBe(50);
		expect(pole.see(2 * MINUTE, 110, "day")).toBe(0);
		expect(pole.see(3 * MINUTE, 140, "day")).toBe(0);
		expect(pole.see(4 * MINUTE, 54, "day")).toBe(54);
	});
	test("at noon nothing that jumps is a lamp's", () => {
		const pole = new Pole();
		expect(pole.see(0, 300, "day")).toBe(300);
		expect(pole.see(MINUTE, 20_000, "day")).toBe(20_000);
		expect(pole.see(2 * MINUTE, 90, "day")).toBe(90); // a black cloud
		expect(pole.see(3 * MINUTE, 250, "day")).toBe(250);
	});
	test("a sky that glides is left as it is, up and down (property)", () => {
		const shares = fc.array(fc.double({ min: 0.75, max: 1.19, noNaN: true }), { maxLength: 100 });
		fc.assert(
			fc.property(fc.double({ min: 1, max: 400, noNaN: true }), shares, (first, list) => {
				const pole = new Pole();
				let lux = first;
				for (const [i, share] of list.entries()) {
					expect(pole.see(i * MINUTE, lux, "day")).toBe(lux);
					lux *= share;
				}
			}),
			{ seed: 7, numRuns: 200 },
		);
	});
});

test("the sky's part is never more than the light, never less than it by more than a lamp throws, unless one lit (property)", () => {
	const step = fc.tuple(
		fc.double({ min: 0, max: 100_000, noNaN: true }),
		fc.integer({ min: 0, max: HOUR }),
		fc.boolean(),
	);
	fc.assert(
		fc.property(fc.array(step), (steps) => {
			const pole = new Pole();
			let at = 0;
			for (const [lux, gap, night] of steps) {
				at += gap;
				const sky = pole.see(at, lux, night ? "night" : "day");
				expect(sky).toBeLessThanOrEqual(lux);
				expect(sky).toBeGreaterThanOrEqual(0);
				if (lux >= OFF_LEVEL + LAMPLIGHT_MOST) expect(sky).toBe(lux);
			}
		}),
		{ seed: 7, numRuns: 300 },
	);
});

test("what is no reading changes nothing", () => {
	const pole = new Pole();
	pole.see(0, 40, "day");
	expect(pole.see(1, Number.NaN, "day")).toBeNaN();
	expect(pole.see(2, 100, "day")).toBe(0);
});
