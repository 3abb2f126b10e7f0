/** Sun: against published times, an independent ephemeris, and itself in polar day and night. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { getTimes } from "suncalc";
import { DAY, MINUTE } from "../../lib/spans.js";
import {
	darkTimeNear,
	elevationAt,
	type Place,
	SUNSET_ELEVATION,
	type SunNight,
	shortestDarkTime,
	solarMidnightFrom,
	sunNight,
} from "../../src/time/sun.js";
import type { UtcMillis } from "../../src/units.js";
import { elevationOf, passageOf } from "../support/ephemeris.js";
import { scaled } from "../support/scale.js";

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

describe("an ephemeris of its own: astronomy-engine", () => {
	const sites: [latitude: number, longitude: number][] = [
		[50.63, 5.57],
		[0, -78.5],
		[-33.87, 151.21],
		[60.17, 24.94],
	];
	test.each(sites)(
		"elevation at %f, %f agrees within 0.02 degrees by day and night",
		(latitude, longitude) => {
			for (
				let utc = Date.UTC(2024, 0, 1);
				utc < Date.UTC(2046, 0, 1);
				utc += scaled(5, 1) * 107.3 * 60 * MINUTE
			) {
				const found = elevationAt({ latitude, longitude }, utc as UtcMillis);
				assert.ok(Math.abs(found - elevationOf([latitude, longitude], utc)) < 0.02);
			}
		},
	);

	const at50: [elevation: number, what: string][] = [
		[SUNSET_ELEVATION, "sunset and sunrise"],
		[-3, "dark by default"],
		[-6, "civil dusk and dawn"],
	];
	test.each(at50)("%f degrees (%s) at 50 N: within 60 s, 2024 to 2045", (elevation) => {
		const place = { latitude: 50, longitude: 5.57 };
		const site = [place.latitude, place.longitude] as const;
		let most = 0;
		for (
			let date = Date.UTC(2024, 0, 1);
			date < Date.UTC(2046, 0, 1);
			date += scaled(3, 1) * 7.1 * DAY
		) {
			const { start, end, sinksAt, risesAt } = nightAfter(place, elevation, Math.floor(date));
			const sinks = passageOf(site, elevation, start, "sinks");
			const rises = passageOf(site, elevation, (start + end) / 2, "rises");
			most = Math.max(most, Math.abs(sinksAt! - sinks), Math.abs(risesAt! - rises));
		}
		expect(most).toBeLessThan(60_000);
		expect(most).toBeGreaterThan(0); // two ways of computing, not one
	});
	const LAST = scaled(2026, 2033);
	test(`polar day and night begin and end on the same dates at Tromso, 2024 to ${LAST}`, () => {
		const site = [TROMSO.latitude, TROMSO.longitude] as const;
		let missed = 0;
		for (let date = Date.UTC(2024, 0, 1); date < Date.UTC(LAST + 1, 0, 1); date += DAY) {
			const { start, end, sinksAt, risesAt, below } = nightAfter(TROMSO, SUNSET_ELEVATION, date);
			const middle = (start + end) / 2;
			const heights = [start, middle, end].map((utc) => elevationOf(site, utc) - SUNSET_ELEVATION);
			// On the first and last day the sun only grazes: a hundredth of a degree decides.
			if (heights.some((height) => Math.abs(height) < 0.02)) continue;
			const [before, night, after] = heights.map((height) => height < 0);
			if (night !== below) missed += 1;
			if ((night && !before) !== (sinksAt !== undefined)) missed += 1;
			if ((night && !after) !== (risesAt !== undefined)) missed += 1;
		}
		expect(missed).toBe(0);
	});
});

test("the search finds the passages that suncalc's own method finds, to 3 s at Liege", () => {
	for (let date = Date.UTC(2025, 0, 1); date < Date.UTC(2026, 0, 1); date += DAY) {
		const night = nightAfter(LIEGE, SUNSET_ELEVATION, date);
		const { sunset } = getTimes(new Date(night.start), LIEGE.latitude, LIEGE.longitude);
		const { sunrise } = getTimes(new Date(night.end), LIEGE.latitude, LIEGE.longitude);
		assert.ok(Math.abs(night.sinksAt! - sunset!.getTime()) < 3_000);
		assert.ok(Math.abs(night.risesAt! - sunrise!.getTime()) < 3_000);
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

test("anywhere, at any time: what is reported is a passage, and what is not reported is none", () => {
	const anywhere = fc.record({
		latitude: fc.double({ min: -90, max: 90, noNaN: true }),
		longitude: fc.double({ min: -180, max: 180, noNaN: true }),
	});
	const anytime = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2069, 0, 1) });
	const anyElevation = fc.double({ min: -6, max: 0, noNaN: true });
	fc.assert(
		fc.property(anywhere, anytime, anyElevation, (place, from, elevation) => {
			const midnight = solarMidnightFrom(place, from as UtcMillis);
			assert.ok(midnight >= from);
			assert.ok(midnight - from < DAY + 1);
			const { start, end, sinksAt, risesAt, below } = sunNight(place, elevation, midnight);
			assert.deepEqual([start, end], [midnight - DAY / 2, midnight + DAY / 2]);
			assert.equal(below, elevationAt(place, midnight) < elevation);
			for (const [at, noon] of [[sinksAt, start] as const, [risesAt, end] as const]) {
				const crosses = below && elevationAt(place, noon) >= elevation;
				assert.equal(at !== undefined, crosses);
				if (at === undefined) continue;
				assert.ok(Math.abs(at - noon) <= DAY / 2);
				assert.ok(Math.abs(elevationAt(place, at) - elevation) < 0.01);
			}
		}),
		{ seed: 2404, numRuns: scaled(300, 1_000) },
	);
});

test("a sun that only reaches an elevation does not sink below it", () => {
	const midnight = solarMidnightFrom(TROMSO, Date.UTC(2026, 4, 10) as UtcMillis);
	const lowest = elevationAt(TROMSO, midnight);
	expect(sunNight(TROMSO, lowest, midnight).below).toBe(false);
	expect(sunNight(TROMSO, lowest + 1e-9, midnight).below).toBe(true);
});

test("the shortest dark time of a place is that of its summer solstice; none where the sun stays high", () => {
	for (const latitude of [-60, -50.4, -20, 0, 20, 36, 50.4, 60]) {
		const solstice = Date.UTC(2026, latitude < 0 ? 11 : 5, 21);
		const truth = darkTimeNear({ latitude, longitude: 5.57 }, solstice as UtcMillis)!;
		expect(Math.abs(shortestDarkTime(latitude) - truth)).toBeLessThan(5 * MINUTE);
	}
	expect([shortestDarkTime(66), shortestDarkTime(90), shortestDarkTime(-90)]).toEqual([0, 0, 0]);
});

test.each([
	["whose evening alone is in the light", "2026-12-14"],
	["whose morning alone is in the light", "2026-12-30"],
])("a night at the edge of the polar night %s has no dark time", (_which, date) => {
	const edge: Place = { latitude: 69.5, longitude: 0 };
	expect(darkTimeNear(edge, Date.parse(date) as UtcMillis)).toBeUndefined();
});
