/** Night: noon to noon by the clock, also where the clock changes, and its sun. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR } from "../../lib/spans.js";
import { type Night, nightOf } from "../../src/time/night.js";
import { type Place, SUNSET_ELEVATION } from "../../src/time/sun.js";
import type { Zone } from "../../src/time/zone.js";
import { parseZone } from "../../src/time/zonetext.js";
import type { UtcMillis } from "../../src/units.js";
import { passageOf } from "../support/ephemeris.js";

const LIEGE: Place = { latitude: 50.63, longitude: 5.57 };
const SYDNEY: Place = { latitude: -33.87, longitude: 151.21 };
const BRUSSELS = parseZone("CET-1CEST,M3.5.0,M10.5.0/3") as Zone;
const AEST = parseZone("AEST-10AEDT,M10.1.0,M4.1.0/3") as Zone;

const instant = (text: string): UtcMillis => Date.parse(text) as UtcMillis;
const shown = (utc: number | undefined): string =>
	utc === undefined ? "none" : new Date(utc).toISOString().slice(0, 16);
const night = (zone: Zone, place: Place, text: string): Night =>
	nightOf(zone, place, instant(text));

describe("the night by the clock", () => {
	const cases: [why: string, zone: Zone, at: string, start: string, hours: number][] = [
		[
			"afternoon belongs to the night to come",
			BRUSSELS,
			"2026-11-24T12:00Z",
			"2026-11-24T11:00",
			24,
		],
		["noon begins it", BRUSSELS, "2026-11-24T11:00Z", "2026-11-24T11:00", 24],
		[
			"the millisecond before ends the last",
			BRUSSELS,
			"2026-11-24T10:59:59.999Z",
			"2026-11-23T11:00",
			24,
		],
		["Saturday morning is Friday night", BRUSSELS, "2026-11-28T03:00Z", "2026-11-27T11:00", 24],
		["the night to summer time has 23 h", BRUSSELS, "2026-03-28T23:00Z", "2026-03-28T11:00", 23],
		["the night back has 25 h", BRUSSELS, "2026-10-24T23:00Z", "2026-10-24T10:00", 25],
		["the south changes to summer in October", AEST, "2026-10-03T15:00Z", "2026-10-03T02:00", 23],
		["and back in April", AEST, "2026-04-04T15:00Z", "2026-04-04T01:00", 25],
	];
	test.each(cases)("%s", (_why, zone, at, start, hours) => {
		const found = night(zone, LIEGE, at);
		expect(shown(found.start)).toBe(start);
		expect((found.end - found.start) / HOUR).toBe(hours);
	});
	test("its day is the evening's date", () => {
		expect(night(BRUSSELS, LIEGE, "2026-11-28T03:00Z").day * 24 * HOUR).toBe(
			Date.UTC(2026, 10, 27),
		);
	});
});

describe("clock times in a night", () => {
	const at = (hours: number, minutes = 0) => hours * 60 + minutes;
	const cases: [why: string, night: string, minutes: number, utc: string][] = [
		["the evening", "2026-11-24T20:00Z", at(22), "2026-11-24T21:00"],
		["midnight is the morning's", "2026-11-24T20:00Z", 0, "2026-11-24T23:00"],
		["the morning", "2026-11-24T20:00Z", at(5, 30), "2026-11-25T04:30"],
		["noon is the begin, not the end", "2026-11-24T20:00Z", at(12), "2026-11-24T11:00"],
		["the minute before noon is the last", "2026-11-24T20:00Z", at(11, 59), "2026-11-25T10:59"],
		["before the clock goes forward", "2026-03-28T20:00Z", at(1, 59), "2026-03-29T00:59"],
		["a time that is left out", "2026-03-28T20:00Z", at(2, 30), "2026-03-29T01:30"],
		["after it went forward", "2026-03-28T20:00Z", at(5, 30), "2026-03-29T03:30"],
		["before the clock goes back", "2026-10-24T20:00Z", at(1, 59), "2026-10-24T23:59"],
		["a time shown twice: the first", "2026-10-24T20:00Z", at(2, 30), "2026-10-25T00:30"],
		["after it went back", "2026-10-24T20:00Z", at(5, 30), "2026-10-25T04:30"],
	];
	test.each(cases)("%s", (_why, of, minutes, utc) => {
		expect(shown(night(BRUSSELS, LIEGE, of).atClock(minutes))).toBe(utc);
	});
});

describe("its sun", () => {
	test("sets in the evening and rises in the morning, north and south", () => {
		const north = night(BRUSSELS, LIEGE, "2026-11-24T20:00Z");
		expect([shown(north.sunset), shown(north.sunrise)]).toEqual([
			"2026-11-24T15:41",
			"2026-11-25T07:08",
		]);
		const south = night(AEST, SYDNEY, "2026-11-24T12:00Z");
		const at = [SYDNEY.latitude, SYDNEY.longitude] as const;
		const evening = passageOf(at, SUNSET_ELEVATION, instant("2026-11-24T02:00Z"), "sinks");
		const morning = passageOf(at, SUNSET_ELEVATION, instant("2026-11-24T12:00Z"), "rises");
		expect(Math.abs(south.sunset! - evening)).toBeLessThan(60_000);
		expect(Math.abs(south.sunrise! - morning)).toBeLessThan(60_000);
		expect([north.alwaysDark, south.alwaysDark]).toEqual([false, false]);
	});
	const tromso: Place = { latitude: 69.65, longitude: 18.96 };
	test("does neither in polar day and polar night, and says which it is", () => {
		const summer = night(BRUSSELS, tromso, "2026-06-21T20:00Z");
		expect([summer.sunset, summer.sunrise, summer.alwaysDark]).toEqual([
			undefined,
			undefined,
			false,
		]);
		const winter = night(BRUSSELS, tromso, "2026-12-21T20:00Z");
		expect([winter.sunset, winter.sunrise, winter.alwaysDark]).toEqual([
			undefined,
			undefined,
			true,
		]);
	});
	test("a last sunset without a sunrise is no polar night yet", () => {
		const nights = Array.from({ length: 20 }, (_none, i) =>
			nightOf(BRUSSELS, tromso, (instant("2026-11-18T20:00Z") + i * 24 * HOUR) as UtcMillis),
		);
		const last = nights.filter((each) => each.sunset !== undefined && each.sunrise === undefined);
		expect(last.map((each) => each.alwaysDark)).toEqual([false]);
	});
});

describe("any zone", () => {
	const zones = [BRUSSELS, AEST].concat(
		["UTC0", "AAA-14", "AAA12", "AAA0BBB-1,M3.5.0/12,M10.5.0/12:30"].map(
			(text) => parseZone(text) as Zone,
		),
	);
	test("a clock that changes at noon still puts each instant into one night", () => {
		const odd = zones[5] as Zone; // at 12:30 back to 11:30: 11:45 comes again
		const noon = nightOf(odd, LIEGE, instant("2026-10-25T11:45Z"));
		expect([shown(noon.start), shown(noon.end)]).toEqual(["2026-10-25T11:00", "2026-10-26T12:00"]);
		const gap = nightOf(odd, LIEGE, instant("2026-03-29T12:15Z"));
		expect([shown(gap.start), shown(gap.end)]).toEqual(["2026-03-29T12:00", "2026-03-30T11:00"]);
	});
	test("nights follow each other without a gap, and hold what they contain", () => {
		const instants = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2069, 0, 1) });
		fc.assert(
			fc.property(fc.constantFrom(...zones), instants, (zone, utc) => {
				const here = nightOf(zone, LIEGE, utc as UtcMillis);
				assert.ok(here.start <= utc);
				assert.ok(here.end > utc);
				const next = nightOf(zone, LIEGE, here.end);
				assert.deepEqual([next.start, next.day], [here.end, here.day + 1]);
				for (const minutes of [0, 330, 719, 720, 1439]) {
					const at = here.atClock(minutes);
					assert.ok(at >= here.start);
					assert.ok(at < here.end + HOUR); // a time in a gap comes later
				}
			}),
			{ seed: 2405, numRuns: 500 },
		);
	});
});
