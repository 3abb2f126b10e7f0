/**
 * Texts: the console's answers, in the technician's language.
 */
import type { Language } from "../explain/chaintext.js";
import { ENGLISH } from "./english.js";
import { FRENCH, FRENCH_PHRASES, FRENCH_WORDS } from "./french.js";

type NameOf<Line extends string> = Line extends `${infer Name} ${string}` ? Name : never;
type NamesOf<Text extends string, Names = never> = Text extends `${infer Line}\n${infer Rest}`
	? NamesOf<Rest, Names | NameOf<Line>>
	: Names;
/** The name of a text; both languages have the same ones. */
export type TextName = NamesOf<typeof ENGLISH> & NamesOf<typeof FRENCH>;

/** The compiler prints this sentence for a name without a text. */
type Known<Name extends string> = Name extends TextName
	? Name
	: `${Name}: add a line of this name to src/console/english.ts and french.ts`;

/** A text with its parts inserted. */
export function say<Name extends string>(
	language: Language,
	name: Known<Name>,
	...parts: readonly (string | number)[]
): string {
	return filled(lineOf(language === "fr" ? FRENCH : ENGLISH, name) as string, parts);
}

/** A word of the reports, for people: `wifiNotFound` is `wifi not found`, or as French has it. */
export function wordOf(language: Language, word: string): string {
	const french = language === "fr" ? lineOf(FRENCH_WORDS, word) : undefined;
	if (french !== undefined) return french;
	let text = "";
	for (const letter of word) {
		const lower = letter.toLowerCase();
		text += lower === letter ? letter : ` ${lower}`;
	}
	return text;
}

/** The reason of a refusal, with the remedy where one is known. */
export function because(language: Language, reason: string): string {
	return lineOf(language === "fr" ? FRENCH : ENGLISH, `why.${reason}`) ?? wordOf(language, reason);
}

/** Why a setting is refused, which the rules state in English. */
export function faultText(language: Language, why: string): string {
	if (language !== "fr") return why;
	let text = lineOf(FRENCH_WORDS, why) ?? why;
	for (const row of FRENCH_PHRASES.split("\n")) {
		const bar = row.indexOf("|");
		if (bar > 0) text = text.replace(row.slice(0, bar), () => row.slice(bar + 1));
	}
	return text;
}

/** A number's text, with the language's decimal sign. */
export function numeral(language: Language, text: string): string {
	return language === "fr" ? text.replace(".", ",") : text;
}

/** Not as members of an object: on XS each text from outside would stay as a name. */
function lineOf(table: string, name: string): string | undefined {
	const start = table.indexOf(`\n${name} `);
	if (start < 0) return undefined;
	const from = start + name.length + 2;
	return table.slice(from, table.indexOf("\n", from));
}

/** In one pass, because a part may contain `{0}` or `$`. */
function filled(text: string, parts: readonly (string | number)[]): string {
	let made = "";
	let from = 0;
	for (let at = text.indexOf("{"); at >= 0; at = text.indexOf("{", from)) {
		made += text.slice(from, at) + parts[Number(text.charAt(at + 1))];
		from = at + 3;
	}
	return made + text.slice(from);
}
