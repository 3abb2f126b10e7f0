/** Sentences: texts for people come out of flash as they were written. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ENGLISH } from "../../src/console/english.js";
import { FRENCH, FRENCH_WORDS } from "../../src/console/french.js";
import { PARTS } from "../../src/settings/parts.js";
import { both, isCode, packed, sentenceOf, unpacked } from "../../src/settings/sentences.js";

const CASES: [what: string, text: string][] = [
	["the empty text", ""],
	["no part of it is frequent", "Zz0Qq"],
	["one that is all parts", "the the the"],
	["accents and fixed spaces", "Réglé à l’heure d’été\u202f: 10\u00a0%, œuvre"],
	["places for values", "{0} of {1}: {0}"],
	["signs that a pattern would take for its own", "$& $1 ^.*[a-z]+\\d(?:x|y)"],
	["two lines", "one line\nthe other line"],
];
const isWithoutCodes = (text: string) => ![...text].some((each) => isCode(each.charCodeAt(0)));
const rows = PARTS.split("\n").slice(1, -1);

describe("a text in flash", () => {
	test.each(CASES)("%s", (_what, text) => expect(unpacked(packed(text))).toBe(text));

	test("any text without codes, also where its end begins a part", () => {
		const part = fc.constantFrom(...rows.map((row) => unpacked(row)), "\n", "é", "z");
		const text = fc.oneof(
			fc.array(part, { maxLength: 12 }).map((parts) => parts.join("")),
			fc.string({ unit: "binary", maxLength: 40 }).filter(isWithoutCodes),
		);
		fc.assert(fc.property(text, (each) => unpacked(packed(each)) === each));
	});

	test("both sentences of a row, each by its language", () => {
		const text = both(["Whether it is fitted.", "S'il est monté."]);
		expect([sentenceOf(text, "en"), sentenceOf(text, "fr")]).toEqual([
			"Whether it is fitted.",
			"S'il est monté.",
		]);
	});

	test("the console's texts contain no code and become three tenths shorter", () => {
		const text = ENGLISH + FRENCH + FRENCH_WORDS;
		expect(isWithoutCodes(text)).toBe(true);
		expect(Buffer.byteLength(packed(text)) / Buffer.byteLength(text)).toBeLessThan(0.7);
	});

	test("each code stands for one part, which is no part of itself", () => {
		const codes = rows.map((row) => row[0]!);
		expect(new Set(codes).size).toBe(codes.length);
		expect(codes.every((code) => isCode(code.charCodeAt(0)))).toBe(true);
		for (const [nth, row] of rows.entries())
			expect([...row.slice(1)].every((each) => !codes.slice(nth).includes(each))).toBe(true);
	});
});
