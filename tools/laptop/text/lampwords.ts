/**
 * Lamp words: an answer of the lamp in the language of the run, where the console has it in both.
 */

import { type Text, verbatim } from "../../../lib/text/bilingual.js";
import { ENGLISH } from "../../../src/console/english.js";
import { FRENCH, FRENCH_WORDS } from "../../../src/console/french.js";
import { faultText, wordOf } from "../../../src/console/texts.js";

/** `name text`, a line each. */
function rowsOf(table: string): Map<string, string> {
	const rows = table.split("\n").filter((line) => line.includes(" "));
	return new Map(rows.map((line) => [line.slice(0, line.indexOf(" ")), after(line)]));
}

function after(line: string): string {
	return line.slice(line.indexOf(" ") + 1);
}

const WORDED = pairs(rowsOf(ENGLISH), rowsOf(FRENCH));
const BOTH: readonly Text[] = [
	...WORDED.values(),
	...[...rowsOf(FRENCH_WORDS)].map(([word, fr]) => ({ en: wordOf("en", word), fr })),
];

function pairs(english: Map<string, string>, french: Map<string, string>): Map<string, Text> {
	return new Map([...english].map(([name, en]) => [name, { en, fr: french.get(name) ?? en }]));
}

/** The answer in both languages; a text that the console does not have is left as it is. */
export function ofLamp(answer: string): Text {
	return BOTH.find(({ en, fr }) => en === answer || fr === answer) ?? verbatim(answer);
}

/** Why the lamp refused, as the console words it for people; `reason`: its word for scripts. */
export function refusalOf(reason: string, answer: string): Text {
	const cause = answer.replace(/^(?:not done|non effectué|rejected|refusé)(?: ?: |$)/, "");
	if (reason === "notDone" && cause === "") return { en: "not done", fr: "non effectué" };
	const known = WORDED.get(`why.${reason}`) ?? WORDED.get(reason);
	if (known && (cause === "" || /^\d+$/.test(cause)))
		return { en: known.en.replace("{0}", cause), fr: known.fr.replace("{0}", cause) };
	if (cause === "") return { en: wordOf("en", reason), fr: wordOf("fr", reason) };
	const [, sentence = cause, field = ""] = /^(.*?)( \(\w+\))?$/.exec(cause) ?? [];
	const { en, fr } = ofLamp(sentence);
	return { en: `${en}${field}`, fr: `${faultText("fr", fr)}${field}` };
}
