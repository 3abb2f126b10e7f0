/**
 * Flash budget: years left at a pace, and credit that no flood and no row of restarts can overdraw.
 *
 * Promise: No flood and no row of restarts spends more erases than the years of the flash allow.
 */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY, HOUR, MINUTE } from "../../../lib/spans.js";
import { LIFE, WRITE_COST } from "../../../src/journal/tally.js";
import {
	FlashBudget,
	KEY_WRITES_A_YEAR,
	LEAST_YEARS,
	MOST_YEARS,
	SECTOR_ERASES_A_YEAR,
	STEP,
	WRITE_RESERVE,
	WRITES_SAVED,
	type WriteClass,
} from "../../../src/node/storage/flashbudget.js";
import { FakeFlash, NO_FLASH } from "../../support/flash.js";
import { scaled } from "../../support/scale.js";

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
		const forecast = budget.yearsAt(uptime);
		expect(Math.abs(forecast - years)).toBeLessThan(0.05 * years);
	});
});

/** Keys that each asker asks for at once. */
const KEYS: Readonly<Record<WriteClass, number>> = {
	urgentOrder: 2,
	action: 1,
	time: 1,
	doubt: 1,
	order: 2,
	sample: 1,
	counters: 1,
	sealSwitched: 1,
	seal: 1,
};
const ASKERS = Object.keys(WRITE_RESERVE) as WriteClass[];

interface Lives {
	readonly lifetime: number;
	readonly supply: "always" | "switched";
	readonly off?: number;
	readonly step?: number;
}

/**
 * Lives of so long each, in which `askers` write whenever they may, the counters each hour without
 * asking, and sectors are erased as often as they may be. `see` is called at each moment.
 */
function flood(
	span: number,
	{ lifetime, supply, off = 0, step = 5 * MINUTE }: Lives,
	askers: readonly WriteClass[],
	see: (budget: FlashBudget, now: number) => void = () => {},
) {
	const flash = new FakeFlash(16);
	let writes = 0;
	let erases = 0;
	for (let born = 0; born < span; born += lifetime + off) {
		const budget = new FlashBudget(flash, 0);
		budget.tally.mark(LIFE);
		budget.configure({ supply });
		for (let now = 0; now < lifetime; now += Math.min(lifetime, step)) {
			if (now >= budget.earnAt || now % HOUR === 0) budget.earn(now);
			if (now > 0 && now % HOUR === 0) budget.writes();
			for (const writeClass of askers)
				while (budget.hasCredit(writeClass, now, KEYS[writeClass]))
					for (let key = 0; key < KEYS[writeClass]; key += 1) budget.writes();
			while (budget.mayErase(now, true)) {
				budget.erases();
				erases += 1;
			}
			see(budget, now);
		}
		writes += budget.keyWrites;
	}
	return { writes, erases: erases + flash.erases };
}

describe("a year in which all is written that may be", () => {
	const all: [why: string, lives: Lives, span?: number][] = [
		["in one life", { lifetime: YEAR, supply: "always" }],
		["in 365 lives", { lifetime: DAY, supply: "always" }],
		["in 365 nights of 16 hours", { lifetime: 16 * HOUR, supply: "switched", off: 8 * HOUR }],
		["in lives of an hour", { lifetime: HOUR, supply: "always" }],
		["in lives of eleven minutes", { lifetime: 11 * MINUTE, supply: "always" }],
		["in lives of two minutes", { lifetime: 2 * MINUTE, supply: "always" }, scaled(10, 30) * DAY],
	];
	const ended = all.filter(([, { lifetime }]) => lifetime !== 11 * MINUTE);
	test.each(scaled(ended, all))("%s stays within the budget", (_why, lives, span = YEAR) => {
		const { writes, erases } = flood(span, lives, ASKERS);
		expect(writes).toBeLessThan(KEY_WRITES_A_YEAR);
		expect(erases).toBeLessThan(SECTOR_ERASES_A_YEAR);
		if (lives.lifetime >= 10 * HOUR) {
			expect(writes).toBeGreaterThan(0.85 * KEY_WRITES_A_YEAR);
			expect(erases).toBeGreaterThan(0.85 * SECTOR_ERASES_A_YEAR);
		}
	});
	test.each(ASKERS)("by %s alone stays within the budget", (writeClass) => {
		for (const [, lives] of all.slice(1, scaled(2, 3)))
			expect(flood(YEAR, lives, [writeClass]).writes).toBeLessThan(KEY_WRITES_A_YEAR);
	});
	test("lives that earn nothing have what was saved up and may be borrowed, once", () => {
		const lives = { lifetime: 10_000, supply: "always" } as const;
		expect(flood(DAY, lives, ASKERS).writes).toBe(WRITES_SAVED - WRITE_RESERVE.urgentOrder);
	});
});

