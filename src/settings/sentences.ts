/** Sentences: texts for people in both languages, in flash as one text. */

/** One sentence in English, one in French. */
export type Words = readonly [en: string, fr: string];

/** Both sentences as one text, which takes one slot of flash. */
export const both = ([en, fr]: Words): string => `${en}\n${fr}`;

/** One of both sentences. */
export function sentenceOf(sentences: string, language: "en" | "fr"): string {
	const end = sentences.indexOf("\n");
	return language === "fr" ? sentences.slice(end + 1) : sentences.slice(0, end);
}
