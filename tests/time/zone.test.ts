/** Zone: the wall clock and the texts of zones, against the text of the standard (zoneintl.test.ts: Intl). */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY, HOUR } from "../../lib/spans.js";
import { dayOf, firstDayOf, isLeap, weekdayOf, yearOf } from "../../src/time/civil.js";
import {
	offsetAt,
	UTC_ZONE,
	type WallMillis,
	wallAt,
	wallToUtc,
	type Zone,
} from "../../src/time/zone.js";
import { isZoneRejection, parseZone, ZONE_MAX_CHARACTERS } from "../../src/time/zonetext.js";
import type { UtcMillis } from "../../src/units.js";
import { PLACES, zone } from "./places.js";

describe("the wall clock", () => {
	const brussels = zone("CET-1CEST,M3.5.0,M10.5.0/3");
	const sydney = zone("AEST-10AEDT,M10.1.0,M4.1.0/3");
	const cases: [why: string, rule: Zone, wall: string, utc: string][] = [
		["winter", brussels, "2026-01-15T12:00", "2026-01-15T11:00"],
		["summer", brussels, "2026-07-15T12:00", "2026-07-15T10:00"],
		["the last minute before the gap", brussels, "2026-03-29T01:59", "2026-03-29T00:59"],
		[
			"a time that is left out comes as much later",
			brussels,
			"2026-03-29T02:30",
			"2026-03-29T01:30",
		],
		["the first minute after the gap", brussels, "2026-03-29T03:00", "2026-03-29T01:00"],
		["before the hour that comes twice", brussels, "2026-10-25T01:59", "2026-10-24T23:59"],
		["of two half past two, the first", brussels, "2026-10-25T02:30", "2026-10-25T00:30"],
		["after both", brussels, "2026-10-25T03:00", "2026-10-25T02:00"],
		["the south has summer at new year", sydney, "2026-01-01T00:00", "2025-12-31T13:00"],
		["and its gap in October", sydney, "2026-10-04T02:30", "2026-10-03T16:30"],
		["and its double hour in April", sydney, "2026-04-05T02:30", "2026-04-04T15:30"],
		["UTC", UTC_ZONE, "2026-04-05T02:30", "2026-04-05T02:30"],
	];
	test.each(cases)("%s", (_why, rule, wall, utc) => {
		const found = wallToUtc(rule, Date.parse(`${wall}Z`) as WallMillis);
		expect(new Date(found).toISOString().slice(0, 16)).toBe(utc);
	});

	test("what it shows at an instant leads back to it, or to the hour's first showing", () => {
		const instants = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2069, 0, 1) });
		const rules = fc.constantFrom(...PLACES.map(([, text]) => zone(text)));
		fc.assert(
			fc.property(rules, instants, (rule, utc) => {
				const wall = wallAt(rule, utc as UtcMillis);
				const back = wallToUtc(rule, wall);
				assert.ok(back <= utc);
				assert.equal(wallAt(rule, back), wall);
			}),
			{ seed: 2402, numRuns: 2_000 },
		);
	});
});

describe("the text of a zone", () => {
	const sunday = { kind: "weekday", month: 3, week: 5, weekday: 0, time: 2 * HOUR };
	const good: [text: string, zone: Zone][] = [
		["UTC0", { standard: 0 }],
		["<+03>-3", { standard: 3 * HOUR }],
		["<-03>3", { standard: -3 * HOUR }],
		["NPT-5:45", { standard: 5.75 * HOUR }],
		["LMT-0:17:30", { standard: 1_050_000 }],
		["AAA+24", { standard: -24 * HOUR }],
		["LMT-0:59:59", { standard: 3_599_000 }],
	];
	test.each(good)("%s", (text, expected) => {
		const parsed = parseZone(text);
		expect(parsed).toEqual(expected);
		expect(isZoneRejection(parsed)).toBe(false);
	});
	test("two hours is the time, and one hour the shift, where none is written", () => {
		expect(zone("CET-1CEST,M3.5.0,M10.5.0/3")).toEqual({
			standard: HOUR,
			daylight: {
				offset: 2 * HOUR,
				start: sunday,
				end: { kind: "weekday", month: 10, week: 5, weekday: 0, time: 3 * HOUR },
			},
		});
	});
	test("an offset of the daylight time is obeyed", () => {
		expect(zone("AAA0BBB-2,M3.5.0,M10.5.0").daylight?.offset).toBe(2 * HOUR);
	});

	const bad: [text: string, where: number, why: RegExp][] = [
		["", 0, /name/],
		["CE-1", 2, /name of three/],
		["CET", 3, /offset .* missing/],
		["CET-", 4, /missing/],
		["CET-25", 6, /0 to 24/],
		["CET-1:60", 8, /minutes/],
		["CET-1:00:60", 11, /seconds/],
		["<+03-3", 6, /> is missing/],
		["<+0>-3", 3, /name of three/],
		["CET-1CEST", 9, /missing/],
		["CET-1CEST,", 10, /missing/],
		["CET-1CEST,M3.5.0", 16, /rule/],
		["CET-1CEST,M13.5.0,M10.5.0", 13, /month/],
		["CET-1CEST,M3.6.0,M10.5.0", 14, /week/],
		["CET-1CEST,M3.5.7,M10.5.0", 16, /weekday/],
		["CET-1CEST,M35.0,M10.5.0", 13, /month/],
		["CET-1CEST,M3,5.0", 12, /point/],
		["CET-1CEST,M3.5,0", 14, /point/],
		["CET-1CEST,J0,J300", 12, /1 to 365/],
		["CET-1CEST,366,300", 13, /0 to 365/],
		["CET-1CEST,M3.5.0/168,M10.5.0", 20, /0 to 167/],
		["CET-1CEST,M3.5.0,M10.5.0/3 ", 26, /too much/],
		["Europe/Brussels", 6, /offset/],
		["A".repeat(ZONE_MAX_CHARACTERS + 1), ZONE_MAX_CHARACTERS, /too long/],
	];
	test.each(bad)("refuses %j at character %i", (text, where, why) => {
		const parsed = parseZone(text);
		expect(isZoneRejection(parsed)).toBe(true);
		expect(parsed).toEqual({
			reason: "invalidZone",
			where,
			why: expect.stringMatching(why),
		});
	});

	test("nothing that anyone types throws, hangs or gives a number that is none", () => {
		const pieces = fc.constantFrom("CET", "-1", ",", "M3.5.0", "/", "<", ">", "J60", ":", "0", "é");
		const texts = fc.oneof(
			fc.string({ maxLength: 70 }),
			fc.array(pieces, { maxLength: 14 }).map((all) => all.join("")),
		);
		fc.assert(
			fc.property(texts, (text) => {
				const parsed = parseZone(text);
				if (isZoneRejection(parsed)) return assert.ok(parsed.where <= text.length);
				return assert.ok(!Number.isNaN(offsetAt(parsed, Date.UTC(2026, 5, 1) as UtcMillis)));
			}),
			{ seed: 2403, numRuns: 2_000 },
		);
	});
});

