/** Base 64: as Buffer writes it, in one form alone, and in the lines of a PEM. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeBase64 } from "../src/base64.js";

const MOST = 176;
const bytes = fc.uint8Array({ maxLength: MOST });

describe("a whole text", () => {
	test("is read as Buffer writes it", () => {
		fc.assert(
			fc.property(bytes, (given) => {
				const text = Buffer.from(given).toString("base64");
				expect(decodeBase64(text, MOST)).toEqual(new Uint8Array(given));
			}),
		);
	});
	test("is taken in its canonical form alone", () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(..."AQgwB+/=-_ \n\u00e9") }), (text) => {
				const read = decodeBase64(text, MOST);
				if (read) expect(Buffer.from(read).toString("base64")).toBe(text);
			}),
		);
	});
	test.each([
		["AQ"],
		["AR=="],
		["AQJ="],
		["A==="],
		["===="],
		["AQ==AQ=="],
		["A_-="],
		["AQI=\n"],
		["AQ I="],
		// beside the ranges of the alphabet
		...[..."@[`{:*,.-"].map((character) => [`AAA${character}`]),
	])("%j is none", (text) => {
		expect(decodeBase64(text, MOST)).toBeUndefined();
	});
	test("no more bytes than are wanted", () => {
		expect(decodeBase64("AAECAw==", 4)).toHaveLength(4);
		expect(decodeBase64("AAECAw==", 3)).toBeUndefined();
		expect(decodeBase64("", 0)).toEqual(new Uint8Array(0));
	});
});

describe("a stretch with white space", () => {
	const spaces = fc.string({ unit: fc.constantFrom(..." \t\r\n"), maxLength: 2 });
	test("is read as without it, whatever stands around it", () => {
		fc.assert(
			fc.property(bytes, fc.array(spaces), fc.string(), fc.string(), (given, gaps, head, tail) => {
				const digits = [...Buffer.from(given).toString("base64")];
				const body = digits.map((digit, index) => digit + (gaps[index] ?? "")).join("");
				const [from, to] = [head.length, head.length + body.length];
				const read = decodeBase64(head + body + tail, to - from, { from, to, isSpaced: true });
				expect(read).toEqual(new Uint8Array(given));
				expect(read!.buffer.byteLength).toBe(given.length); // nothing else goes with it
			}),
		);
	});
	test.each([["AQ I"], ["AR = ="], ["A\u00a0QI="], ["AQI=\nAQI="], ["A Q I - "]])(
		"%j is none",
		(text) => {
			const all = { from: 0, to: text.length, isSpaced: true };
			expect(decodeBase64(text, MOST, all)).toBeUndefined();
		},
	);
});
