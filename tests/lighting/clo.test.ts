/** Constant light output and cleaning: what the text means, and that the light stays the same. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	cleaningShare,
	cloShare,
	type DepreciationPoint,
	isFault,
	MAX_POINTS,
	parseDepreciation,
} from "../../src/lighting/clo.js";
import { evenly } from "../support/evenly.js";

const SEED = 20261124;
const curve = (text: string): readonly DepreciationPoint[] => {
	const parsed = parseDepreciation(text);
	if (isFault(parsed)) throw new Error(parsed.why);
	return parsed;
};

describe("a depreciation curve as people write it", () => {
	test.each([
		["nothing", "  ", []],
		["one point: no change", "0 100", [[0, 100]]],
		[
			"the most hours",
			"0 100; 500000 90",
			[
				[0, 100],
				[500_000, 90],
			],
		],
		[
			"two, with blanks around",
			" 0 100 ; 50000 80",
			[
				[0, 100],
				[50_000, 80],
			],
		],
	])("%s", (_why, text, points) => {
		expect(curve(text).map(({ hours, remaining }) => [hours, remaining])).toEqual(points);
	});
	test.each([
		["a word", "L80B10", 1, /hours and per cent/],
		["a point without light", "0 100; 50000", 2, /hours and per cent/],
		["three numbers", "0 100 5", 1, /hours and per cent/],
		["a fraction", "0 99.5", 1, /hours and per cent/],
		["a sign", "+0 100", 1, /hours and per cent/],
		["a negative hour", "-1 100", 1, /hours and per cent/],
		["seven digits", "0 100; 1000000 90", 2, /hours and per cent/],
		["a beginning later", "100 100", 1, /begin at 0/],
		["hours that stand still", "0 100; 0 90", 2, /hours must rise/],
		["light that comes back", "0 90; 50000 91", 2, /come back/],
		["more than new", "0 101", 1, /40 to 100/],
		["nearly nothing left", "0 100; 50000 39", 2, /40 to 100/],
		["more hours than anyone tested", "0 100; 500001 90", 2, /500000 hours/],
		["an empty point", "0 100;", 2, /hours and per cent/],
		["too many", "0 100;1 99;2 98;3 97;4 96;5 95;6 94", MAX_POINTS + 1, /more than 6/],
	])("%s is refused", (_why, text, where, why) => {
		expect(parseDepreciation(text)).toEqual({ where, why: expect.stringMatching(why) });
	});
});

describe("the driver's share", () => {
	const L80 = curve("0 100; 50000 90; 100000 80");
	test.each([
		["without a curve all of it", [], 1234, 1],
		["new: what the end of the curve leaves", L80, 0, 0.8],
		["half way to the first point", L80, 25_000, 80 / 95],
		["at a point", L80, 50_000, 80 / 90],
		["at the end all of it", L80, 100_000, 1],
		["and beyond", L80, 1e9, 1],
		["hours that cannot be: as at the beginning", L80, -5, 0.8],
		["hours that are no number: all of it", L80, Number.NaN, 1],
	])("%s", (_why, points, hours, share) => {
		expect(cloShare(points, hours)).toBeCloseTo(share, 12);
	});
	test.each([
		["just cleaned", 90, 1000, 0, 0.9],
		["half way", 90, 1000, 500, 0.95],
		["due", 90, 1000, 1000, 1],
		["overdue", 90, 1000, 5000, 1],
		["never, the counter was lost", 90, 1000, -1, 1],
		["a period of nothing", 90, 0, 0, 1],
	])("after cleaning: %s", (_why, factor, period, hours, share) => {
		expect(cleaningShare(factor, period, hours)).toBeCloseTo(share, 12);
	});

	const points = fc
		.uniqueArray(
			fc.tuple(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 40, max: 100 })),
			{
				selector: ([hours]) => hours,
				minLength: 1,
				maxLength: MAX_POINTS - 1,
			},
		)
		.map((list) => {
			const hours = list.map(([h]) => h).sort((a, b) => a - b);
			const left = list.map(([, l]) => l).sort((a, b) => b - a);
			return ["0 100", ...hours.map((h, i) => `${h} ${left[i]}`)].join(";");
		});
	test(`share times what the LEDs have left is constant until the end (seed ${SEED})`, () => {
		const property = (text: string, at: number) => {
			const parsed = curve(text);
			const last = parsed.at(-1)!;
			const hours = at * last.hours;
			const next = parsed.findIndex((point) => point.hours > hours);
			const [from, to] = [parsed[next - 1]!, parsed[next]!];
			const left =
				from.remaining +
				((hours - from.hours) / (to.hours - from.hours)) * (to.remaining - from.remaining);
			const share = cloShare(parsed, hours);
			assert.ok(Math.abs(share * left - last.remaining) < 5e-10);
			assert.ok(share <= 1);
			assert.ok(cloShare(parsed, hours + 1) >= share);
		};
		const way = evenly(0, 0.999);
		fc.assert(fc.property(points, way, property), { seed: SEED, numRuns: 1000 });
	});
});
