/**
 * Night preview: the forecast of a night with given settings, as the lamp itself would give it.
 *
 * `npm run preview -- --help` lists the options. With `--places` one line for each kind of place,
 * with `--year` the energy of a year beside a baseline. Notes on improbable settings follow. Exit
 * status 2: bad arguments or settings, with the reason on standard error.
 */
import { parseArgs } from "node:util";
import { formatDate, parseDate } from "../../src/command/instant.js";
import { FIELDS } from "../../src/command/table.js";
import { LANGUAGES, type Language } from "../../src/explain/chaintext.js";
import { totalsOf } from "../../src/explain/preview.js";
import { previewLines } from "../../src/explain/previewtext.js";
import { zoneOf } from "../../src/node/schedule/options.js";
import { comingDay, walkOf } from "../../src/node/schedule/preview.js";
import { floorLevelOf, fullLevelOf } from "../../src/settings/classes.js";
import { DEFAULTS, type Settings, withValues } from "../../src/settings/table.js";
import { nightOf } from "../../src/time/night.js";
import type { UtcMillis } from "../../src/units.js";
import { readSite } from "../laptop/sitefile.js";
import { gridText } from "../plan/gridtext.js";
import { lint } from "../plan/lint.js";
import { deviationsOf, isKind, KINDS, REASONS, withPlace } from "../plan/places.js";
import { readSettingsFile } from "../plan/settingsfile.js";
import { siteNotes } from "../plan/sitenotes.js";
import { BASELINES, type Baseline, type YearOptions, yearText } from "../plan/yeartext.js";

const HELP = `usage: npm run preview -- [--settings FILE | --site FILE] [--place KIND] [--mean LUX] [--date YYYY-MM-DD]
                          [--places | --year YYYY [--traffic N] [--baseline NAME|FILE]
                          [--width M] [--height M] [--tariff EUR,GRAMS,DATE]] [--lang en|fr]

Prints the forecast of a night under given settings: each level with its time and its reasons, the
mean where the installed one is known, and notes on what is improbable in the settings.

  --settings   JSON file of sections (docs/settings.md): {"calendar": {"program": "..."}, "light": {}};
               settings that it does not name have their defaults, or those of its place
  --site       a site file instead: notes on what is improbable in it, of all poles
  --place      kind of place: ${KINDS.join(", ")};
               settings of the file override its values and are named
  --mean       installed mean at 100 %, lx (cd/m2 for M classes), as installedMean
  --date       date of the evening; without it, tonight
  --places     every kind of place instead: energy and means of this night
  --year       energy of the nights of a year instead, beside a baseline
  --traffic    road users an hour all night, 0 without it
  --baseline   ${BASELINES.join(", ")}, or a file of the previous settings; oldLamp without it
  --width      width of the lit road, m: PDI and AECI of EN 13201-5, with poleSpacing and --mean
  --height     height of the lamps, m, with --width: the light between two poles (EN 13201-3);
               for M classes of a road surface with 0.07 cd/m2 for 1 lx
  --tariff     price of 1 kWh in EUR, CO2 in g, and their date, e.g. 0.30,160,2026-01
  --lang       en or fr
  --help       this text
`;

