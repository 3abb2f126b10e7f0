/**
 * Help: values and meaning of a setting, for the technician at the console.
 */
import type { Alphabet, Kind, ValidatedKind } from "./kinds.js";
import { printNumber } from "./section.js";
import { sentenceOf, type Words } from "./sentences.js";
import { type Setting, toInside } from "./table.js";

export type Language = "en" | "fr";

const NOUNS: Readonly<Record<ValidatedKind["type"], Words>> = Object.freeze({
	program: Object.freeze(["program", "programme"] as const),
	namedProgram: Object.freeze(["NAME: program or empty", "NOM: programme ou vide"] as const),
	calendar: Object.freeze(["calendar", "calendrier"] as const),
	holidays: Object.freeze(["list of days", "liste de jours"] as const),
	zone: Object.freeze(["zone", "fuseau"] as const),
	depreciation: Object.freeze(["hours per cent; ...", "heures pour cent; ..."] as const),
});

const ASCII: Words = Object.freeze(["ASCII", "ASCII"] as const);

/** The characters of a text. */
const CHARACTERS: Readonly<Record<Alphabet, Words>> = Object.freeze({
	name: Object.freeze(["A-Z a-z 0-9 _ -", "A-Z a-z 0-9 _ -"] as const),
	topic: Object.freeze(["names joined by /", "noms joints par /"] as const),
	host: Object.freeze(["A-Z a-z 0-9 . : -", "A-Z a-z 0-9 . : -"] as const),
	hosts: Object.freeze(["hosts joined by ,", "hôtes joints par ,"] as const),
	printable: ASCII,
	passphrase: ASCII,
	ssid: Object.freeze(["no control characters", "sans caractère de contrôle"] as const),
});

/** The values that a kind permits, e.g. `0 to 100 %` or `en, fr`. */
export function rangeOf(kind: Kind, language: Language): string {
	const french = language === "fr";
	switch (kind.type) {
		case "number": {
			const to = french ? "à" : "to";
			const bound = (value: number) => numeral(printNumber(kind, toInside(kind, value)), language);
			const range = `${bound(kind.min)} ${to} ${bound(kind.max)} ${kind.unit}`.trimEnd();
			return kind.step === 1
				? range
				: `${range}, ${french ? "par pas de" : "step"} ${bound(kind.step)}`;
		}
		case "boolean":
			return french ? "true ou false" : "true or false";
		case "choice":
			return kind.choices.join(", ");
		case "text": {
			const which = CHARACTERS[kind.alphabet][french ? 1 : 0];
			return `${kind.min}-${kind.max} ${french ? "caractères" : "characters"} (${which})`;
		}
		case "program":
		case "namedProgram":
		case "calendar":
		case "holidays":
		case "zone":
		case "depreciation": {
			const most = french ? "au plus" : "at most";
			return `${NOUNS[kind.type][french ? 1 : 0]}, ${most} ${kind.max} ${french ? "caractères" : "characters"}`;
		}
	}
}

/** The default, as `set` accepts it. */
export function initialOf(setting: Setting): string {
	const { initial, kind } = setting;
	return kind.type === "number"
		? printNumber(kind, toInside(kind, initial as number))
		: String(initial);
}

function numeral(text: string, language: Language): string {
	return language === "fr" ? text.replace(".", ",") : text;
}

/** Name, section, values, default; then the meaning and any warning. */
export function helpOf(setting: Setting, language: Language): string {
	const { name, section, kind, meaning, warning } = setting;
	const standard = language === "fr" ? "par défaut" : "default";
	const typed = initialOf(setting) || '""';
	const initial = kind.type === "number" ? numeral(typed, language) : typed;
	const gap = language === "fr" ? " " : "";
	const values = rangeOf(kind, language);
	const head = `${name} (${section})${gap}: ${values}${gap}; ${standard} ${initial}`;
	const risk = warning ? `\n${sentenceOf(warning, language)}` : "";
	return `${head}\n${sentenceOf(meaning, language)}${risk}`;
}
