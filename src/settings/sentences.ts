/**
 * Sentences: texts for people in flash, shortened by the parts that occur often.
 *
 * A code stands for a part (parts.ts), which may contain codes itself. Texts are shortened at load, so
 * the sources contain them as they are read.
 */
import { PARTS } from "./parts.js";

/** One sentence in English, one in French. */
export type Words = readonly [en: string, fr: string];

const ROWS = PARTS.split("\n").slice(1, -1);

/** A text for flash; at load. */
export function packed(text: string): string {
	let short = text;
	for (const row of ROWS) {
		const part = row.slice(1);
		if (short.includes(part)) short = short.split(part).join(row.charAt(0));
	}
	return short;
}

/** Both sentences as one text, which takes one slot of flash. */
export const both = ([en, fr]: Words): string => packed(`${en}\n${fr}`);

/** One of both sentences. */
export function sentenceOf(sentences: string, language: "en" | "fr"): string {
	const end = sentences.indexOf("\n");
	return unpacked(language === "fr" ? sentences.slice(end + 1) : sentences.slice(0, end));
}

/** The text as it was. */
export function unpacked(text: string): string {
	let made = "";
	let from = 0; // of what is copied as it is
	for (let at = 0; at < text.length; at += 1) {
		if (!isCode(text.charCodeAt(at))) continue;
		made += text.slice(from, at) + unpacked(partOf(text.charAt(at)));
		from = at + 1;
	}
	return from === 0 ? text : made + text.slice(from);
}

/** Control characters, of one byte or two, that no text contains, and letters that neither language has. */
export const isCode = (code: number): boolean =>
	(code < 32 && code !== 10) || (code >= 128 && code < 160) || (code >= 384 && code < 640);

function partOf(code: string): string {
	const start = PARTS.indexOf(`\n${code}`) + 2;
	return PARTS.slice(start, PARTS.indexOf("\n", start));
}
