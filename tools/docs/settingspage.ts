/**
 * Settings pages: docs/settings.md and docs/reglages.md as text, from the table of the firmware.
 */
import { initialOf, type Language, rangeOf } from "../../src/settings/help.js";
import { RULES } from "../../src/settings/rules.js";
import { settingsOf } from "../../src/settings/section.js";
import { sentenceOf } from "../../src/settings/sentences.js";
import { SECTIONS, type SectionName, type Setting } from "../../src/settings/table.js";
import { SETTERS } from "./settingsetters.js";
import { HEADS, SETTER_NAMES, TITLES, WORDS } from "./settingswords.js";

export const SETTINGS_PAGES: Readonly<Record<Language, string>> = {
	en: "docs/settings.md",
	fr: "docs/reglages.md",
};

/** The whole page. */
export function settingsPage(language: Language): string {
	const texts = WORDS[language];
	const rules = RULES.map(
		({ name, why, french }) => `- \`${name}\` ${language === "fr" ? french : why}.`,
	);
	return [
		...HEADS[language],
		...SECTIONS.map((name) => `| [${name}](#${anchorOf(name, language)}) | ${titleOf(name)} |`),
		"",
		...texts.how,
		"",
		...SECTIONS.flatMap((name) => sectionPage(name, language)),
		`## ${texts.rules}`,
		"",
		...rules,
		"",
	].join("\n");

	function titleOf(name: SectionName): string {
		return TITLES[name][language];
	}
}

function headOf(section: SectionName, language: Language): string {
	const gap = language === "fr" ? " " : "";
	return `${section}${gap}: ${TITLES[section][language]}`;
}

/** The anchor that GitHub makes of a heading. */
function anchorOf(section: SectionName, language: Language): string {
	return headOf(section, language)
		.replace(/[^\p{L} -]/gu, "")
		.replaceAll(" ", "-");
}

function sectionPage(section: SectionName, language: Language): string[] {
	const { columns } = WORDS[language];
	return [
		`## ${headOf(section, language)}`,
		"",
		columns,
		"|---|---|---|---|---|",
		...settingsOf(section).map((setting) => line(setting, language)),
		"",
	];
}

function line(setting: Setting, language: Language): string {
	const { name, kind, meaning, warning, secret } = setting;
	const { empty, hidden } = WORDS[language];
	const initial = initialOf(setting);
	const risk = warning === undefined ? "" : ` **${sentenceOf(warning, language)}**`;
	const description = sentenceOf(meaning, language) + risk;
	const values = rangeOf(kind, language) + (secret ? `, ${hidden}` : "");
	const value = initial === "" ? empty : `\`${initial}\``;
	const setter = SETTERS[name] && SETTER_NAMES[SETTERS[name]][language];
	if (!setter) throw new Error(`${name}: add a row of this name to tools/docs/settingsetters.ts`);
	return `| \`${name}\` | ${values} | ${value} | ${setter} | ${description} |`;
}
