/** Flash budget: years left at a pace, and credit that no flood can overdraw. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	FlashBudget,
	KEY_WRITES_A_YEAR,
	LEAST_YEARS,
	MOST_YEARS,
	SECTOR_ERASES_A_YEAR,
} from "../../src/monitor/flashbudget.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

describe("years left", () => {
	const paces: [why: string, uptime: number, writes: number, erases: number, years: number][] = [
		["nothing was written", YEAR, 0, 0, MOST_YEARS],
		["the budget's writes", YEAR, KEY_WRITES_A_YEAR, 0, LEAST_YEARS],
		["the budget's erases", YEAR, 0, SECTOR_ERASES_A_YEAR, LEAST_YEARS],
		["the worse of the two counts", YEAR, KEY_WRITES_A_YEAR / 4, SECTOR_ERASES_A_YEAR * 2, 10],
		["a quarter of the writes", YEAR, KEY_WRITES_A_YEAR / 4, 0, 80],
		["hardly anything", YEAR, 10, 1, MOST_YEARS],
		["half a year", YEAR / 2, KEY_WRITES_A_YEAR, 0, LEAST_YEARS / 2],
		["a boot's writes count as a day's", 1000, KEY_WRITES_A_YEAR / 365.25, 0, LEAST_YEARS],
	];
	test.each(paces)("%s", (_why, uptime, writes, erases, years) => {
		const budget = new FlashBudget();
		budget.keyWrites = writes;
		budget.sectorErases = erases;
		expect(budget.yearsAt(uptime)).toBeCloseTo(years, 6);
	});
});

describe("credit", () => {
	/** Writes whenever it may, for so long. */
	function flood(budget: FlashBudget, from: number, to: number, step: number): void {
		for (let now = from; now < to; now += step) if (budget.hasCredit(now)) budget.keyWrites += 1;
	}
	test("a flood of a year stays within the budget", () => {
		const budget = new FlashBudget();
		flood(budget, 0, YEAR, 60_000);
		expect(budget.keyWrites).toBeGreaterThan(0.85 * KEY_WRITES_A_YEAR);
		expect(budget.keyWrites).toBeLessThan(KEY_WRITES_A_YEAR);
	});
	test("so does one of 14 hours in each of 365 lives", () => {
		let writes = 0;
		for (let night = 0; night < 365; night += 1) {
			const budget = new FlashBudget();
			flood(budget, 0, 14 * HOUR, 60_000);
			writes += budget.keyWrites;
		}
		expect(writes).toBeLessThan(KEY_WRITES_A_YEAR);
	});
	test("comes back when it is said to, and not before (seed 11)", () => {
		fc.assert(
			fc.property(fc.nat(500), fc.nat(1e9), (writes, now) => {
				const budget = new FlashBudget();
				budget.keyWrites = writes;
				const { creditAt } = budget;
				expect(budget.hasCredit(creditAt)).toBe(true);
				if (creditAt > 0) expect(budget.hasCredit(creditAt - 1)).toBe(false);
				expect(budget.hasCredit(now)).toBe(now >= creditAt);
			}),
			{ seed: 11 },
		);
	});
});
