/** Description: a resident's text without addresses of e-mail and numbers of telephones. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { withoutPersons } from "../../city/citizens/description.js";

describe("a description", () => {
	const cases: [text: string, kept: string][] = [
		["Out since Monday.", "Out since Monday."],
		["Write to jean.dupont+lampe@exemple.be.", "Write to [...]"],
		["<a@b.be>, merci", "<[...]>, merci"],
		['"jean dupont"@exemple.be', "[...]"],
		["a@[192.0.2.1] or é.à@例え.jp", "[...] or [...]"],
		["Call 0470 12 34 56 or +32 (0)4 221 34 56", "Call [...] or [...]"],
		["04/221.34.56", "[...]"],
		["tél0470123456 n° 0032470123456789012345", "tél[...] n° [...]"],
		["٠٤٧٠١٢٣٤٥٦", "[...]"],
		[
			"lamps 12 and 13 in 4000 Liège, since 24.11.2026 at 21:04",
			"lamps 12 and 13 in 4000 Liège, since 24.11.2026 at 21:04",
		],
		["a\u0000b \ud83d", "ab \ufffd"],
	];
	test.each(cases)("%.40j", (text, kept) => expect(withoutPersons(text)).toBe(kept));

	const wording = fc.string({ unit: "grapheme", maxLength: 30 });
	const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 18 });
	const telephone = fc
		.tuple(digits, fc.constantFrom("", " ", ".", "-", "/", "  ", "\u00a0", ") ", " - "))
		.chain(([all, mark]) =>
			fc
				.array(fc.boolean(), { minLength: all.length, maxLength: all.length })
				.map((marks) => all.map((digit, n) => `${marks[n] && n > 0 ? mark : ""}${digit}`).join("")),
		);
	test("no address and no number is left, wherever it stands", () => {
		fc.assert(
			fc.property(
				wording,
				fc.emailAddress(),
				wording,
				telephone,
				wording,
				(a, mail, b, number, c) => {
					for (const text of [
						`${a}${mail} ${b} ${number}${c}`,
						`${a} ${number} ${b}${mail} ${c}`,
					]) {
						const left = withoutPersons(text);
						expect(left).not.toMatch(/[@＠]/);
						// an independent reading: marks between digits are nothing
						expect(left.replace(/[\s.\-/()]/g, "")).not.toContain(number.replace(/\D/g, ""));
						expect(left.replace(/(?<=\d)[\s.\-/()]{0,3}(?=\d)/g, "")).not.toMatch(/\d{9}/);
					}
				},
			),
			{ numRuns: 200 },
		);
	});
	test("a text is cut to 4,000 characters, and one without either stays as it is", () => {
		fc.assert(
			fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
				const plain = text.replaceAll("\u0000", "").replace(/[@＠\p{Nd}]/gu, "x");
				expect(withoutPersons(plain)).toBe(plain);
				expect(withoutPersons("a@b ".repeat(1_000) + text).length).toBeLessThanOrEqual(4_000);
			}),
		);
	});
});
