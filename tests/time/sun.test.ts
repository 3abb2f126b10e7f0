/** Sun: against published times, an independent ephemeris, and itself in polar day and night. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { getTimes } from "suncalc";
import {
	elevationAt,
	type Place,
	SUNSET_ELEVATION,
	type SunNight,
	solarMidnightFrom,
	sunNight,
} from "../../src/time/sun.js";
import type { UtcMillis } from "../../src/units.js";
import { noaaElevation, noaaPassage } from "./ephemeris.js";

const MINUTE = 60_000;
const DAY = 86_400_000;
const LIEGE: Place = { latitude: 50.63, longitude: 5.57 };
const TROMSO: Place = { latitude: 69.65, longitude: 18.96 };

/** The night around the first solar midnight after an instant. */
function nightAfter(place: Place, elevation: number, from: number): SunNight {
	return sunNight(place, elevation, solarMidnightFrom(place, from as UtcMillis));
}

describe("published times, rounded to the minute", () => {
	const LONDON: Place = { latitude: 51.5, longitude: -0.12 };
	const NEW_YORK: Place = { latitude: 40.71, longitude: -74 };
	const SYDNEY: Place = { latitude: -33.87, longitude: 151.21 };
	const cases: [where: string, place: Place, sunset: string, sunrise: string][] = [
		["London, midsummer", LONDON, "2024-06-20T20:21", "2024-06-21T03:43"],
		["London, midwinter", LONDON, "2024-12-20T15:53", "2024-12-21T08:04"],
		["New York, midsummer", NEW_YORK, "2024-06-21T00:30", "2024-06-21T09:25"],
		["Sydney, midsummer", SYDNEY, "2024-12-21T09:05", "2024-12-21T18:41"],
	];
	test.each(cases)("%s", (_where, place, sunset, sunrise) => {
		const night = nightAfter(place, SUNSET_ELEVATION, Date.parse(`${sunset}Z`));
		expect(Math.abs(night.sinksAt! - Date.parse(`${sunset}Z`))).toBeLessThanOrEqual(MINUTE);
		expect(Math.abs(night.risesAt! - Date.parse(`${sunrise}Z`))).toBeLessThanOrEqual(MINUTE);
	});
});

describe("the ephemeris of NOAA", () => {
	const places: [latitude: number, longitude: number][] = [
		[50.63, 5.57],
		[0, -78.5],
		[-33.87, 151.21],
		[60.17, 24.94],
	];
	test.each(places)(
		"elevation at %f, %f agrees within 0.02 degrees by day and night",
		(lat, lon) => {
			const place = { latitude: lat, longitude: lon };
			for (let utc = Date.UTC(2025, 0, 1); utc < Date.UTC(2027, 0, 1); utc += 5.3 * 60 * MINUTE) {
				const found = elevationAt(place, utc as UtcMillis);
				expect(Math.abs(found - noaaElevation(lat, lon, utc))).toBeLessThan(0.02);
			}
		},
	);

	const elevations: [elevation: number][] = [[SUNSET_ELEVATION], [-2], [-6]];
	test.each(elevations)("passages of %f degrees at 50.6 N agree within 2 minutes", (elevation) => {
		const at = [LIEGE.latitude, LIEGE.longitude] as const;
		for (let date = Date.UTC(2025, 0, 1); date < Date.UTC(2027, 0, 1); date += 9 * DAY) {
			const night = nightAfter(LIEGE, elevation, date);
			const sinks = noaaPassage(at, elevation, night.start, 1);
			const rises = noaaPassage(at, elevation, night.end, -1);
			expect(Math.abs(night.sinksAt! - sinks)).toBeLessThan(2 * MINUTE);
			expect(Math.abs(night.risesAt! - rises)).toBeLessThan(2 * MINUTE);
		}
	});
});

test("the search finds the passages that suncalc's own method finds, to 3 s at Liege", () => {
	for (let date = Date.UTC(2025, 0, 1); date < Date.UTC(2026, 0, 1); date += DAY) {
		const night = nightAfter(LIEGE, SUNSET_ELEVATION, date);
		const { sunset } = getTimes(new Date(night.start), LIEGE.latitude, LIEGE.longitude);
		const { sunrise } = getTimes(new Date(night.end), LIEGE.latitude, LIEGE.longitude);
		expect(Math.abs(night.sinksAt! - sunset!.getTime())).toBeLessThan(3_000);
		expect(Math.abs(night.risesAt! - sunrise!.getTime())).toBeLessThan(3_000);
	}
});

describe("beyond the polar circle", () => {
	const kinds = (place: Place, elevation: number) => {
		const found: Record<string, number> = {};
		for (let date = Date.UTC(2025, 0, 1); date < Date.UTC(2026, 0, 1); date += DAY) {
			const { sinksAt, risesAt, below } = nightAfter(place, elevation, date);
			const kind = `${sinksAt === undefined ? "-" : "sinks"} ${risesAt === undefined ? "-" : "rises"} ${below ? "night" : "day"}`;
			found[kind] = (found[kind] ?? 0) + 1;
		}
		return found;
	};
	test("Tromso has its midnight sun and its polar night, and a first and last day of each", () => {
		const found = kinds(TROMSO, SUNSET_ELEVATION);
		expect(found["- - day"]).toBeGreaterThan(66); // 18 May to 26 July: 69 nights
		expect(found["- - day"]).toBeLessThan(72);
		expect(found["- - night"]).toBeGreaterThan(46); // 27 November to 15 January: 49 days
		expect(found["- - night"]).toBeLessThan(52);
		expect(found["sinks - night"]).toBe(1); // the last sunset
		expect(found["- rises night"]).toBe(1); // the first sunrise
	});
	test("the pole has one day and one night a year, and no number that is none", () => {
		const found = kinds({ latitude: 90, longitude: 0 }, SUNSET_ELEVATION);
		expect(Object.values(found).reduce((sum, count) => sum + count)).toBe(365);
		expect(found["- - night"]).toBeGreaterThan(170);
		expect(found["- - day"]).toBeGreaterThan(180);
	});
});

test("anywhere, at any time: what is told is a passage, and what is not told is none", () => {
	const anywhere = fc.record({
		latitude: fc.double({ min: -90, max: 90, noNaN: true }),
		longitude: fc.double({ min: -180, max: 180, noNaN: true }),
	});
	const anytime = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2069, 0, 1) });
	const anyElevation = fc.double({ min: -6, max: 0, noNaN: true });
	fc.assert(
		fc.property(anywhere, anytime, anyElevation, (place, from, elevation) => {
			const midnight = solarMidnightFrom(place, from as UtcMillis);
			expect(midnight).toBeGreaterThanOrEqual(from);
			expect(midnight - from).toBeLessThan(DAY + 1);
			const { start, end, sinksAt, risesAt, below } = sunNight(place, elevation, midnight);
			expect([start, end]).toEqual([midnight - DAY / 2, midnight + DAY / 2]);
			expect(below).toBe(elevationAt(place, midnight) < elevation);
			for (const [at, noon] of [[sinksAt, start] as const, [risesAt, end] as const]) {
				const crosses = below && elevationAt(place, noon) >= elevation;
				expect(at !== undefined).toBe(crosses);
				if (at === undefined) continue;
				expect(Math.abs(at - noon)).toBeLessThanOrEqual(DAY / 2);
				expect(Math.abs(elevationAt(place, at) - elevation)).toBeLessThan(0.01);
			}
		}),
		{ seed: 2404, numRuns: 1_000 },
	);
});
