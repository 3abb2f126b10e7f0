/** Rates: a price typed with either decimal sign is one price; a dear one is asked about. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { isDoubtful, numberIn, textOf } from "../../../sim/page/client/show/rates.js";

test.each([
	["0,32", 0.32],
	["0.32", 0.32],
	[" ,32 ", 0.32],
	["32", 32],
	["0,", 0],
	["", undefined],
	[",", undefined],
	["1.234,5", undefined],
	["-1", undefined],
	["1e3", undefined],
	["0.32 €", undefined],
	["12345678", undefined],
])("%j is %p", (text, value) => {
	expect(numberIn(text)).toBe(value);
});

test("a number is read as it was written, in both languages (property)", () => {
	const cents = fc.integer({ min: 0, max: 99_999_999 }).map((one) => one / 100);
	fc.assert(
		fc.property(cents, fc.constantFrom("en" as const, "fr" as const), (value, language) => {
			expect(numberIn(textOf(value, language))).toBe(value);
		}),
	);
});

test.each([
	[undefined, undefined, false],
	[0.32, undefined, false],
	[2, undefined, false],
	[2.01, undefined, true],
	[32, undefined, true],
	[32, 32, false],
	[33, 32, true],
])("%p €, %p € confirmed: asked about %p", (price, confirmed, isAsked) => {
	expect(isDoubtful({ price, grams: undefined }, confirmed)).toBe(isAsked);
});
