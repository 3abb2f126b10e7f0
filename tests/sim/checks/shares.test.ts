/** Shares: what a check must judge is its mean by street. */
import { describe, expect, test } from "@jest/globals";
import { Shares } from "../../../sim/checks/shares.js";

/** Chances of one street: judged, left. */
type Street = readonly [judged: number, left: number];
const streets = (times: number, ...street: Street) => Array<Street>(times).fill(street);

function of(all: readonly Street[]): Shares {
	const shares = new Shares({ floor: 90 });
	for (const [judged, left] of all)
		shares.note({ floor: { judged, left: left ? { fog: left } : {} } });
	return shares;
}

describe("a check whose bound is 90 %", () => {
	test.each<[string, readonly Street[], boolean]>([
		["nine streets that judge nothing have no bound", streets(9, 0, 1), false],
		["ten of them do", streets(10, 0, 1), true],
		["a hundred streets of 79 %, ten below it", streets(100, 79, 21), true],
		["a hundred streets of 80 %, for which 80 % are enough", streets(100, 80, 20), false],
		["one blind street of 100,000 chances among 99", [[0, 1e5], ...streets(99, 9, 1)], false],
		["one that sees all does not hide the others", [[1e5, 0], ...streets(99, 1, 1)], true],
		["a street without a chance does not count", streets(99, 0, 0), false],
	])("%s", (_what, all, isBlind) => {
		expect([...of(all).missing("with faults")].length).toBe(isBlind ? 1 : 0);
	});
	test("is printed with its mean, its chances and the reasons of the rest", () => {
		const shares = of([[0, 10], ...streets(9, 10, 0)]);
		const line = "judged by floor with faults: mean of 10 streets 90.0 %; 90.0 % of 100 (fog 10)";
		expect([...shares.table("with faults")]).toEqual([line]);
		expect([...of(streets(10, 0, 1)).missing("by day")]).toEqual([
			"judged by floor by day: mean of 10 streets 0.0 %; 0.0 % of 10 (fog 10); 90 % wanted",
		]);
	});
	test("streets without a chance have no line", () => {
		expect([...of(streets(3, 0, 0)).table("by day")]).toEqual([]);
	});
});
