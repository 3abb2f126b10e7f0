/** Regions of the picture: they cover all that changed, none lies over another, no edge is blended. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { areaOf, joined, overlap, type Region } from "../../../sim/page/client/scene/regions.js";
import { evenly } from "../../support/evenly.js";

const SIZE = { width: 400, height: 200, ratio: 1 };
const region = (left: number, top: number, right: number, bottom: number): Region => ({
	left,
	top,
	right,
	bottom,
});

describe("joined", () => {
	test.each<[string, Region[], Region[]]>([
		["nothing", [], []],
		["outside", [region(-9, 0, -1, 9), region(401, 0, 410, 9)], []],
		["cut at the edge, wider to whole pixels", [region(-9, 1.2, 5.5, 9)], [region(0, 1, 6, 9)]],
		[
			"two that touch",
			[region(0, 0, 9, 9), region(9, 0, 20, 9)],
			[region(0, 0, 9, 9), region(9, 0, 20, 9)],
		],
		[
			"a third that joins two",
			[region(0, 0, 9, 9), region(20, 0, 30, 9), region(8, 0, 21, 9)],
			[region(0, 0, 30, 9)],
		],
		[
			"one that reaches another only by way of a third",
			[region(0, 0, 100, 10), region(50, 20, 60, 30), region(0, 5, 10, 50)],
			[region(0, 0, 100, 50)],
		],
		["most of the canvas", [region(0, 0, 250, 200)], [region(0, 0, 400, 200)]],
	])("%s", (_what, given, wanted) => {
		expect(joined(given, SIZE)).toEqual(wanted);
	});
	test("each place that changed is in one region and no more (property)", () => {
		const at = (most: number) => evenly(-50, most + 50);
		const span = evenly(0, 70);
		const anyRegion = fc
			.tuple(at(400), at(200), span, span)
			.map(([x, y, wide, tall]) => region(x, y, x + wide, y + tall));
		const ratio = fc.constantFrom(1, 1.25, 1.5, 2);
		const point = fc.tuple(evenly(0, 399.9), evenly(0, 199.9));
		fc.assert(
			fc.property(fc.array(anyRegion, { maxLength: 12 }), ratio, point, (given, ratio, [x, y]) => {
				const found = joined(given, { ...SIZE, ratio });
				const isIn = (all: readonly Region[]) =>
					all.filter((r) => x >= r.left && x < r.right && y >= r.top && y < r.bottom).length;
				expect(isIn(found)).toBeLessThanOrEqual(1);
				if (isIn(given) > 0) expect(isIn(found)).toBe(1);
				for (const { left, top, right, bottom } of found)
					for (const edge of [left, top, right, bottom])
						expect(Math.abs(edge * ratio - Math.round(edge * ratio))).toBeLessThan(1e-6);
				found.forEach((region, n) => {
					expect(found.slice(n + 1).some((other) => overlap(region, other))).toBe(false);
					expect(areaOf(region)).toBeGreaterThan(0);
				});
			}),
			{ seed: 7, numRuns: 200 },
		);
	});
});
