/** Inputs: prices as people type them, with their months; a dear one is asked about. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { rangeOf } from "../../../lib/lightingoptions/range.js";
import type { OptionYear } from "../../../lib/lightingoptions/year.js";
import { leastOf, verdictOf } from "../../../sim/page/client/decide/compared.js";
import {
	emissionText,
	type Inputs,
	isAmount,
	isAsked,
	lampsOf,
	pricesOf,
	readInputs,
} from "../../../sim/page/client/decide/inputs.js";
import { decisionCommand, decisionPath } from "../../../sim/page/client/decide/reportlink.js";

const NONE = readInputs(); // no browser here: nothing was kept
const priced = (amount: string, dated = "2026-11", confirmed = ""): Inputs => ({
	...NONE,
	confirmed,
	prices: { price: { amount, dated } },
});

test.each([
	["0,32", 0.32, 0.32],
	["0.32", 0.32, 0.32],
	[" ,32 ", 0.32, 0.32],
	["0,", 0, 0],
	["0,28-0,34", 0.28, 0.34],
	["0.28 – 0.34", 0.28, 0.34],
	["0,28 à 0,34", 0.28, 0.34],
	["0.28 to 0.34", 0.28, 0.34],
	["0.28..0.34", 0.28, 0.34],
])("%j is %p to %p", (text, low, high) => {
	expect(isAmount(text)).toBe(true);
	expect(pricesOf(priced(text)).price).toEqual({ low, high, dated: "2026-11" });
});

test.each(["", ",", "1.234,5", "-1", "1e3", "0.32 €", "0.34-0.28", "three"])(
	"%j is none",
	(text) => {
		expect(isAmount(text)).toBe(false);
		expect(pricesOf(priced(text))).toEqual({});
	},
);

test("a price without its month is none", () => {
	expect(pricesOf(priced("0.32", ""))).toEqual({});
});

test("comma and point are one price (property)", () => {
	const cents = fc
		.integer({ min: 1, max: 9_999_999 })
		.map((centCount) => (centCount / 100).toFixed(2));
	fc.assert(
		fc.property(cents, (text) => {
			const confirmed = priced(text, "2026-11", text);
			const comma = text.replace(".", ",");
			expect(pricesOf(priced(comma, "2026-11", comma))).toEqual(pricesOf(confirmed));
			expect(pricesOf(confirmed).price!.low).toBe(Number(text));
		}),
	);
});

test.each([
	["0.32", "", false],
	["2", "", false],
	["2,01", "", true],
	["32", "", true],
	["0.3-32", "", true],
	["32", "32", false],
	["33", "32", true],
])("%s €, %j confirmed: asked about %p, and no price meanwhile", (amount, confirmed, asked) => {
	const inputs = priced(amount, "2026-11", confirmed);
	expect(isAsked(inputs)).toBe(asked);
	expect(pricesOf(inputs).price === undefined).toBe(asked);
});

test.each([
	["1200", 1_200],
	["", undefined],
	["0", undefined],
	["12.5", undefined],
])("%j lamps are %p", (lamps, count) => {
	expect(lampsOf({ ...NONE, lamps })).toBe(count);
});

describe("the report's address", () => {
	test("has what was given, and nothing else", () => {
		const node = { amount: "60-90", dated: "2026-05" };
		const maintenance = { amount: "many", dated: "2026-05" };
		const inputs: Inputs = {
			...priced("0,32"),
			prices: { price: { amount: "0,32", dated: "2026-11" }, node, maintenance },
			grams: "118",
			year: "2024",
			source: "Ember",
			today: "off",
			lamps: "2400",
			vat: "with",
		};
		expect(emissionText(inputs)).toBe("118@2024,Ember");
		expect(decodeURIComponent(decisionPath(inputs, "fr"))).toBe(
			"/decision?lang=fr&from=off&price=0.32@2026-11&node=60..90@2026-05&count=2400&vat=with&co2=118@2024,Ember",
		);
	});
	test("the command has the same inputs, and the street of the run", () => {
		const run = "npm run sim -- --headless --lamps 12 --seed 7";
		expect(decisionCommand({ ...priced("0,32"), today: "profile" }, run)).toBe(
			"npx luminode report --decision --from profile --price 0.32@2026-11 --lamps 12 --seed 7",
		);
	});
	test("is short without inputs; a factor without its source is none", () => {
		expect(decisionPath({ ...NONE, grams: "118", year: "2024" }, "en")).toBe(
			"/decision?lang=en&from=full",
		);
	});
});

describe("the least energy", () => {
	const option = (name: OptionYear["name"], mid: number, up: number): OptionYear => ({
		name,
		energy_kWh: rangeOf(mid, { model: [up, up] }),
		passages: 0,
		dark_h: 4_000,
		unlit_h: 0,
		unlit: rangeOf(0, {}),
		below: 0,
	});
	const options = [
		option("sodium", 10, 1),
		option("full", 155, 10),
		option("off", 75, 10),
		option("presence", 70, 5),
	];
	test("is of an LED, and a difference within the ranges is none", () => {
		const found = leastOf(options)!;
		expect(found.least.name).toBe("presence");
		expect(found.ties.map(({ name }) => name)).toEqual(["off"]);
	});
	test.each([
		["presence", "full", 1],
		["full", "presence", -1],
		["presence", "off", 0],
	])("%s against %s: %d", (optionName, other, verdict) => {
		const of = (name: string) => options.find((each) => each.name === name)!;
		expect(verdictOf(of(optionName), of(other))).toBe(verdict);
	});
});