describe("rules by the day of the year", () => {
	const offset = (text: string, utc: string) =>
		offsetAt(zone(text), Date.parse(`${utc}Z`) as UtcMillis) / HOUR;
	const cases: [why: string, text: string, utc: string, hours: number][] = [
		["J60 is 1 March", "AAA0BBB,J60/0,J300/0", "2025-02-28T23:59", 0],
		["J60 is 1 March", "AAA0BBB,J60/0,J300/0", "2025-03-01T00:00", 1],
		["in a leap year too: J leaves 29 February out", "AAA0BBB,J60/0,J300/0", "2024-02-29T12:00", 0],
		["in a leap year too", "AAA0BBB,J60/0,J300/0", "2024-03-01T00:00", 1],
		["J59 is 28 February", "AAA0BBB,J59/0,J300/0", "2024-02-28T00:00", 1],
		["59 counts from 0 and meets 29 February", "AAA0BBB,59/0,300/0", "2024-02-29T00:00", 1],
		["but 1 March in other years", "AAA0BBB,59/0,300/0", "2025-02-28T23:59", 0],
		["daylight time all year (RFC 8536)", "EST5EDT,0/0,J365/25", "2026-01-01T04:59", -4],
		["daylight time all year, at the turn", "EST5EDT,0/0,J365/25", "2026-01-01T05:00", -4],
		["daylight time all year, in summer", "EST5EDT,0/0,J365/25", "2026-07-01T00:00", -4],
		["the last Sunday may be the fourth", "AAA0BBB,M2.5.0/0,M10.1.0/0", "2026-02-22T00:00", 1],
		["and is not before it", "AAA0BBB,M2.5.0/0,M10.1.0/0", "2026-02-21T23:59", 0],
		["a rule in December", "AAA0BBB,M12.5.6/0,M1.2.0/0", "2026-12-26T00:00", 1],
		["a week of hours later", "AAA0BBB,M12.5.4/167,M3.1.0/0", "2027-01-06T22:59", 0],
		["a negative hour lies on the day before", "AAA0BBB,M3.5.0/-1,M10.1.0", "2026-03-28T22:59", 0],
		["and not later", "AAA0BBB,M3.5.0/-1,M10.1.0", "2026-03-28T23:00", 1],
		["reaches into the next year", "AAA0BBB,M12.5.4/167,M3.1.0/0", "2027-01-06T23:00", 1],
	];
	test.each(cases)("%s: %s at %s", (_why, text, utc, hours) => {
		expect(offset(text, utc)).toBe(hours);
	});
});

describe("civil days", () => {
	test("agree with the platform's calendar from 1900 to 2100", () => {
		for (let day = -25_567; day < 47_482; day += 1) {
			const date = new Date(day * DAY);
			const year = date.getUTCFullYear();
			const found = [
				yearOf(day),
				weekdayOf(day),
				dayOf(year, date.getUTCMonth() + 1, date.getUTCDate()),
			];
			if (found[0] !== year || found[1] !== date.getUTCDay() || found[2] !== day)
				expect([date.toISOString(), ...found]).toBe("right");
		}
		expect(firstDayOf(1970)).toBe(0);
		expect([1900, 2000, 2023, 2024].map(isLeap)).toEqual([false, true, false, true]);
	});
});
