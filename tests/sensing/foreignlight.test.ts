/** Foreign light: without a clock no work light puts a lamp out, and no sky keeps one lit for long. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { scaled } from "../support/scale.js";
import { type Course, DAY, HOUR, liveThrough, MINUTE, type Sky } from "./lonelypole.js";

const SEED = 20261126;
const SKIES = scaled(12, 300);
const EVENINGS = scaled(4, 300);
/** Of each random sky. */
const DAYS = 4;
/** Noon on the wall, more or less, so that the boot is by plain day. */
const NOON = Date.parse("2026-11-20T11:00:00Z");
const NOVEMBER: Sky = { seed: 7, latitude: 50.4, start: NOON, days: 6, gain: 1, glow: 2 };

/** UTC of a day of the run. */
const at = (day: number, hour: number) => day * DAY + (hour - 11) * HOUR;
const shining =
	(from: number, to: number, lux: number, dimming = 0) =>
	(now: number) =>
		now < from || now >= to ? 0 : lux * Math.min(1, (now - from + 1) / (dimming + 1));

describe("a work light by night", () => {
	test.each<[string, (now: number) => number]>([
		["250 lx from 21:30 UTC of the fifth night on", shining(at(4, 21.5), at(5, 4), 250)],
		["400 lx for ten minutes", shining(at(4, 22), at(4, 22) + 10 * MINUTE, 400)],
		["400 lx in the first night", shining(at(0, 23), at(1, 1), 400)],
		["900 lx shortly before dawn", shining(at(4, 29), at(4, 30), 900)],
		["250 lx, dimmed up in ten minutes", shining(at(1, 25), at(1, 30), 250, 10 * MINUTE)],
		["a flash of lightning", shining(at(2, 23), at(2, 23) + 1000, 50_000)],
	])("%s: never dark", (_kind, other) => {
		expect(liveThrough(NOVEMBER, other).dark).toEqual([]);
	});
	let undisturbed: Course | undefined;
	test.each([250, 400, 900])("%i lx leave the next morning as it is", (lux) => {
		undisturbed ??= liveThrough(NOVEMBER);
		for (const [from, to] of [
			[20, 23],
			[21.5, 28],
		] as const) {
			const { falselyLit } = liveThrough(NOVEMBER, shining(at(4, from), at(4, to), lux));
			expect(falselyLit).toEqual(undisturbed.falselyLit);
		}
	});
	test("one that comes with the dusk keeps it dark for 15 minutes at most", () => {
		const { dark } = liveThrough(NOVEMBER, shining(at(4, 15.5), at(5, 2), 400));
		expect(dark.reduce((sum, [, span]) => sum + span, 0)).toBeLessThanOrEqual(15 * MINUTE);
	});
	test.each(scaled([250, 700], [250, 400, 700]))(
		"%i lx that jump on at the end of the first dusk: 15 minutes at most, too",
		(lux) => {
			const { dark } = liveThrough(NOVEMBER, shining(at(0, 15.75), at(1, 2), lux));
			expect(dark.reduce((sum, [, span]) => sum + span, 0)).toBeLessThanOrEqual(15 * MINUTE);
		},
	);
	test.each<[lux: number, daylight: number, latitude: number, seed: number]>([
		[250, 1044, 37.9, 17234],
		[250, 1443, 54.2, 11660],
		[400, 1916, 55, 51291],
		[700, 398, 55.9, 18134],
		[700, 1204, 50.5, 96551],
	])(
		"%i lx that come at %i lx of a later dusk: dark for 20 min at most",
		(lux, daylight, latitude, seed) => {
			for (const month of scaled([0, 180], [0, 90, 180, 270])) {
				let since = Infinity;
				const other = (now: number, sky: number) => {
					if (now >= at(2, 13) && sky < daylight) since = Math.min(since, now);
					return now >= since ? lux : 0;
				};
				const sky = { seed, latitude, start: NOON + month * DAY, days: 3, gain: 1, glow: 30 };
				const { dark } = liveThrough(sky, other);
				expect(dark.reduce((sum, [, span]) => sum + span, 0)).toBeLessThanOrEqual(20 * MINUTE);
			}
		},
	);
	test("nor by any other of less than 1,000 lx that is switched on (property)", () => {
		const light = fc.record({
			from: fc.integer({ min: at(1, 18) / MINUTE, max: at(1, 29) / MINUTE }),
			length: fc.integer({ min: 1, max: 360 }),
			lux: fc.integer({ min: 50, max: 1000 }),
			seed: fc.integer({ min: 1, max: 1000 }),
		});
		fc.assert(
			fc.property(light, ({ from, length, lux, seed }) => {
				const other = shining(from * MINUTE, (from + length) * MINUTE, lux);
				expect(liveThrough({ ...NOVEMBER, seed, days: 3 }, other).dark).toEqual([]);
			}),
			{ seed: SEED, numRuns: SKIES },
		);
	});
});

