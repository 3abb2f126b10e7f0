/** Ledger and days: hours that add up to the counter, nights that outlive a boot. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { DAYS_KEPT, dayOfBook, nightBack, turn } from "../../src/meter/days.js";
import { LEDGER_HOURS, Ledger } from "../../src/meter/ledger.js";
import { evenly } from "../support/evenly.js";

describe("hours", () => {
	test("the newest is 0, the oldest gives way, what was never held is undefined", () => {
		const ledger = new Ledger(1000, 0);
		let total = 1000;
		for (let hour = 1; hour <= 50; hour += 1) {
			total += hour;
			ledger.close(total, hour * HOUR);
		}
		expect([ledger.hour(0), ledger.hour(1), ledger.hour(LEDGER_HOURS - 1)]).toEqual([50, 49, 3]);
		expect([ledger.hour(LEDGER_HOURS), ledger.hour(-1), ledger.hour(Number.NaN)]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
		expect(ledger.closedAt).toBe(50 * HOUR);
	});
	test("hold tenths of a watt-hour", () => {
		const ledger = new Ledger(0, 0);
		for (let hour = 1; hour <= 3; hour += 1) ledger.close(hour / 10, hour * HOUR);
		expect([0, 1, 2].map((index) => ledger.hour(index))).toEqual([0.1, 0.1, 0.1]);
	});
	test.each([
		["by some milliseconds", [HOUR, 2 * HOUR + 17, 3 * HOUR, 4 * HOUR + 3]],
		["by a clock that was set back", [HOUR, 2 * HOUR + 20, 3 * HOUR + 40, 4 * HOUR + 60]],
		["by a minute", [HOUR, 2 * HOUR + MINUTE, 3 * HOUR + 2 * MINUTE, 4 * HOUR + 3 * MINUTE]],
	])("an hour that is closed late is one hour, %s", (_why, instants) => {
		const ledger = new Ledger(0, 0);
		for (const [index, at] of instants.entries()) ledger.close(10 * (index + 1), at);
		expect([0, 1, 2, 3, 4].map((index) => ledger.hour(index))).toEqual([10, 10, 10, 10, undefined]);
	});
	test("an hour of more than can be held holds the most", () => {
		const ledger = new Ledger(0, 0);
		ledger.close(6553.5, HOUR);
		ledger.close(6553.5 + 6553.6, 2 * HOUR);
		expect([ledger.hour(1), ledger.hour(0)]).toEqual([6553.5, 6553.5]);
	});
	test("hours that nobody closed hold nothing, and theirs is in the one that was", () => {
		const ledger = new Ledger(0, 0);
		ledger.close(10, HOUR);
		ledger.close(40, 4 * HOUR);
		expect([0, 1, 2, 3, 4].map((index) => ledger.hour(index))).toEqual([30, 0, 0, 10, undefined]);
	});
	test("they add up to the counter, to a tenth of a watt-hour, whatever the fractions", () => {
		const used = fc.array(evenly(0, 1000), {
			minLength: 1,
			maxLength: LEDGER_HOURS,
		});
		fc.assert(
			fc.property(used, evenly(0, 1e6), (hours, start) => {
				const ledger = new Ledger(start, 0);
				let total = start;
				for (const [index, energy] of hours.entries()) {
					total += energy;
					ledger.close(total, (index + 1) * HOUR);
				}
				let sum = 0;
				for (let index = 0; index < hours.length; index += 1) sum += ledger.hour(index)!;
				expect(Math.abs(sum - (total - start))).toBeLessThan(0.11);
			}),
			{ seed: 2411 },
		);
	});
});

describe("nights", () => {
	const rows = (text: string) =>
		Array.from({ length: DAYS_KEPT + 1 }, (_, index) => nightBack(text, index))
			.filter((row) => row !== undefined)
			.map(({ day, energy_Wh, oldLamp_Wh }) => [day, energy_Wh, oldLamp_Wh]);
	const begun = turn("", 20_000, 1000, 3000);
	const cases: [why: string, text: string, day: number, expected: number[][]][] = [
		["the first one has nothing before it", "", 20_000, []],
		["the same one changes nothing", begun, 20_000, []],
		["counters that began anew add no energy", "19999 9000 90000", 20_000, [[19_999, 0, 0]]],
		["the next one ends it", begun, 20_001, [[20_000, 345, 1162]]],
		[
			"nights without power used nothing",
			begun,
			20_003,
			[
				[20_002, 0, 0],
				[20_001, 0, 0],
				[20_000, 345, 1162],
			],
		],
		["a zone that moved the date back a day changes nothing", begun, 19_999, []],
		["a date far ahead that was wrong begins anew", begun, 19_000, []],
		["two days back begin anew", turn(begun, 20_001, 1345, 4162), 19_999, []],
		[
			"of an older book a day back changes nothing",
			turn(begun, 20_001, 1345, 4162),
			20_000,
			[[20_000, 345, 1162]],
		],
		["what is not ours begins anew", "1 2 x", 20_001, []],
		["nor what is half", "1 2 3 4", 20_001, []],
	];
	test.each(cases)("%s", (_why, text, day, expected) => {
		expect(rows(turn(text, day, 1345, 4162))).toEqual(expected);
	});
	test.each([
		["", undefined],
		["no book", undefined],
		[begun, 20_000],
	])("the date of the book %j is %p", (text, day) => {
		expect([dayOfBook(text), nightBack(text, 0)]).toEqual([day, undefined]);
	});
	test("a month is kept, within what the store takes, a century later, too", () => {
		let text = "";
		for (let night = 0; night < 100; night += 1)
			text = turn(text, 60_000 + night, 1e7 + night * 14_000, 2e7 + night * 14_000);
		expect(rows(text)).toHaveLength(31);
		expect(rows(text)[0]).toEqual([60_098, 14_000, 14_000]);
		expect(text.length).toBeLessThan(400);
		expect(rows(turn(text, 60_099 + 40, 2e7, 3e7)).every(([, used]) => used === 0)).toBe(true);
	});
});
