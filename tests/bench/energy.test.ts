/** The energy bench's own arithmetic: classes by volume, and who is owed light. */
import { expect, test } from "@jest/globals";
import {
	classOf,
	designVolume,
	type Hour,
	hourlyProgram,
	levelOf,
} from "../../bench/energy/classes.js";
import { sampleRows } from "../../bench/energy/sample.js";
import { linesOf, plus } from "../../bench/energy/table.js";
import { Debt, DUSK } from "../../sim/checks/debt.js";

const FULL_DUTY = 4095;
const DARK = 10_000_000;

test.each([
	["half of the busiest hour is the full class", 50, "P3"],
	["less than half is one class less", 49, "P4"],
	["a quarter still is", 25, "P4"],
	["less than a quarter is two less", 24, "P5"],
	["a street that is nearly empty has no less", 12, "P5"],
	["nor has one that is empty", 0, "P5"],
])("%s", (_sentence, count, name) => {
	expect(classOf(count, 100)).toBe(name);
});

test.each([
	["P3", 100],
	["P4", 67],
	["P5", 40],
	["P6", 27],
] as const)("%s is %i %% where the luminaires give P3 at full", (name, level) => {
	expect(levelOf(name)).toBe(level);
});

test("the busiest hour is that of an average day, not of the busiest", () => {
	const hours: Hour[] = [
		{ utc: 0, clock: 8, count: 100 },
		{ utc: 1, clock: 9, count: 300 },
		{ utc: 2, clock: 8, count: 200 },
		{ utc: 3, clock: 9, count: 20 },
	];
	expect(designVolume(hours)).toBe(160);
});

test("a night's program has a point where the class changes, and only there", () => {
	const night = [120, 60, 40, 30, 5, 5, 60].map((count, index) => ({
		utc: index,
		clock: (21 + index) % 24,
		count,
	}));
	expect(hourlyProgram(night, 100)).toBe("21:00 100; 23:00 67; 01:00 40; 03:00 100");
});

/** One lamp, dark from DARK on. */
function dark(): Debt {
	const debt = new Debt(1, { level: 100, onLevel: 35 });
	debt.onDaylight(0, 500);
	debt.onDaylight(DARK - DUSK, 34);
	return debt;
}

const share = (percent: number) => Math.round((FULL_DUTY * percent) / 100);

test.each<[string, (debt: Debt) => void, number, number, number]>([
	["nobody there: nothing is owed", () => {}, 0, 0, 0],
	["two people at 40 % for 10 s are owed 20 person-seconds", (debt) => two(debt, 40), 20, 20, 12],
	["at the level owed nothing is owed", (debt) => two(debt, 100), 20, 0, 0],
	["half a step of the dimming curve is none less", (debt) => two(debt, 99), 20, 0, 0],
])("%s", (_sentence, act, persons, owed, missing) => {
	const debt = dark();
	act(debt);
	debt.finish(DARK + 60_000);
	expect(debt.personMs / 1000).toBeCloseTo(persons, 6);
	expect(debt.owedMs / 1000).toBeCloseTo(owed, 6);
	expect(debt.missingMs / 1000).toBeCloseTo(missing, 1);
});

function two(debt: Debt, percent: number): void {
	debt.onDuty(DARK, 0, share(percent), share(percent), DARK);
	debt.onEnter(DARK + 1000, 0);
	debt.onEnter(DARK + 1000, 0);
	debt.onLeave(DARK + 11_000, 0);
	debt.onLeave(DARK + 11_000, 0);
}

test("light that comes while someone is there ends the debt, and its end begins it", () => {
	const debt = dark();
	debt.onEnter(DARK, 0);
	debt.onDuty(DARK + 1000, 0, FULL_DUTY, FULL_DUTY, DARK + 1000);
	debt.onEnd(DARK + 5000, 0);
	debt.onLeave(DARK + 7000, 0);
	expect([debt.personMs, debt.owedMs]).toEqual([7000, 3000]);
});

test.each<[what: string, from: number, to: number, owed: number, missing: number]>([
	["a rise: owed until it is nearly there", 0, 100, 9.795, 9.795 * (1 - 0.9795 / 2)],
	["a fall: owed from a little below", 100, 0, 9.795, 9.795 * (1 - 0.9795 / 2)],
	["a rise that stays below: all of it", 20, 60, 10, 6],
	["a move above it: nothing", 98, 99, 0, 0],
])("ten seconds of a fade, %s", (_what, from, to, owed, missing) => {
	const debt = dark();
	debt.onDuty(DARK, 0, share(from), share(to), DARK + 10_000);
	debt.onEnter(DARK, 0);
	debt.onLeave(DARK + 10_000, 0);
	expect(debt.personMs).toBe(10_000);
	expect(debt.owedMs / 1000).toBeCloseTo(owed, 2);
	expect(debt.missingMs / 1000).toBeCloseTo(missing, 2);
});

test("behind a fade its last light counts, though no event says that it ended", () => {
	const debt = dark();
	debt.onDuty(DARK, 0, FULL_DUTY, 0, DARK + 1000);
	debt.onEnter(DARK + 500, 0);
	debt.finish(DARK + 5000);
	expect([debt.personMs, debt.owedMs]).toEqual([4500, 4500]);
});

test("by day, and while dusk is still in doubt, nothing is owed", () => {
	const debt = dark();
	debt.onEnter(1000, 0);
	debt.onLeave(DARK + 2000, 0);
	debt.onEnter(DARK + 3000, 0);
	debt.onDaylight(DARK + 4000, 36);
	debt.onLeave(DARK + 9000, 0);
	expect(debt.personMs).toBe(3000);
});

test("the table measures all by the first", () => {
	const cost = { energy_kWh: 40, person_s: 8, below_s: 0, passed: 30, unlit: 0, unlit_h: 0 };
	const other = { ...cost, energy_kWh: 10, below_s: 2, missing_s: 1, unlit: 3, unlit_h: 35 };
	const lines = [
		...linesOf(
			new Map([
				["full", cost],
				["other", plus(cost, other)],
			] as const),
		),
	];
	expect(lines[2]).toBe("| full | 40.00 | 100.0 % | 0 of 8 | 0.0 % | - | 0 of 30 | 0.0 |");
	expect(lines[3]).toBe("| other | 50.00 | 125.0 % | 2 of 16 | 12.5 % | 6.3 % | 3 of 60 | 35.0 |");
});

test("the made-up week has a row for each hour, busy by day, and is the same from its seed", () => {
	const rows = sampleRows("2025-11-03", 8, 7).trimEnd().split("\n").slice(1);
	expect(rows.length).toBe(8 * 24);
	const vehicles = rows.map((row) => Number(row.split(",")[2]));
	expect(vehicles.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
	expect(vehicles[17]!).toBeGreaterThan(10 * vehicles[3]!);
	expect(sampleRows("2025-11-03", 8, 7)).toBe(sampleRows("2025-11-03", 8, 7));
	expect(sampleRows("2025-11-03", 8, 8)).not.toBe(sampleRows("2025-11-03", 8, 7));
});
