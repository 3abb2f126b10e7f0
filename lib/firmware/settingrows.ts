/**
 * Setting rows: the table of settings as a page shows it: kinds, ranges and meanings in two languages.
 * Secrets are left out: they are never shown.
 */

import { rangeOf } from "../../src/settings/help.js";
import { sentenceOf } from "../../src/settings/sentences.js";
import { SETTINGS } from "../../src/settings/table.js";
import type { SettingRow } from "../page/settingrow.js";

export const SETTING_ROWS: readonly SettingRow[] = SETTINGS.filter(({ secret }) => !secret).map(
	({ name, section, kind, meaning, initial }) => {
		const type = kind.type;
		return {
			name,
			section,
			initial: initial as SettingRow["initial"],
			kind: type === "number" || type === "boolean" || type === "choice" ? type : "text",
			choices: kind.type === "choice" ? kind.choices : [],
			range: { en: rangeOf(kind, "en"), fr: rangeOf(kind, "fr") },
			meaning: { en: sentenceOf(meaning, "en"), fr: sentenceOf(meaning, "fr") },
		};
	},
);