describe("who may write", () => {
	/** So many asks in a row of one who finds everything saved up, and of all keys so many are left. */
	const alone: [asker: WriteClass, asks: number, left: number][] = [
		["urgentOrder", 22, -20],
		["action", 24, 0],
		["time", 21, 3],
		["doubt", 19, 5],
		["order", 8, 8],
		["sample", 14, 10],
		["counters", 12, 12],
		["seal", 4, 20],
		["sealSwitched", 10, 14],
	];
	test.each(alone)("%s: %i times in a row, which leaves %i", (writeClass, asks, left) => {
		const budget = new FlashBudget(NO_FLASH, 0);
		let count = 0;
		for (; budget.hasCredit(writeClass, 0, KEYS[writeClass]); count += 1)
			for (let key = 0; key < KEYS[writeClass]; key += 1) budget.writes();
		expect([count, WRITES_SAVED - budget.keyWrites]).toEqual([asks, left]);
	});
	test.each([
		[true, 4],
		[false, 1],
	])("erases in a row at the boot, for safety %s: %i", (isSafety, count) => {
		const budget = new FlashBudget(NO_FLASH, 0);
		let erases = 0;
		for (; budget.mayErase(0, isSafety); erases += 1) budget.erases();
		expect(erases).toBe(count);
	});
	test("nobody is starved by those below, whatever these do in a month", () => {
		for (const [rank, writeClass] of ASKERS.entries()) {
			const below = ASKERS.slice(rank + 1);
			for (const supply of ["always", "switched"] as const)
				flood(30 * DAY, { lifetime: 30 * DAY, supply }, below, (budget, now) => {
					if (!budget.hasCredit(writeClass, now, KEYS[writeClass]))
						throw new Error(`${writeClass} at ${now}`);
				});
		}
	});
	test("nobody spends what is left to others, in any order of asking (seed 12)", () => {
		const ask = fc.record({ asker: fc.constantFrom(...ASKERS), after: fc.nat(2 * HOUR) });
		fc.assert(
			fc.property(fc.array(ask, { maxLength: 200 }), (asks) => {
				const budget = new FlashBudget(NO_FLASH, 0);
				let now = 0;
				for (const { asker: writeClass, after } of asks) {
					now += after;
					budget.earn(now);
					const keys = KEYS[writeClass];
					if (!budget.hasCredit(writeClass, now, keys)) continue;
					for (let key = 0; key < keys; key += 1) budget.writes();
					const left = WRITES_SAVED - budget.tally.spentOnWrites / WRITE_COST;
					assert.ok(left >= WRITE_RESERVE[writeClass]);
				}
			}),
			{ seed: 12 },
		);
	});
});

test("a year of a restart each 10 s is 3,155,760 marks and not 500 erases", () => {
	const flash = new FakeFlash(16);
	const part = scaled(400, 100); // of a year
	for (let life = 0; life < YEAR / 10_000 / part; life += 1)
		new FlashBudget(flash, 0).tally.mark(LIFE);
	expect(new FlashBudget(flash, 0).tally.lives).toBe(Math.ceil(YEAR / 10_000 / part));
	expect(part * (flash.erases - 1)).toBeLessThan(500);
});

test("credit comes back when it is said to, and not before (seed 11)", () => {
	const writeClass = fc.constantFrom(...ASKERS);
	fc.assert(
		fc.property(fc.nat(60), fc.nat(1e9), writeClass, fc.nat(4), (writes, now, who, keys) => {
			const budget = new FlashBudget(NO_FLASH, 0);
			for (let write = 0; write < writes; write += 1) budget.writes();
			const creditAt = budget.creditAt(who, keys);
			assert.equal(creditAt % STEP, 0);
			assert.equal(budget.hasCredit(who, now, keys), now >= creditAt);
			const isFree = writes + keys + WRITE_RESERVE[who] <= WRITES_SAVED;
			assert.equal(creditAt === 0, isFree);
		}),
		{ seed: 11 },
	);
});
