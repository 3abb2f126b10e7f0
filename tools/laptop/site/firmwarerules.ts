/**
 * Firmware rules: a site file is validated as by the lamp itself, before a lamp is contacted.
 */

import { type Planned, pointed, type SettingRules, shown } from "../../../lib/site/settingrules.js";
import { type Text, verbatim } from "../../../lib/text/bilingual.js";
import { type TextName, text } from "../../../lib/text/texts.js";
import { VALIDATORS } from "../../../src/node/settings/validators.js";
import { faultText } from "../../../src/settings/faults.js";
import type { Alphabet } from "../../../src/settings/kinds.js";
import { SITE_KEY_LEAST } from "../../../src/settings/neighbours.js";
import { valuesOfPlace } from "../../../src/settings/places.js";
import { RULES } from "../../../src/settings/rules.js";
import { exportSection, print } from "../../../src/settings/section.js";
import {
	type Changes,
	DEFAULTS,
	SETTINGS,
	type Setting,
	type Settings,
	settingOf,
	withValues,
} from "../../../src/settings/table.js";
import { isRejection, type Rejection, validateFor } from "../../../src/settings/validate.js";

type Complain = (why: Text) => void;
/** A remedy for a refused cell of a setting, or an empty text. */
type Hint = (setting: string, cell: string) => Text;
const NO_HINT: Text = verbatim("");

export function firmwareRules(hint: Hint = () => NO_HINT): SettingRules {
	return {
		settings: new Map(SETTINGS.map((setting) => [setting.name, setting])),
		placeNames: valuesOfPlace("residential").map(([name]) => name),
		valuesOfPlace: (kind) => valuesOfPlace(kind as Settings["place"]),
		planned(names, cellOf, complain) {
			const columns = names.map((name) => settingOf(name)!);
			const changes: Changes = {};
			for (const setting of columns) {
				const cell = cellOf(setting.name);
				if (cell === "") continue;
				const isNumber = setting.kind.type === "number";
				const value = validateFor(setting, isNumber ? pointed(cell) : cell, VALIDATORS);
				if (isRejection(value)) complain(badValue(setting, value, cell, hint));
				else changes[setting.name] = value;
			}
			const settings = withValues(DEFAULTS, changes);
			check(settings, columns, complain);
			return {
				values: new Map(columns.map((setting) => [setting.name, print(settings, setting)])),
				sections: sectionsOf(settings, columns),
			};
		},
	};
}

/** The word, the rule and an example. */
function badValue(setting: Setting, rejection: Rejection, cell: string, hint: Hint): Text {
	const why = {
		en: faultText(rejection, cell, "en"),
		fr: faultText(rejection, cell, "fr"),
	};
	const more = [allowed(setting, rejection), hint(setting.name, cell)];
	return text("badValue", rejection.name, why, shown(cell), ...more);
}

/** The characters of a text, where one is not among them. */
function allowed({ kind }: Setting, { reason }: Rejection): Text {
	if (reason !== "badCharacter" || kind.type !== "text") return NO_HINT;
	const characters = ALPHABETS[kind.alphabet];
	return text("alphabet", typeof characters === "string" ? text(characters) : characters);
}

const ALPHABETS: Readonly<Record<Alphabet, TextName | Text>> = {
	name: verbatim("A-Z a-z 0-9 _ -"),
	topic: "topics",
	host: verbatim("A-Z a-z 0-9 . : -"),
	hosts: "hosts",
	printable: "ascii",
	passphrase: "ascii",
	ssid: "noControl",
};

function sectionsOf(settings: Settings, columns: readonly Setting[]): Planned["sections"] {
	const names = [...new Set(columns.map(({ section }) => section))];
	return new Map(
		names.map((section) => {
			const all = JSON.parse(exportSection(settings, section)) as Record<string, unknown>;
			const sectionColumns = columns.filter((setting) => setting.section === section);
			return [section, Object.fromEntries(sectionColumns.map(({ name }) => [name, all[name]]))];
		}),
	);
}

/**
 * As on a new lamp: a setting missing in the file has the firmware's default, secrets come from the
 * vault.
 */
function check(settings: Settings, columns: readonly Setting[], complain: Complain): void {
	const complete = withValues(settings, { siteKey: "#".repeat(SITE_KEY_LEAST) });
	for (const rule of RULES)
		if (columns.some(({ section }) => section === rule.section) && !rule.holds(complete))
			complain(text("rule", rule.name, { en: rule.why, fr: rule.french }));
}
