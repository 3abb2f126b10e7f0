/** Lamplight: what jumps is a lamp's, what glides is the sky's. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { LAMPLIGHT_MOST, Lamplight } from "../../src/sensing/lamplight.js";
import type { Lux } from "../../src/units.js";

const SECOND = 1000;

/** Readings as a host tells them: when they leave a dead band of a tenth or half a lux. */
function look(readings: Iterable<[at: number, lux: number]>): number[] {
	const lamplight = new Lamplight();
	const skies: number[] = [];
	let told = Number.NaN;
	for (const [at, lux] of readings) {
		if (Math.abs(lux - told) <= Math.max(0.5, told * 0.1)) continue;
		told = lux;
		skies.push(lamplight.skyOf(lux as Lux, at));
	}
	return skies;
}

/** Twilight: the sky between two illuminances along a straight line of its logarithm. */
function* twilight(from: number, to: number, minutes: number, each: number, lamp = 0) {
	for (let at = 0; at <= minutes * 60 * SECOND; at += each)
		yield [at, from * (to / from) ** (at / (minutes * 60 * SECOND)) + lamp] as [number, number];
}

describe("the sky alone", () => {
	test.each([
		["dusk, looked at each 30 s", 1000, 0.5, 30 * SECOND],
		["dawn, looked at each 30 s", 0.5, 1000, 30 * SECOND],
		["dawn, looked at each second", 0.5, 1000, SECOND],
	])("%s: all of it is the sky's", (_what, from, to, each) => {
		const skies = look(twilight(from, to, 30, each));
		const told = look(twilight(from, to, 30, each));
		expect(skies).toEqual(told);
		expect(Math.abs(skies.at(-1)! / to - 1)).toBeLessThan(1.1);
		expect(skies.length).toBeGreaterThan(10);
		for (const [i, sky] of skies.slice(1).entries()) expect(sky > skies[i]!).toBe(to > from);
	});
});

describe("lamps", () => {
	test("own light and a neighbour's, on and off, leave the sky as it was", () => {
		const lamplight = new Lamplight();
		const sky = (lux: number, at: number) => lamplight.skyOf(lux as Lux, at * SECOND);
		expect(sky(30, 0)).toBe(30);
		expect(sky(60, 1)).toBe(30); // own light
		expect(sky(120, 20)).toBe(30); // the neighbour's
		expect(sky(90, 7200)).toBe(0); // the sky sank, slowly
		expect(sky(30, 7201)).toBe(0); // the neighbour's goes
		expect(sky(90, 9000)).toBe(0); // and comes back hours later
	});
	test("a jump in parts, as a host tells it that looks often", () => {
		const lamplight = new Lamplight();
		lamplight.skyOf(50 as Lux, 0);
		let sky = 0;
		for (let i = 1; i <= 20; i++) sky = lamplight.skyOf((50 + 4 * i) as Lux, i * 40);
		expect(sky).toBeLessThan(60);
	});
	test("headlights of any brightness are forgotten when they are past (property)", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 20, max: 5000 }),
				fc.integer({ min: 0, max: 90 }),
				(beam, base) => {
					const lamplight = new Lamplight();
					lamplight.skyOf(0 as Lux, 0);
					const before = lamplight.skyOf(base as Lux, SECOND);
					lamplight.skyOf((base + beam) as Lux, 100 * SECOND);
					const after = lamplight.skyOf(base as Lux, 110 * SECOND);
					if (beam < 500) expect(after).toBeLessThanOrEqual(before + base * 0.35 + 2);
				},
			),
			{ seed: 7, numRuns: 300 },
		);
	});
	test("what is more than any lamp can throw is day, however it came", () => {
		const lamplight = new Lamplight();
		lamplight.skyOf(0 as Lux, 0);
		expect(lamplight.skyOf(1000 as Lux, 1000)).toBe(1000 - LAMPLIGHT_MOST);
		expect(lamplight.skyOf(900 as Lux, 60_000)).toBe(900);
	});
	test("what is no reading changes nothing", () => {
		const lamplight = new Lamplight();
		lamplight.skyOf(30 as Lux, 0);
		expect(lamplight.skyOf(Number.NaN as Lux, 1)).toBeNaN();
		expect(lamplight.skyOf(60 as Lux, 2)).toBe(30);
	});
});
