/** Instant: RFC 3339 and nothing else, with Date as the oracle. */
import assert from "node:assert/strict";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { formatDate, formatInstant, parseInstant } from "../../src/command/instant.js";
import type { UtcMillis } from "../../src/units.js";

const SEED = 20_261_126;

const good: [why: string, text: string][] = [
	["the contract's form", "2026-11-24T20:00:00.000Z"],
	["no fraction", "2026-11-24T20:00:00Z"],
	["one digit", "2026-11-24T20:00:00.5Z"],
	["an offset east", "2026-11-24T21:00:00+01:00"],
	["an offset west over the day's end", "2026-12-31T23:30:00.250-05:45"],
	["the longest offsets", "2026-11-24T20:00:00+23:59"],
	["an unknown local offset (RFC 3339 4.3)", "2026-11-24T20:00:00-00:00"],
	["a leap day", "2024-02-29T00:00:00Z"],
	["a leap day of a century", "2000-02-29T23:59:59.999Z"],
	["before 1970", "1969-12-31T23:59:59.999Z"],
	["the first year", "0000-03-01T00:00:00Z"],
	["the last", "9999-12-31T23:59:59.999Z"],
];
const bad = [
	"",
	"tomorrow",
	"2026-11-24",
	"2026-11-24T20:00:00",
	"2026-11-24 20:00:00Z",
	"2026-11-24t20:00:00z",
	"2026-11-24T20:00Z",
	"2026-1-24T20:00:00Z",
	"2026-00-24T20:00:00Z",
	"2026-13-24T20:00:00Z",
	"2026-11-00T20:00:00Z",
	"2026-11-31T20:00:00Z",
	"2026-02-29T20:00:00Z",
	"2100-02-29T20:00:00Z",
	"2026-11-24T24:00:00Z",
	"2026-11-24T20:60:00Z",
	"2026-12-31T23:59:60Z", // a leap second: our scale has none
	"2026-11-24T20:00:00.Z",
	"2026-11-24T20:00:00.1234567890Z",
	"2026-11-24T20:00:00,5Z",
	"2026-11-24T20:00:00Zulu",
	"2026-11-24T20:00:00+1:00",
	"2026-11-24T20:00:00+0100",
	"2026-11-24T20:00:00+24:00",
	"2026-11-24T20:00:00+01:60",
	"2026-11-24T20:00:00*01:00",
	"+002026-11-24T20:00:00Z",
	" 2026-11-24T20:00:00Z",
	"2026-11-24T20:00:00Z ",
	"2026/11/24T20:00:00Z",
	"2026-11/24T20:00:00Z",
	"2026-11-24T20.00:00Z",
	"2026-11-24T20:00.00Z",
	"20x6-11-24T20:00:00Z",
];

test.each([0, 20_786, -1, 11_016])("day %i has the date of the platform", (day) => {
	expect(formatDate(day)).toBe(new Date(day * 86_400_000).toISOString().split("T")[0]);
});
test.each(good)("reads %s", (_why, text) => {
	expect(parseInstant(text)).toBe(Date.parse(text));
});

test("cuts what is finer than a millisecond", () => {
	expect(parseInstant("2026-11-24T20:00:00.123999999Z")).toBe(
		Date.parse("2026-11-24T20:00:00.123Z"),
	);
});

test.each(bad)("refuses '%s'", (text) => {
	expect(parseInstant(text)).toBeUndefined();
});

test(`writes as Date does, and reads what it wrote, for every year of four digits (seed ${SEED})`, () => {
	const instant = fc.integer({
		min: Date.parse("0000-01-01T00:00:00.000Z"),
		max: 253_402_300_799_999,
	});
	fc.assert(
		fc.property(instant, (utc) => {
			const text = formatInstant(utc as UtcMillis);
			assert.equal(text, new Date(utc).toISOString());
			assert.equal(parseInstant(text), utc);
		}),
		{ seed: SEED, numRuns: 5000, examples: [[0], [-1], [951_782_400_000], [253_402_300_799_999]] },
	);
});

test("writes the millisecond that has begun", () => {
	expect(formatInstant(1.9 as UtcMillis)).toBe("1970-01-01T00:00:00.001Z");
});
