/**
 * Settings page: docs/settings.md as text, from the table of the firmware.
 */
import { initialOf, rangeOf } from "../../src/settings/help.js";
import { RULES } from "../../src/settings/rules.js";
import { settingsOf } from "../../src/settings/section.js";
import { sentenceOf } from "../../src/settings/sentences.js";
import { SECTIONS, type SectionName, type Setting } from "../../src/settings/table.js";
import { SETTERS } from "./settingsetters.js";

const TITLES: Readonly<Record<SectionName, string>> = {
	identity: "names of the lamp",
	light: "classes, levels and times",
	calendar: "programs, dates and place",
	sensing: "sensors and neighbours",
	power: "supply, driver and energy",
	link: "network, broker and reports",
	console: "language of console and explanations",
};

/** The whole page. */
export function settingsPage(): string {
	const rules = RULES.map(({ name, why }) => `- \`${name}\` ${why}.`);
	return [
		"# Settings",
		"",
		"For lighting engineers, technicians and integrators: every setting of a lamp, with its range, its",
		"default and its meaning. After reading you can configure a street at the console (`set NAME VALUE`)",
		"or in JSON. Written by `npm run renew -- settings` from `src/settings/`; do not edit.",
		"",
		`| section | settings |`,
		"|---|---|",
		...SECTIONS.map((name) => `| [${name}](#${anchorOf(name)}) | ${TITLES[name]} |`),
		"",
		"## To change a setting",
		"",
		"| to | do |",
		"|---|---|",
		"| see its effect in a street first | `npm start -- --set light.floorLevel=30` |",
		"| see its effect on a night | `npx luminode preview --settings FILE` ([programs](programs.md)) |",
		"| change one lamp | at its console `set floorLevel 30`, `apply`, look at the lamp, `confirm` within ten minutes ([at the pole](technician.md)) |",
		"| change a street | a column `floorLevel` of the site file, then `npx luminode desk configure site.csv` ([the city's side](city.md#desk)) |",
		"| change lamps from a CMS | a section of the settings over the broker ([for integrators](integrators.md)) |",
		"",
		"Seconds are milliseconds inside the firmware. A value outside its range or finer than its step is",
		"rejected with a reason and changes nothing. A setting that is missing or invalid in the store has",
		"its default. Secrets can be set and are never shown, reported or exported.",
		"",
		"*Set by*: the *council* decides how a street is lit and what is counted; the *engineer* plans the",
		"lighting by design and data sheets; the *technician* sees the place and measures at the pole; the",
		"*integrator* connects the lamps to network, broker and control system.",
		"",
		"Characters of a text: *name* `A-Z a-z 0-9 _ -`, *topic* names joined by `/`, *host*",
		"`A-Z a-z 0-9 . : -`, *printable* ASCII from space to `~`. A name is not `all`, `group` or `unassigned`.",
		"An *ssid* has 32 bytes of UTF-8 at most, without control characters; a *passphrase* 8-63 printable",
		"characters, or 64 hexadecimal digits (IEEE 802.11-2020, Annex J.4).",
		"",
		...SECTIONS.flatMap(sectionPage),
		"## Rules between settings",
		"",
		...rules,
		"",
	].join("\n");
}

function headOf(section: SectionName): string {
	return `${section}: ${TITLES[section]}`;
}

/** The anchor that GitHub makes of a heading. */
function anchorOf(section: SectionName): string {
	return headOf(section)
		.replace(/[^\w -]/g, "")
		.replaceAll(" ", "-");
}

/** Below the heading to which the README links. */
const FIRST: SectionName = "light";
const HOW = ["[How a setting is changed](#to-change-a-setting).", ""];

function sectionPage(section: SectionName): string[] {
	return [
		`## ${headOf(section)}`,
		"",
		...(section === FIRST ? HOW : []),
		"| name | values | default | set by | meaning |",
		"|---|---|---|---|---|",
		...settingsOf(section).map(line),
		"",
	];
}

function line(setting: Setting): string {
	const { name, kind, meaning, warning, secret } = setting;
	const initial = initialOf(setting);
	const risk = warning === undefined ? "" : ` **${sentenceOf(warning, "en")}**`;
	const words = sentenceOf(meaning, "en") + risk;
	const values = rangeOf(kind, "en") + (secret ? ", secret" : "");
	const value = initial === "" ? "empty" : `\`${initial}\``;
	return `| \`${name}\` | ${values} | ${value} | ${SETTERS[name]} | ${words} |`;
}
