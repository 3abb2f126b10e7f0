/** Prices, emissions and ranges of the options: worked out by hand; bounds that hold for all inputs. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { carbonOf, readEmission, readPrice } from "../../../lib/lightingoptions/money.js";
import {
	decimalsOf,
	rangeOf,
	savingOf,
	spreadOf,
	threeDigits,
} from "../../../lib/lightingoptions/range.js";

describe("an input is read with its date or not at all", () => {
	test.each([
		["0,32@2026-11", { low: 0.32, high: 0.32, dated: "2026-11" }],
		["60..90@2026-05-31", { low: 60, high: 90, dated: "2026-05-31" }],
		[" 1.5 .. 2,5 @ 2026-05 ", { low: 1.5, high: 2.5, dated: "2026-05" }],
		["0.32", undefined],
		["0.32@soon", undefined],
		["90..60@2026-05", undefined],
		["-1@2026-05", undefined],
		["1e9@2026-05", undefined],
		["1.2.3@2026-05", undefined],
	])("%s", (text, wanted) => {
		expect(readPrice(text)).toEqual(wanted);
	});
	test.each([
		["275@2023,ORES", { g_kWh: 275, year: "2023", source: "ORES" }],
		["275@2023", undefined],
		["275,ORES", undefined],
	])("%s of CO2", (text, wanted) => {
		expect(readEmission(text)).toEqual(wanted);
	});
});

test("CO2 by its factor", () => {
	expect(carbonOf({ low: 40, high: 80 }, { g_kWh: 250, year: "2023", source: "" })).toEqual({
		low: 10,
		high: 20,
	});
});

describe("ranges", () => {
	test("independent sources add as squares, on either side", () => {
		const { low, high } = rangeOf(100, { power: [3, 3], traffic: [0, 4], model: [4, 0] });
		expect([low, high]).toEqual([95, 105]);
	});
	test("the power of the same lamps moves both sides of a saving alike", () => {
		const of = (mid: number) => rangeOf(mid, { power: spreadOf(mid, 0.9 * mid, 1.1 * mid) });
		const { low, mid, high } = savingOf(of(150), of(70));
		expect([low, mid, high].map(Math.round)).toEqual([72, 80, 88]);
	});
	const amount = fc.double({ min: 0.01, max: 1000, noNaN: true });
	test("a saving lies between the worst and the best of both (property)", () => {
		const spread = fc.tuple(amount, amount);
		const range = fc
			.tuple(amount, spread, fc.double({ min: 0, max: 0.5, noNaN: true }))
			.map(([mid, model, share]) =>
				rangeOf(mid, { power: [share * mid, share * mid], model, traffic: [0, 0] }),
			);
		fc.assert(
			fc.property(range, range, (from, to) => {
				const { low, mid, high } = savingOf(from, to);
				expect(low).toBeLessThanOrEqual(mid);
				expect(high).toBeGreaterThanOrEqual(mid);
				expect(mid).toBeCloseTo(from.mid - to.mid, 9);
			}),
			{ numRuns: 200 },
		);
	});
	test.each([
		[0.283331, 0.283, 3],
		[85.881963, 85.9, 1],
		[1.277851, 1.28, 2],
		[6249, 6250, 0],
		[0, 0, 0],
		[99.96, 100, 0],
	])("%p is written as %p with %i decimals", (value, shown, decimals) => {
		expect([threeDigits(value), decimalsOf(value)]).toEqual([shown, decimals]);
	});
});