const anySky: fc.Arbitrary<Sky> = fc.record({
	seed: fc.integer({ min: 1, max: 100_000 }),
	latitude: fc.integer({ min: 360, max: 560 }).map((tenths) => tenths / 10),
	start: fc.integer({ min: 0, max: 364 }).map((day) => NOON + day * DAY),
	days: fc.constant(DAYS),
	gain: fc.double({ min: 0.95, max: 1.05, noNaN: true }),
	glow: fc.constantFrom(2, 30, 80),
});

/** A boot at noon below 1,070 lx: the lamp cannot tell such a sky from a lamp, and stays lit. */
const DULL_NOON: Sky = {
	seed: 68_221,
	latitude: 51.3,
	start: Date.parse("2026-12-06T11:00:00Z"),
	days: DAYS,
	gain: 0.95,
	glow: 2,
};
test(`${SKIES} random skies: false light for 20 minutes a day at most, and lit in the dark (property)`, () => {
	fc.assert(
		fc.property(anySky, (sky) => {
			const { falselyLit, litByPlainDay, dark } = liveThrough(sky);
			expect(Math.max(...falselyLit.slice(1)) / MINUTE).toBeLessThanOrEqual(20);
			expect(litByPlainDay).toBe(0); // on the day of the boot, too
			expect(dark).toEqual([]);
		}),
		{ seed: SEED, numRuns: SKIES, examples: [[DULL_NOON]] },
	);
});

describe("a covered evening whose clouds part at sunset, with a dated clock: no light by day", () => {
	const start = (date: string) => Date.parse(`${date}T11:00:00Z`);
	const dated = { days: 1, gain: 1, clockDays: 4 };
	test.each<[Sky]>([
		[{ ...dated, seed: 121, latitude: 50.645, start: start("2026-06-20"), glow: 2, gain: 0.97 }],
		[{ ...dated, seed: 1176, latitude: 53.5, start: start("2027-07-24"), glow: 80, gain: 0.977 }],
		[{ ...dated, seed: 4789, latitude: 47.7, start: start("2027-11-17"), glow: 2, gain: 1.026 }],
		[{ ...dated, seed: 60646, latitude: 51.1, start: start("2027-01-15"), glow: 80, gain: 1.026 }],
	])("%j", (sky) => {
		expect(liveThrough(sky).early).toEqual([]);
	});
	test(`under ${EVENINGS} random skies: one evening of a hundred at most, by 20 min at most (property)`, () => {
		let early = 0;
		const spans = (sky: Sky) => liveThrough({ ...sky, clockDays: sky.days }).early;
		fc.assert(
			fc.property(anySky, (sky) => {
				const found = spans(sky).map(([, span]) => span / MINUTE);
				early += found.length;
				expect(Math.max(0, ...found)).toBeLessThanOrEqual(20);
			}),
			{ seed: SEED, numRuns: EVENINGS },
		);
		expect(early).toBeLessThanOrEqual((EVENINGS * DAYS) / 100);
	});
	test.each(scaled([40, 160], [40, 80, 120, 160]))(
		"a lamp of %i lx that burns by day delays it by minutes",
		(lux) => {
			for (const day of scaled([90, 270], [0, 90, 180, 270])) {
				const sky = { ...NOVEMBER, start: NOON + day * DAY, days: 3, clockDays: 3 };
				for (const [, span] of liveThrough(sky, () => lux).dark)
					expect(span).toBeLessThanOrEqual(10 * MINUTE);
			}
		},
	);
});
