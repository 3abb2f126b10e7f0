/**
 * Night preview: the forecast of a night with given settings, as the lamp itself would give it.
 *
 * `npx luminode preview --help` lists the options. The first line has place and lamp. With `--places`
 * one line for each kind of place, with `--year` the energy of a year beside a baseline. Notes on
 * improbable settings follow. Exit status 2: bad arguments or settings, with the reason on standard error.
 */

import { fill } from "../../lib/text/filled.js";
import { languageIn, optionsIn } from "../../lib/text/options.js";
import { errorLines, Trouble } from "../../lib/text/trouble.js";
import { formatDate, parseDate } from "../../src/command/instant.js";
import { FIELDS } from "../../src/command/table.js";
import type { Language } from "../../src/explain/chaintext.js";
import { totalsOf } from "../../src/explain/preview.js";
import { zoneOf } from "../../src/node/schedule/options.js";
import { comingDay, walkOf } from "../../src/node/schedule/preview.js";
import { floorLevelOf, fullLevelOf } from "../../src/settings/classes.js";
import { DEFAULTS, type Settings, withValues } from "../../src/settings/table.js";
import { nightOf } from "../../src/time/night.js";
import type { UtcMillis } from "../../src/units.js";
import { readSite } from "../laptop/site/sitefile.js";
import { gridText } from "../plan/gridtext.js";
import { lint } from "../plan/lint.js";
import { optionsText } from "../plan/optionstext.js";
import { deviationsOf, isKind, KINDS, REASONS, withPlace } from "../plan/places.js";
import { previewLines } from "../plan/previewtext.js";
import { readSettingsFile } from "../plan/settingsfile.js";
import { siteNotes } from "../plan/sitenotes.js";
import { BASELINES, type Baseline, type YearOptions, yearText } from "../plan/yeartext.js";
import { nightText, PREVIEW_HELP } from "./texts.js";

const OPTIONS = {
	settings: { type: "string" },
	site: { type: "string" },
	place: { type: "string" },
	mean: { type: "string" },
	date: { type: "string" },
	places: { type: "boolean" },
	year: { type: "string" },
	ways: { type: "boolean" },
	traffic: { type: "string" },
	baseline: { type: "string" },
	width: { type: "string" },
	height: { type: "string" },
	tariff: { type: "string" },
} as const;
type Values = ReturnType<typeof optionsIn<typeof OPTIONS>>;

const WORDS = {
	en: {
		lamp: "Latitude {0}, longitude {1}; LED of {2}.",
		initial: "{0} (default)",
		note: "Note",
		nothing: "Nothing is improbable.",
		mean: "mean",
		other: "Deviation from {0}: {1} is {2}, not {3}.",
		row: "{0}: {1} kWh, full {2}, floor {3}.",
		luminance: "{0}: by luminance; --place {0} --mean 1 takes cd/m2.",
		none: '""',
	},
	fr: {
		lamp: "Latitude {0}, longitude {1} ; LED de {2}.",
		initial: "{0} (par défaut)",
		note: "Remarque",
		nothing: "Rien d'improbable.",
		mean: "moyenne",
		other: "Écart par rapport à {0} : {1} vaut {2}, et non {3}.",
		row: "{0} : {1} kWh, plein {2}, plancher {3}.",
		luminance: "{0} : par luminance ; --place {0} --mean 1 attend des cd/m2.",
		none: '""',
	},
} as const;

/** Output of the program, its stream, and the exit status. */
interface Answer {
	readonly status: 0 | 2;
	readonly text: string;
}

/** `now`: UTC in ms, for a night without `--date`. */
export function preview(
	args: readonly string[],
	now: number,
	environment: Environment = {},
): Answer {
	const lang = languageIn(args, environment);
	try {
		const values = optionsIn(args, OPTIONS);
		if (values.help) return { status: 0, text: PREVIEW_HELP[lang] };
		if (values.site !== undefined) return { status: 0, text: notesOf(values.site, lang) };
		const settings = settingsOf(values, lang);
		const day = values.date === undefined ? tonight(settings, now) : dayOf(values.date);
		const lines = values.places
			? placeLines(settings, day, lang)
			: values.year !== undefined
				? yearLines(values, settings, lang)
				: [...nightLines(settings, day, lang), ...betweenPoles(values, settings, lang)];
		return { status: 0, text: `${[lampText(settings, lang), ...lines].join("\n")}\n` };
	} catch (error) {
		const why = errorLines("preview", error, lang).join("\n");
		return { status: 2, text: `${why}${why.includes("--help") ? "" : " (--help)"}\n` };
	}
}

