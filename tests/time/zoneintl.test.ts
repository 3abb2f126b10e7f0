/** Zone against Intl: every change of 32 places from 2024 on, by the platform's own rules. */
import { describe, expect, test } from "@jest/globals";
import { DAY, HOUR } from "../../lib/spans.js";
import { offsetAt } from "../../src/time/zone.js";
import type { UtcMillis } from "../../src/units.js";
import { scaled } from "../support/scale.js";
import { PLACES, zone } from "./places.js";

/** Two leap years in the part; the rules repeat after 28 years, and zones are known to 2050. */
const LAST = scaled(2028, 2050);
const CHANGES = 2 * (LAST - 2023);

/** Offset by the platform's own copy of the IANA database. */
function oracle(name: string): (utc: number) => number {
	const format = new Intl.DateTimeFormat("en-US", {
		timeZone: name,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	});
	return (utc) => {
		const part: Record<string, number> = {};
		for (const { type, value } of format.formatToParts(utc)) part[type] = Number(value);
		const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = part;
		return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utc / 1000) * 1000;
	};
}

/** What an oracle and a rule disagree about, and how often the oracle changes its offset. */
function compared(name: string, text: string, from: number, to: number) {
	const rule = zone(text);
	const expected = oracle(name);
	const wrong: string[] = [];
	const compare = (utc: number, truth = expected(utc)) => {
		if (offsetAt(rule, utc as UtcMillis) !== truth) wrong.push(new Date(utc).toISOString());
	};
	let changes = 0;
	let before = expected(from);
	for (let utc = from; utc < to; utc += DAY) {
		compare(utc, before);
		const after = expected(utc + DAY);
		if (after !== before) {
			changes += 1;
			const turn = turnOf(expected, utc, utc + DAY);
			compare(turn - 1);
			compare(turn);
			for (let t = utc; t < utc + DAY; t += HOUR) compare(t);
		}
		before = after;
	}
	return { wrong, changes };
}

/** The first ms in (from, to] at which the offset is the later one. */
function turnOf(expected: (utc: number) => number, from: number, to: number): number {
	const later = expected(to);
	let [low, high] = [from, to];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (expected(middle) === later) high = middle;
		else low = middle;
	}
	return high;
}

describe("zone against Intl", () => {
	test.each(PLACES)(`%s, each day of 2024 to ${LAST}, each change to the ms`, (name, text) => {
		const [from, to] = [Date.UTC(2024, 0, 1), Date.UTC(LAST + 1, 0, 1)];
		const { wrong, changes } = compared(name, text, from, to);
		expect(wrong).toEqual([]);
		expect(changes).toBe(text.includes(",") ? CHANGES : 0);
	});
	/** No place has a rule by the day of the year today; Iran had one until 2022. */
	const byDay: [text: string, from: number, to: number, changes: number][] = [
		["<+0330>-3:30<+0430>,J80/24,J264/24", 2017, 2020, 6], // 22 March, 22 September
		["<+0330>-3:30<+0430>,J80/24,J264/24", 2021, 2023, 4],
		["<+0330>-3:30<+0430>,79/24,263/24", 2017, 2023, 12], // 29 February counts: a day earlier
	];
	test.each(byDay)("Asia/Tehran by %s, %i to %i", (text, from, to, count) => {
		const between = [Date.UTC(from, 0, 1), Date.UTC(to, 0, 1)] as const;
		const { wrong, changes } = compared("Asia/Tehran", text, ...between);
		expect(wrong).toEqual([]);
		expect(changes).toBe(count);
	});
	test("days J leave 29 February out: in a leap year the other form is needed", () => {
		const text = "<+0330>-3:30<+0430>,J80/24,J264/24";
		const { wrong } = compared("Asia/Tehran", text, Date.UTC(2020, 0, 1), Date.UTC(2021, 0, 1));
		expect(wrong.length).toBeGreaterThan(0);
	});
});
