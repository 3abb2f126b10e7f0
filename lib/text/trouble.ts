/**
 * Trouble: an error that the person at the keyboard can remedy.
 */
import { type Language, type Text, verbatim } from "./bilingual.js";

export class Trouble extends Error {
	readonly text: Text;

	/** A text without a translation is the same in both languages. */
	constructor(text: Text | string) {
		const both = typeof text === "string" ? verbatim(text) : text;
		super(both.en);
		this.text = both;
	}
}

/** The message of any error; a trouble's in that language. */
function messageOf(error: unknown, language: Language): string {
	return error instanceof Trouble ? error.text[language] : (error as Error).message;
}

/** The lines of an error, each behind the name of its program. */
export function errorLines(program: string, error: unknown, language: Language): string[] {
	const colon = language === "fr" ? " :" : ":";
	return messageOf(error, language)
		.split("\n")
		.map((line) => `${program}${colon} ${line}`);
}
