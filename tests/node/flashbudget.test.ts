/** Flash budget: years left at a pace, and credit that no flood and no row of restarts can overdraw. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MARK } from "../../src/journal/tally.js";
import {
	FlashBudget,
	KEY_WRITES_A_YEAR,
	LEAST_YEARS,
	MOST_YEARS,
	SECTOR_ERASES_A_YEAR,
	STEP,
	WRITES_SAVED,
} from "../../src/node/flashbudget.js";
import { FakeFlash, NO_FLASH } from "../journal/flash.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
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
		const budget = new FlashBudget(NO_FLASH, 0);
		budget.keyWrites = writes;
		for (let erase = 0; erase < erases; erase += 1) budget.erases();
		const told = budget.yearsAt(uptime);
		expect(Math.abs(told - years)).toBeLessThan(0.05 * years);
	});
});

/** Lives of so long each, in one of which everything is written and erased as often as it may be. */
function flood(span: number, lifetime: number, supply: "always" | "switched", off = 0) {
	const flash = new FakeFlash(16);
	let writes = 0;
	let erases = 0;
	for (let born = 0; born < span; born += lifetime + off) {
		const budget = new FlashBudget(flash, 0);
		budget.tally.mark(MARK.life);
		budget.configure({ supply });
		for (let now = 0; now < lifetime; now += Math.min(lifetime, 5 * MINUTE)) {
			if (now >= budget.earnAt || now % HOUR === 0) budget.earn(now);
			while (budget.hasCredit(now)) {
				budget.writes();
				writes += 1;
			}
			while (budget.mayErase(now, true)) {
				budget.erases();
				erases += 1;
			}
		}
	}
	return { writes, erases: erases + flash.erases };
}

describe("a year in which all is written that may be", () => {
	const years: [why: string, lifetime: number, supply: "always" | "switched", off: number][] = [
		["in one life", YEAR, "always", 0],
		["in 365 lives", DAY, "always", 0],
		["in 365 nights of 16 hours", 16 * HOUR, "switched", 8 * HOUR],
		["in lives of an hour", HOUR, "always", 0],
		["in lives of eleven minutes", 11 * MINUTE, "always", 0],
		["in lives of two minutes", 2 * MINUTE, "always", 0],
	];
	test.each(years)("%s stays within the budget", (_why, lifetime, supply, off) => {
		const { writes, erases } = flood(YEAR, lifetime, supply, off);
		expect(writes).toBeLessThan(KEY_WRITES_A_YEAR);
		expect(erases).toBeLessThan(SECTOR_ERASES_A_YEAR);
		if (lifetime >= 10 * HOUR) {
			expect(writes).toBeGreaterThan(0.85 * KEY_WRITES_A_YEAR);
			expect(erases).toBeGreaterThan(0.85 * SECTOR_ERASES_A_YEAR);
		}
	});
	test("lives that earn nothing have what was saved up, once", () => {
		expect(flood(DAY, 10_000, "always").writes).toBe(WRITES_SAVED);
	});
});

test("a year of a restart each 10 s is 3,155,760 marks and not 500 erases", () => {
	const flash = new FakeFlash(16);
	for (let life = 0; life < YEAR / 10_000 / 100; life += 1)
		new FlashBudget(flash, 0).tally.mark(MARK.life);
	expect(new FlashBudget(flash, 0).tally.lives).toBe(Math.ceil(YEAR / 10_000 / 100));
	expect(100 * (flash.erases - 1)).toBeLessThan(500);
});

test("credit comes back when it is said to, and not before (seed 11)", () => {
	fc.assert(
		fc.property(fc.nat(60), fc.nat(1e9), fc.nat(30), (writes, now, reserve) => {
			const budget = new FlashBudget(NO_FLASH, 0);
			for (let write = 0; write < writes; write += 1) budget.writes();
			const creditAt = budget.creditBeyond(reserve);
			expect(creditAt % STEP).toBe(0);
			expect(budget.hasCredit(now)).toBe(now >= budget.creditAt);
			const isFree = writes + reserve < WRITES_SAVED;
			expect(creditAt === 0).toBe(isFree);
		}),
		{ seed: 11 },
	);
});
