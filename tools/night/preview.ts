/**
 * Night preview: the forecast of a night with given settings, as the lamp itself would give it.
 *
 * `npm run preview -- [--settings FILE] [--date YYYY-MM-DD] [--lang en|fr]`. FILE holds sections in
 * the form of docs/settings.md: `{"calendar": {"program": "..."}, "light": {...}}`; missing
 * settings have their default. Exit status 2: bad arguments or settings, with the reason on
 * standard error.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { formatDate, parseDate } from "../../src/command/instant.js";
import { FIELDS } from "../../src/command/table.js";
import { LANGUAGES, type Language } from "../../src/explain/chaintext.js";
import { previewLines } from "../../src/explain/previewtext.js";
import { zoneOf } from "../../src/node/schedule/options.js";
import { comingDay, walkOf } from "../../src/node/schedule/preview.js";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { readSection } from "../../src/settings/section.js";
import { DEFAULTS, SECTIONS, type SectionName, type Settings } from "../../src/settings/table.js";
import { nightOf } from "../../src/time/night.js";
import type { UtcMillis } from "../../src/units.js";

const HELP = `usage: npm run preview -- [--settings FILE] [--date YYYY-MM-DD] [--lang en|fr]

Prints the forecast of a night under given settings: each level with its time and its reasons.

  --settings   JSON file of sections (docs/settings.md): {"calendar": {"program": "..."}, "light": {}};
               settings that it does not name have their defaults
  --date       date of the evening; without it, tonight
  --lang       en or fr
  --help       this text
`;

/** Output of the program, its stream, and the exit status. */
export interface Answer {
	readonly status: 0 | 2;
	readonly text: string;
}

/** `now`: UTC in ms, for a night without `--date`. */
export function preview(args: readonly string[], now: number): Answer {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				settings: { type: "string" },
				date: { type: "string" },
				lang: { type: "string", default: "en" },
				help: { type: "boolean" },
			},
		});
		if (values.help) return { status: 0, text: HELP };
		const { date, lang } = values;
		if (!LANGUAGES.includes(lang as Language))
			throw new Error(`--lang is one of ${LANGUAGES.join(", ")}`);
		const settings = values.settings === undefined ? DEFAULTS : readSettings(values.settings);
		const day = date === undefined ? tonight(settings, now) : dayOf(date);
		const line = previewLines(() => walkOf(settings, day), formatDate(day), lang as Language);
		const lines: string[] = [];
		for (let nth = 0, text = line(0); text !== undefined; text = line(++nth)) lines.push(text);
		return { status: 0, text: `${lines.join("\n")}\n` };
	} catch (error) {
		return { status: 2, text: `preview: ${(error as Error).message} (--help)\n` };
	}
}

function tonight(settings: Settings, now: number): number {
	return comingDay(nightOf(zoneOf(settings), settings, now as UtcMillis), now as UtcMillis);
}

function dayOf(date: string): number {
	const day = parseDate(date);
	const { min, max } = FIELDS.date;
	if (day !== undefined && day >= min && day <= max) return day;
	throw new Error(`--date is a day from ${formatDate(min)} to ${formatDate(max)}: ${date}`);
}

function readSettings(path: string): Settings {
	const content: unknown = JSON.parse(readFileSync(path, "utf8"));
	if (typeof content !== "object" || content === null || Array.isArray(content))
		throw new Error(`${path} holds no object of sections`);
	let settings = DEFAULTS;
	const faults: string[] = [];
	for (const [name, section] of Object.entries(content)) {
		if (!SECTIONS.includes(name as SectionName)) {
			faults.push(`${name} is no section; sections are ${SECTIONS.join(", ")}`);
			continue;
		}
		const text = JSON.stringify(section);
		const result = readSection(settings, name as SectionName, text, VALIDATORS);
		settings = result.settings;
		for (const rejection of result.rejections)
			faults.push(`${name}: ${rejection.name} ${rejection.why}`);
	}
	if (faults.length > 0) throw new Error(`${path}\n  ${faults.join("\n  ")}`);
	return settings;
}
