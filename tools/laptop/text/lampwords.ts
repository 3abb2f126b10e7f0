/**
 * Lamp words: an answer of the lamp in the language of the run, where the console has it in both.
 */

import { type Text, verbatim } from "../../../lib/text/bilingual.js";
import { ENGLISH } from "../../../src/console/english.js";
import { FRENCH, FRENCH_WORDS } from "../../../src/console/french.js";
import { faultText } from "../../../src/console/texts.js";

/** `name text`, a line each. */
function rowsOf(table: string): Map<string, string> {
	const rows = table.split("\n").filter((line) => line.includes(" "));
	return new Map(rows.map((line) => [line.slice(0, line.indexOf(" ")), after(line)]));
}

function after(line: string): string {
	return line.slice(line.indexOf(" ") + 1);
}

const BOTH: readonly Text[] = [
	...pairs(rowsOf(ENGLISH), rowsOf(FRENCH)),
	...[...rowsOf(FRENCH_WORDS)].map(([en, fr]) => ({ en, fr })),
];

function pairs(english: Map<string, string>, french: Map<string, string>): Text[] {
	return [...english].map(([name, en]) => ({ en, fr: french.get(name) ?? en }));
}

/** The answer in both languages; a text that the console does not have is left as it is. */
export function ofLamp(answer: string): Text {
	return BOTH.find(({ en, fr }) => en === answer || fr === answer) ?? verbatim(answer);
}

/** Why the lamp refused, without the words for scripts. */
export function refusalOf(reason: string, answer: string): Text {
	if (reason !== "notDone") return verbatim(`${reason} ${answer}`.trimEnd());
	const cause = answer.replace(/^(?:not done|non effectué) ?: /, "");
	if (cause === "") return { en: "not done", fr: "non effectué" };
	const { en, fr } = ofLamp(cause);
	return { en, fr: faultText("fr", fr) };
}
