/**
 * Parts: the choice of the parts by which texts for people are shortened in flash.
 *
 * Each step takes the part that saves most: of ten characters at most, coded parts among them, so that
 * long ones grow from short.
 */
import { COMMANDS } from "../../src/console/commands.js";
import { ENGLISH } from "../../src/console/english.js";
import { FRENCH, FRENCH_WORDS } from "../../src/console/french.js";
import { isCode, sentenceOf } from "../../src/settings/sentences.js";
import { SETTINGS } from "../../src/settings/table.js";

const CODES = Array.from({ length: 640 }, (_, code) => code)
	.filter((code) => code > 0 && isCode(code))
	.map((code) => String.fromCharCode(code));
const LONGEST = 10;
const LEAST = 6; // bytes that a part must save
const END = "\n"; // no part contains the end of a text

const sentences = [
	...SETTINGS.flatMap(({ meaning, warning }) => (warning ? [meaning, warning] : [meaning])),
	...COMMANDS.map(({ about }) => about),
].flatMap((text) => [sentenceOf(text, "en"), sentenceOf(text, "fr")]);
const lines = [ENGLISH, FRENCH, FRENCH_WORDS].flatMap((table) =>
	table.split("\n").map((row) => row.slice(row.indexOf(" ") + 1)),
);

function counts(text: string): Map<string, number> {
	const all = new Map<string, number>();
	for (let at = 0; at < text.length; at += 1)
		for (let length = 2; length <= LONGEST && text[at + length - 1] !== END; length += 1) {
			const part = text.slice(at, at + length);
			if (part.length < length || part.includes(END)) break;
			all.set(part, (all.get(part) ?? 0) + 1);
		}
	return all;
}

const savedBy = (part: string, count: number, code: string): number =>
	count * (Buffer.byteLength(part) - Buffer.byteLength(code)) -
	Buffer.byteLength(part + code + END);

/** The part that saves most; of equals the first in the text. Overlapping ones count once. */
function bestIn(text: string, code: string): string | undefined {
	let [best, most] = [undefined as string | undefined, LEAST];
	for (const [part, count] of counts(text)) {
		if (savedBy(part, count, code) <= most) continue;
		const saved = savedBy(part, text.split(part).length - 1, code);
		if (saved > most) [best, most] = [part, saved];
	}
	return best;
}

/** The source of src/settings/parts.ts, and the bytes of all texts without parts and with them. */
export function partsSource(): { source: string; before: number; after: number } {
	let text = [...sentences, ...lines].join(END);
	const before = Buffer.byteLength(text);
	const rows: string[] = [];
	for (const code of CODES) {
		const part = bestIn(text, code);
		if (part === undefined) break;
		text = text.replaceAll(part, code);
		rows.push(code + part);
	}
	return { source: sourceOf(rows), before, after: Buffer.byteLength(text + rows.join(END)) };
}

/** A literal; a character without a shape by its number. */
const literal = (row: string): string =>
	JSON.stringify(row).replace(
		/[\u007f-\u00a0\u0180-\u027f\u202f]/g,
		(each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);

const sourceOf = (rows: readonly string[]): string => `/**
 * Parts: frequent parts of the texts for people, each behind its code (sentences.ts).
 *
 * Written by \`npm run parts\` from those texts. With other texts it still holds; it only saves less.
 */
export const PARTS = \`\\n\${[
${rows.map((row) => `\t${literal(row)},`).join("\n")}
].join("\\n")}\\n\`;
`;