const OPTIONS = {
	settings: { type: "string" },
	site: { type: "string" },
	place: { type: "string" },
	mean: { type: "string" },
	date: { type: "string" },
	places: { type: "boolean" },
	year: { type: "string" },
	traffic: { type: "string" },
	baseline: { type: "string" },
	width: { type: "string" },
	height: { type: "string" },
	tariff: { type: "string" },
	lang: { type: "string", default: "en" },
	help: { type: "boolean" },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

const WORDS = {
	en: {
		note: "Note",
		nothing: "Nothing is improbable.",
		mean: "mean",
		other: "Other than {0}: {1} is {2}, not {3}.",
		row: "{0}: {1} kWh, full {2}, floor {3}.",
		luminance: "{0}: by luminance; --place {0} --mean 1 takes cd/m2.",
		none: '""',
	},
	fr: {
		note: "Remarque",
		nothing: "Rien d'improbable.",
		mean: "moyenne",
		other: "Hors de {0} : {1} vaut {2}, et non {3}.",
		row: "{0} : {1} kWh, plein {2}, plancher {3}.",
		luminance: "{0} : par luminance ; --place {0} --mean 1 attend des cd/m2.",
		none: '""',
	},
} as const;

/** Output of the program, its stream, and the exit status. */
export interface Answer {
	readonly status: 0 | 2;
	readonly text: string;
}

/** `now`: UTC in ms, for a night without `--date`. */
export function preview(args: readonly string[], now: number): Answer {
	try {
		const { values } = parseArgs({ args: [...args], options: OPTIONS });
		if (values.help) return { status: 0, text: HELP };
		const lang = values.lang as Language;
		if (!LANGUAGES.includes(lang)) throw new Error(`--lang is one of ${LANGUAGES.join(", ")}`);
		if (values.site !== undefined) return { status: 0, text: notesOf(values.site, lang) };
		const settings = settingsOf(values, lang);
		const day = values.date === undefined ? tonight(settings, now) : dayOf(values.date);
		const lines = values.places
			? placeLines(settings, day, lang)
			: values.year !== undefined
				? yearText(settings, yearOptions(values, settings, lang), lang)
				: [...nightLines(settings, day, lang), ...betweenPoles(values, settings, lang)];
		return { status: 0, text: `${lines.join("\n")}\n` };
	} catch (error) {
		return { status: 2, text: `preview: ${(error as Error).message} (--help)\n` };
	}
}

function notesOf(path: string, lang: Language): string {
	const notes = siteNotes(readSite(path), lang);
	return `${notes.length > 0 ? notes.join("\n") : WORDS[lang].nothing}\n`;
}

/** The place's values, then those of the file, then the mean. */
function settingsOf({ settings: path, place, mean }: Values, lang: Language): Settings {
	if (place !== undefined && !isKind(place))
		throw new Error(`--place is one of ${KINDS.join(", ")}: ${place}`);
	const installed = mean === undefined ? {} : { installedMean: numberOf("mean", mean, 0.01, 200) };
	const base = withValues(place ? withPlace(DEFAULTS, place) : DEFAULTS, installed);
	const settings = path === undefined ? base : readSettingsFile(path, base, lang);
	if (settings.place !== "none" && settings.installedMean === 0)
		throw new Error(`a place needs the installed mean: --mean LUX, e.g. --mean 10`);
	return settings;
}

/** The forecast with means, what differs from the place, and notes. */
function nightLines(settings: Settings, day: number, lang: Language): string[] {
	const line = previewLines(() => walkOf(settings, day), formatDate(day), lang);
	const steps = walkOf(settings, day);
	const lines: string[] = [];
	for (let nth = 0, text = line(0); text !== undefined; text = line(++nth)) {
		const isStep = nth > 0 && settings.installedMean > 0 && steps.next();
		lines.push(isStep ? `${text} ${meanText(settings, steps.level, lang)}` : text);
	}
	const { place } = settings;
	if (isKind(place)) {
		lines.push("", REASONS[place][lang === "fr" ? 1 : 0]);
		for (const { name, usual, own } of deviationsOf(settings))
			lines.push(
				fill(WORDS[lang].other, place, name, own || WORDS[lang].none, usual || WORDS[lang].none),
			);
	}
	const colon = lang === "fr" ? " : " : ": ";
	for (const { text } of lint(settings, lang)) lines.push(`${WORDS[lang].note}${colon}${text}.`);
	return lines;
}

function placeLines(settings: Settings, day: number, lang: Language): string[] {
	return KINDS.map((kind) => {
		const all = withPlace(settings, kind);
		if (all.fullClass.startsWith("M")) return fill(WORDS[lang].luminance, kind);
		const { activeEnergy_kWh } = totalsOf(walkOf(all, day));
		const means = [fullLevelOf(all), floorLevelOf(all)].map((level) =>
			fullLevelOf(all) <= 100 ? `${level} % ${meanText(all, level, lang)}` : "-",
		);
		return fill(WORDS[lang].row, kind, decimal(activeEnergy_kWh, 3, lang), ...means);
	});
}

/** cd/m2 of a usual road surface for 1 lx: the average luminance coefficient of R3. */
const SURFACE = 0.07;

function betweenPoles({ width, height }: Values, settings: Settings, lang: Language): string[] {
	if (height === undefined) return [];
	if (width === undefined) throw new Error("--height needs --width, e.g. --width 7 --height 6");
	const { installedMean, fullClass } = settings;
	if (installedMean === 0) throw new Error("--height needs the installed mean: --mean LUX");
	const field = {
		width_m: numberOf("width", width, 1, 100),
		height_m: numberOf("height", height, 2, 30),
	};
	const lux = fullClass.startsWith("M") ? installedMean / SURFACE : installedMean;
	return ["", ...gridText(settings, field, lux, lang)];
}

function meanText({ installedMean, fullClass }: Settings, level: number, lang: Language): string {
	const unit = fullClass.startsWith("M") ? "cd/m2" : "lx";
	return `[${WORDS[lang].mean} ${decimal((installedMean * level) / 100, 2, lang)} ${unit}]`;
}

function yearOptions(values: Values, settings: Settings, lang: Language): YearOptions {
	const baseline = values.baseline ?? "oldLamp";
	const width = values.width === undefined ? undefined : numberOf("width", values.width, 1, 100);
	if (width !== undefined && settings.installedMean === 0)
		throw new Error("--width needs the installed mean: --mean LUX, e.g. --mean 10");
	const rate = values.traffic === undefined ? 0 : numberOf("traffic", values.traffic, 0, 5000);
	return {
		year: numberOf("year", values.year!, 2000, 2069),
		traffic: Array(24).fill(rate),
		baseline: (BASELINES as readonly string[]).includes(baseline)
			? (baseline as Baseline)
			: readSettingsFile(baseline, DEFAULTS, lang),
		width_m: width,
		tariff: values.tariff === undefined ? undefined : tariffIn(values.tariff),
	};
}

function tariffIn(text: string) {
	const [price = "", co2 = "", dated = "", ...more] = text.split(",");
	const isWrong = !/^\d+(\.\d+)?$/.test(price) || !/^\d+(\.\d+)?$/.test(co2);
	if (isWrong || !/^20\d\d(-\d\d){0,2}$/.test(dated) || more.length > 0)
		throw new Error(`--tariff is EUR,GRAMS,DATE, e.g. 0.30,160,2026-01: ${text}`);
	return { price_eur_kWh: Number(price), co2_g_kWh: Number(co2), dated };
}

function numberOf(name: string, text: string, min: number, max: number): number {
	const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
	if (value >= min && value <= max) return value;
	throw new Error(`--${name} is a number from ${min} to ${max}: ${text}`);
}

function tonight(settings: Settings, now: number): number {
	return comingDay(nightOf(zoneOf(settings), settings, now as UtcMillis), now as UtcMillis);
}

function dayOf(date: string): number {
	const day = parseDate(date);
	const { min, max } = FIELDS.date;
	if (day !== undefined && day >= min && day <= max) return day;
	const [, year, month, last] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
	const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
	if (day === undefined && last !== undefined && Number(month) >= 1 && Number(month) <= 12)
		throw new Error(`--date ${date} does not exist: ${year}-${month} has ${days} days`);
	throw new Error(`--date is a day from ${formatDate(min)} to ${formatDate(max)}: ${date}`);
}

function decimal(value: number, digits: number, lang: Language): string {
	const text = value.toFixed(digits);
	return lang === "fr" ? text.replace(".", ",") : text;
}

function fill(text: string, ...values: string[]): string {
	return text.replace(/\{(\d)\}/g, (_, nth) => values[Number(nth)]!);
}
