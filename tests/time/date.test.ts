/** Date: against the platform's Date, and Easter against published tables. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import { DAY } from "../../lib/spans.js";
import { dateOf, easterOf } from "../../src/time/date.js";

const dayOf = (iso: string) => Date.parse(iso) / DAY;

describe("date of a day", () => {
	test("is the platform's, for each day from 1999 to 2101", () => {
		for (let day = dayOf("1999-01-01"); day < dayOf("2101-01-01"); day++) {
			const date = new Date(day * DAY);
			const { afterEaster: _, ...ours } = dateOf(day);
			const theirs = {
				year: date.getUTCFullYear(),
				month: date.getUTCMonth() + 1,
				date: date.getUTCDate(),
				weekday: date.getUTCDay(),
			};
			if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect(ours).toEqual(theirs);
		}
	});
	test("its weekday is the one that Intl names", () => {
		const name = new Intl.DateTimeFormat("en", { weekday: "short", timeZone: "UTC" });
		const names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
		for (let day = dayOf("2026-01-01"); day < dayOf("2028-01-01"); day++)
			assert.equal(names[dateOf(day).weekday], name.format(day * DAY));
	});
});

describe("Easter", () => {
	/** Meeus' examples, the earliest and the latest, and the years to come. */
	const published = [
		"1818-03-22",
		"1886-04-25",
		"1943-04-25",
		"1991-03-31",
		"1992-04-19",
		"1993-04-11",
		"2000-04-23",
		"2008-03-23",
		"2019-04-21",
		"2024-03-31",
		"2025-04-20",
		"2026-04-05",
		"2027-03-28",
		"2028-04-16",
		"2029-04-01",
		"2030-04-21",
		"2038-04-25",
	];
	test.each(published)("%s", (iso) => {
		expect(easterOf(Number(iso.slice(0, 4)))).toBe(dayOf(iso));
		expect(dateOf(dayOf(iso) - 47).afterEaster).toBe(-47); // Shrove Tuesday
	});
	/** Knuth, The Art of Computer Programming, volume 1, exercise 1.3.2-14, in days of March. */
	const byKnuth = (year: number): number => {
		const golden = (year % 19) + 1;
		const century = Math.floor(year / 100) + 1;
		const leaps = Math.floor((3 * century) / 4) - 12;
		const lunar = Math.floor((8 * century + 5) / 25) - 5;
		const sunday = Math.floor((5 * year) / 4) - leaps - 10;
		let epact = (((11 * golden + 20 + lunar - leaps) % 30) + 30) % 30;
		if (epact === 24 || (epact === 25 && golden > 11)) epact += 1;
		const full = 44 - epact < 21 ? 74 - epact : 44 - epact;
		return full + 7 - ((sunday + full) % 7);
	};
	test("is that of Knuth's algorithm for three thousand years", () => {
		for (let year = 1583; year < 4600; year += 1) {
			const days = byKnuth(year);
			const { month, date } = dateOf(easterOf(year));
			assert.deepEqual([year, month === 3 ? date : date + 31], [year, days]);
		}
	});
	test("is a Sunday from 22 March to 25 April, in any year", () => {
		for (let year = 1900; year < 2400; year++) {
			const { month, date, weekday } = dateOf(easterOf(year));
			assert.deepEqual([year, weekday], [year, 0]);
			assert.ok(month * 100 + date >= 322);
			assert.ok(month * 100 + date <= 425);
		}
	});
});
