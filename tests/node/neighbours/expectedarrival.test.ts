/** Expected arrival: when light for a road user begins and ends, as reports of other poles come in. */
import { describe, expect, test } from "@jest/globals";
import { noteHit, startHits } from "../../../src/neighbours/approach.js";
import { ExpectedArrival } from "../../../src/node/neighbours/expectedarrival.js";
import { DEFAULTS, withValues } from "../../../src/settings/table.js";
import type { Millis } from "../../../src/units.js";

const SETTINGS = withValues(DEFAULTS, { poleSpacing: 30, lightAhead: 8000, autoClear: 45_000 });
const NONE = Infinity;

/** A report at `place` of a movement at `at`, received at `now`; without `now` at once. */
type Report = [place: number, at: Millis, now?: Millis];

/** When light begins, and until when, after all reports. */
function expectedAfter(reports: readonly Report[]): [lightAt: Millis, until: Millis] {
	const hits = startHits();
	const expected = new ExpectedArrival();
	for (const [place, at, now = at] of reports)
		expected.onHit(hits, place, noteHit(hits, place, at), now, SETTINGS);
	return [expected.lightAt, expected.begin()];
}

/** 10 s a pole: here at 30 s, light 8 s before, until half a pole past. */
const WALKER: Report[] = [
	[3, 0],
	[2, 10_000],
];
const IN_TIME: [number, number] = [22_000, 35_000];
/** From the other side, here at 50 s: light from 42 s on, until 45 s after the report at most. */
const FAR: Report[] = [
	[-5, 0],
	[-4, 10_000],
];
const LATER: [number, number] = [42_000, 55_000];

describe("light for one road user", () => {
	const table: [what: string, reports: Report[], expected: [number, number]][] = [
		["one report: no direction", [[2, 10_000]], [NONE, 0]],
		["two: 8 s before the arrival, until half a pole past", WALKER, IN_TIME],
		["from the other side likewise", WALKER.map(([place, at]) => [-place, at]), IN_TIME],
		["from afar: 45 s after the report at most", FAR, LATER],
		[
			"who leaves: none",
			[
				[2, 0],
				[3, 10_000],
			],
			[NONE, 0],
		],
		[
			"here already: none",
			[
				[1, 0],
				[0, 10_000],
			],
			[NONE, 0],
		],
		[
			"less than 8 s away: lit by the report itself",
			[
				[3, 0],
				[2, 4000],
			],
			[NONE, 0],
		],
		[
			"a little more",
			[
				[3, 0],
				[2, 4001],
			],
			[4003, 4001 + 2.5 * 4001],
		],
		[
			"so far away that the light would end as it begins",
			[
				[6, 0],
				[5, 10_600],
			],
			[NONE, 0],
		],
		[
			"a little less",
			[
				[6, 0],
				[5, 10_599],
			],
			[10_599 * 6 - 8000, 10_599 + 45_000],
		],
		[
			"a report so late that they are here: none",
			[
				[2, 0],
				[1, 10_000, 23_000],
			],
			[NONE, 0],
		],
	];
	test.each(table)("%s", (_what, reports, expected) => {
		expect(expectedAfter(reports)).toEqual(expected);
	});
});

test("a report received late: light by the instant of the movement", () => {
	expect(
		expectedAfter([
			[3, 0],
			[2, 10_000, 12_000],
		])[0],
	).toBe(22_000);
});

describe("a further report", () => {
	const table: [what: string, reports: Report[], expected: [number, number]][] = [
		["of the same movement: postponed", [...WALKER, [2, 10_000, 25_000]], [27_000, 37_500]],
		["of another road user who comes later: unchanged", [...WALKER, ...FAR], IN_TIME],
		["of another who comes earlier: theirs", [...FAR, ...WALKER], IN_TIME],
		[
			"again, of one who comes later: unchanged",
			[...FAR, ...WALKER, [-4, 10_000, 11_000]],
			IN_TIME,
		],
		[
			"of a second one at the same place, who comes later: unchanged",
			[...WALKER, [3, 10_500], [2, 18_000]],
			IN_TIME,
		],
		[
			"of one who is here before light could begin: unchanged",
			[...WALKER, [-1, 10_000], [0, 12_000]],
			IN_TIME,
		],
	];
	test.each(table)("%s", (_what, reports, expected) => {
		expect(expectedAfter(reports)).toEqual(expected);
	});
	test("after the light began: expected anew", () => {
		const hits = startHits();
		const expected = new ExpectedArrival();
		const take = (reports: readonly Report[]) => {
			for (const [place, at] of reports)
				expected.onHit(hits, place, noteHit(hits, place, at), at, SETTINGS);
			return expected.lightAt;
		};
		expect(take(WALKER)).toBe(22_000);
		expect([expected.begin(), expected.lightAt]).toEqual([35_000, NONE]);
		expect(take(FAR.map(([place, at]) => [place, at + 30_000]))).toBe(72_000);
	});
});