type Environment = Readonly<Record<string, string | undefined>>;

function notesOf(path: string, lang: Language): string {
	const notes = siteNotes(readSite(path), lang);
	return `${notes.length > 0 ? notes.join("\n") : WORDS[lang].nothing}\n`;
}

/** The place's values, then those of the file, then the mean. */
function settingsOf({ settings: path, place, mean }: Values, lang: Language): Settings {
	if (place !== undefined && !isKind(place))
		throw new Trouble(nightText("oneKind", KINDS.join(", "), place));
	const installed = mean === undefined ? {} : { installedMean: numberOf("mean", mean, 0.01, 200) };
	const base = withValues(place ? withPlace(DEFAULTS, place) : DEFAULTS, installed);
	const settings = path === undefined ? base : readSettingsFile(path, base, lang);
	if (settings.place !== "none" && settings.installedMean === 0)
		throw new Trouble(nightText("placeMean"));
	return settings;
}

/** Place and lamp, with a mark at default values. */
function lampText(settings: Settings, lang: Language): string {
	const { lamp, initial } = WORDS[lang];
	const of = (name: "latitude" | "longitude" | "ledPower_W", unit = "") => {
		const text = lang === "fr" ? `${settings[name]}`.replace(".", ",") : `${settings[name]}`;
		const value = text + unit;
		return settings[name] === DEFAULTS[name] ? fill(initial, value) : value;
	};
	return fill(lamp, of("latitude"), of("longitude"), of("ledPower_W", " W"));
}

/** The forecast with means, what differs from the place, and notes. */
function nightLines(settings: Settings, day: number, lang: Language): string[] {
	const line = previewLines(() => walkOf(settings, day), formatDate(day), lang);
	const steps = walkOf(settings, day);
	const lines: string[] = [];
	for (let index = 0, text = line(0); text !== undefined; text = line(++index)) {
		const isStep = index > 0 && settings.installedMean > 0 && steps.next();
		lines.push(isStep ? `${text} ${meanText(settings, steps.level, lang)}` : text);
	}
	const { place } = settings;
	if (isKind(place)) {
		lines.push("", REASONS[place][lang === "fr" ? 1 : 0]);
		for (const { name, usual, actual } of deviationsOf(settings))
			lines.push(
				fill(WORDS[lang].other, place, name, actual || WORDS[lang].none, usual || WORDS[lang].none),
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
			level <= 100 ? `${level} % ${meanText(all, level, lang)}` : "> 100 %",
		);
		return fill(WORDS[lang].row, kind, decimal(activeEnergy_kWh, 3, lang), ...means);
	});
}

/** cd/m2 of a usual road surface for 1 lx: the average luminance coefficient of R3. */
const SURFACE = 0.07;

function betweenPoles({ width, height }: Values, settings: Settings, lang: Language): string[] {
	if (height === undefined) return [];
	if (width === undefined) throw new Trouble(nightText("heightWidth"));
	const { installedMean, fullClass } = settings;
	if (installedMean === 0) throw new Trouble(nightText("needsMean", "--height"));
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

function yearLines(values: Values, settings: Settings, lang: Language): string[] {
	const options = yearOptions(values, settings, lang);
	const { year, traffic } = options;
	return values.ways
		? optionsText(settings, year, traffic, lang)
		: yearText(settings, options, lang);
}

function yearOptions(values: Values, settings: Settings, lang: Language): YearOptions {
	const baseline = values.baseline ?? "oldLamp";
	const width = values.width === undefined ? undefined : numberOf("width", values.width, 1, 100);
	if (width !== undefined && settings.installedMean === 0)
		throw new Trouble(nightText("needsMean", "--width"));
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
		throw new Trouble(nightText("badTariff", text));
	return { price_eur_kWh: Number(price), co2_g_kWh: Number(co2), dated };
}

function numberOf(name: string, text: string, min: number, max: number): number {
	const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
	if (value >= min && value <= max) return value;
	throw new Trouble(nightText("badNumber", name, min, max, text));
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
		throw new Trouble(nightText("noDay", date, `${year}-${month}`, days));
	throw new Trouble(nightText("badDay", formatDate(min), formatDate(max), date));
}

function decimal(value: number, digits: number, lang: Language): string {
	const text = value.toFixed(digits);
	return lang === "fr" ? text.replace(".", ",") : text;
}
