/** Dark: who decides, until when, and that doubt is dark. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY, MINUTE } from "../../lib/spans.js";
import { type Dark, Darkness, type PhotocellVerdict } from "../../src/time/dark.js";
import { elevationAt, type Place } from "../../src/time/sun.js";
import type { UtcMillis } from "../../src/units.js";

const LIEGE: Place = { latitude: 50.63, longitude: 5.57 };
const TROMSO: Place = { latitude: 69.65, longitude: 18.96 };
const MIDNIGHT = Date.UTC(2026, 10, 24, 23) as UtcMillis;
const NOON = Date.UTC(2026, 10, 24, 12) as UtcMillis;

describe("who decides", () => {
	const cases: [
		why: string,
		photocell: PhotocellVerdict,
		utc: UtcMillis | undefined,
		dark: boolean,
		because: Dark["because"],
	][] = [
		["a photocell that says night", "night", MIDNIGHT, true, "photocell"],
		[
			"a photocell is trusted against the sun: an eclipse, a storm",
			"night",
			NOON,
			true,
			"photocell",
		],
		["a photocell that says day", "day", NOON, false, "photocell"],
		["the photocell needs no clock", "day", undefined, false, "photocell"],
		["bright without a sun that gives daylight: a lamp's light", "day", MIDNIGHT, true, "sun"],
		["without it the sun, by night", "unknown", MIDNIGHT, true, "sun"],
		["without it the sun, by day", "unknown", NOON, false, "sun"],
		["with neither it may be dark", "unknown", undefined, true, "doubt"],
	];
	test.each(cases)("%s", (_why, photocell, utc, dark, because) => {
		expect(new Darkness(LIEGE, -2).assess(photocell, utc)).toMatchObject({ dark, because });
	});
	test("a bright sensor makes a day down to a sun at -3 degrees, or lower where it is set lower", () => {
		for (const [elevation, passage] of [
			[0, -3],
			[-2, -3],
			[-5, -5],
		] as const) {
			const darkness = new Darkness(LIEGE, elevation);
			const sunset = darkness.assess("day", NOON).dueAt as UtcMillis;
			expect(Math.abs(elevationAt(LIEGE, sunset) - passage)).toBeLessThan(0.01);
			expect(darkness.assess("day", (sunset - 1) as UtcMillis).dark).toBe(false);
			expect(darkness.assess("day", sunset)).toMatchObject({ dark: true, because: "sun" });
		}
	});
	test("an answer of the sun ends by itself, one of the photocell's night does not", () => {
		const darkness = new Darkness(LIEGE, -2);
		expect(darkness.assess("night", MIDNIGHT).dueAt).toBeUndefined();
		expect(darkness.assess("unknown", undefined).dueAt).toBeUndefined();
		expect(darkness.assess("unknown", MIDNIGHT).dueAt).toBeGreaterThan(MIDNIGHT);
	});
});

describe("by the sun", () => {
	test("an answer stands until dueAt to the millisecond, and is the same object", () => {
		const darkness = new Darkness(LIEGE, -2);
		const day = darkness.assess("unknown", NOON);
		const dusk = day.dueAt as UtcMillis;
		expect(darkness.assess("unknown", (dusk - 1) as UtcMillis)).toBe(day);
		expect(darkness.assess("unknown", dusk).dark).toBe(true);
		expect(darkness.assess("unknown", MIDNIGHT)).toBe(darkness.assess("unknown", dusk));
		const dawn = darkness.assess("unknown", dusk).dueAt as UtcMillis;
		expect(darkness.assess("unknown", (dawn - 1) as UtcMillis).dark).toBe(true);
		expect(darkness.assess("unknown", dawn).dark).toBe(false);
	});
	test("the photocell's word in between forgets nothing", () => {
		const darkness = new Darkness(LIEGE, -2);
		const night = darkness.assess("unknown", MIDNIGHT);
		darkness.assess("day", MIDNIGHT);
		darkness.assess("unknown", undefined);
		expect(darkness.assess("unknown", MIDNIGHT)).toBe(night);
	});
	test("a clock that is set back is followed", () => {
		const darkness = new Darkness(LIEGE, -2);
		expect(darkness.assess("unknown", MIDNIGHT).dark).toBe(true);
		expect(darkness.assess("unknown", NOON).dark).toBe(false);
		expect(darkness.assess("unknown", (NOON - 300 * DAY) as UtcMillis).dark).toBe(false);
		expect(darkness.assess("unknown", MIDNIGHT).dark).toBe(true);
	});
	test("the lower the elevation, the shorter the night", () => {
		const darkHours = (elevation: number) => {
			const dusk = new Darkness(LIEGE, elevation).assess("unknown", NOON).dueAt as UtcMillis;
			return (new Darkness(LIEGE, elevation).assess("unknown", dusk).dueAt as UtcMillis) - dusk;
		};
		expect(darkHours(-4)).toBeLessThan(darkHours(-2));
		expect(darkHours(-2)).toBeLessThan(darkHours(0));
	});
	test("polar day is light and polar night is dark, asked again once a day", () => {
		for (const [month, dark] of [[5, false] as const, [11, true] as const]) {
			const utc = Date.UTC(2026, month, 21, 9) as UtcMillis;
			const answer = new Darkness(TROMSO, -0.833).assess("unknown", utc);
			expect(answer).toMatchObject({ dark, because: "sun" });
			expect(answer.dueAt! - utc).toBeLessThanOrEqual(DAY);
		}
	});

	test("anywhere, through the year: dark exactly while the sun is below, but for seconds", () => {
		/** The sun circles along the horizon, and passes it with the season. */
		const NEAR_POLE = { latitude: 89.992_093_162_376_4, longitude: 0 };
		const anywhere = fc.record({
			latitude: fc.double({ min: -90, max: 90, noNaN: true }),
			longitude: fc.double({ min: -180, max: 180, noNaN: true }),
		});
		const anytime = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2069, 0, 1) });
		fc.assert(
			fc.property(anywhere, anytime, (place, start) => {
				const darkness = new Darkness(place, -2);
				for (let utc = start; utc < start + 3 * DAY; utc += 37 * MINUTE) {
					const { dark, dueAt } = darkness.assess("unknown", utc as UtcMillis);
					assert.ok(dueAt! > utc);
					const height = elevationAt(place, utc as UtcMillis) + 2;
					// grazing the elevation: what the declination changes in half a day
					if (Math.abs(height) > 0.2) assert.deepEqual([utc, dark], [utc, height < 0]);
				}
			}),
			{ seed: 2406, numRuns: 150, examples: [[NEAR_POLE, Date.UTC(2042, 8, 25, 10, 39, 14, 83)]] },
		);
	});
});
