/**
 * Setting rows: the table of settings as a page shows it: kinds, ranges and meanings in two languages.
 * Secrets are left out: they are never shown.
 */
import { rangeOf } from "../../src/settings/help.js";
import { sentenceOf } from "../../src/settings/sentences.js";
import { SETTINGS } from "../../src/settings/table.js";

export interface Row {
	readonly name: string;
	readonly section: string;
	readonly kind: "number" | "boolean" | "choice" | "text";
	readonly choices: readonly string[];
	readonly initial: string | number | boolean;
	readonly range: Readonly<Record<"en" | "fr", string>>;
	readonly meaning: Readonly<Record<"en" | "fr", string>>;
}

export const SETTING_ROWS: readonly Row[] = SETTINGS.filter(({ secret }) => !secret).map(
	({ name, section, kind, meaning, initial }) => {
		const type = kind.type;
		return {
			...{ name, section, initial: initial as Row["initial"] },
			kind: type === "number" || type === "boolean" || type === "choice" ? type : "text",
			choices: kind.type === "choice" ? kind.choices : [],
			range: { en: rangeOf(kind, "en"), fr: rangeOf(kind, "fr") },
			meaning: { en: sentenceOf(meaning, "en"), fr: sentenceOf(meaning, "fr") },
		};
	},
);
