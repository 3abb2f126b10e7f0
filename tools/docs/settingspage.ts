/**
 * Settings page: docs/settings.md as text, from the table of the firmware.
 */
import { initialOf, rangeOf } from "../../src/settings/help.js";
import { RULES } from "../../src/settings/rules.js";
import { settingsOf } from "../../src/settings/section.js";
import { SECTIONS, type SectionName, type Setting } from "../../src/settings/table.js";

const TITLES: Readonly<Record<SectionName, string>> = {
	identity: "Which lamp it is",
	light: "How it shines",
	calendar: "When",
	sensing: "What it senses",
	power: "What it draws",
	link: "The broker",
	console: "The technician's line",
};

/** The whole page. */
export function settingsPage(): string {
	const rules = RULES.map(({ name, why }) => `- \`${name}\` ${why}.`);
	return [
		"# Settings",
		"",
		"Written by `node tools/run.mjs tools/bin/settings.ts` from `src/settings/`; do not edit.",
		"",
		"Values are as one writes them, at the console (`set NAME VALUE`) or in JSON; seconds are held as",
		"milliseconds inside. A value outside its range or finer than its step is refused with a reason and",
		"changes nothing. What is missing or broken in the store has its default. Secrets can be set and are",
		"never shown, reported or exported.",
		"",
		"Characters of a text: *name* `A-Z a-z 0-9 _ -`, *topic* names joined by `/`, *host*",
		"`A-Z a-z 0-9 . : -`, *printable* ASCII from space to `~`. A name is not `all`, `group` or `unassigned`.",
		"An *ssid* has 32 bytes of UTF-8 at most, without control characters; a *passphrase* 8-63 printable",
		"characters, or 64 hexadecimal digits (IEEE 802.11-2020, Annex J.4).",
		"",
		...SECTIONS.flatMap(sectionPage),
		"## What must agree",
		"",
		...rules,
		"",
	].join("\n");
}

function sectionPage(section: SectionName): string[] {
	return [
		`## ${section}: ${TITLES[section]}`,
		"",
		"| name | values | default | meaning |",
		"|---|---|---|---|",
		...settingsOf(section).map(line),
		"",
	];
}

function line(setting: Setting): string {
	const { name, kind, meaning, warning, secret } = setting;
	const initial = initialOf(setting);
	const words = [meaning[0], ...(warning ? [`**${warning[0]}**`] : [])].join(" ");
	const values = rangeOf(kind, "en") + (secret ? ", secret" : "");
	return `| \`${name}\` | ${values} | ${initial === "" ? "empty" : `\`${initial}\``} | ${words} |`;
}
