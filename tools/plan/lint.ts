/**
 * Lint: settings that are valid and still improbable, of one lamp or of a site.
 *
 * One table for preview, desk and site file. A finding refuses nothing: it names the setting, the
 * reason and the remedy, in English and French.
 */
import { faultOfCalendar, programFor } from "../../src/lighting/calendar.js";
import { printPoint, type SwitchPoint } from "../../src/lighting/program.js";
import { ruled } from "../../src/lighting/sensorrule.js";
import {
	floorLevelOf,
	fullLevelOf,
	kindOf,
	levelOfClass,
	presenceLevelOf,
} from "../../src/settings/classes.js";
import { DEFAULTS, type SettingName, type Settings } from "../../src/settings/table.js";
import { dateOf } from "../../src/time/date.js";
import { parseZone } from "../../src/time/zonetext.js";
import { isProgram, type Program, parseNamedProgram, parseProgram } from "./programs.js";

export type Language = "en" | "fr";

export interface Finding {
	readonly rule: RuleName;
	readonly name: SettingName;
	/** A sentence in the language asked for. */
	readonly text: string;
}

/** A lamp of a site; `label` names it in findings. */
export interface Pole {
	readonly label: string;
	readonly settings: Settings;
}

/** `{0}` and `{1}` are filled by the rule. */
const TEXTS = {
	zoneLongitude: [
		"zone is {0} h from UTC, but longitude {1} lies elsewhere: check zone and sign of the longitude",
		"zone est à {0} h de l'UTC, mais la longitude {1} est ailleurs : vérifier zone et signe de la longitude",
	],
	swappedCoordinates: [
		"latitude {0} and longitude {1} fit the zone only if exchanged",
		"latitude {0} et longitude {1} ne conviennent à la zone qu'échangées",
	],
	farNeighbours: [
		"{0} and {1} are neighbours by number, but too far apart for their poleSpacing",
		"{0} et {1} sont voisins par leur numéro, mais trop éloignés pour leur poleSpacing",
	],
	wideSpacing: [
		"poles stand {0} m apart: lights of neighbours hardly meet, check poleSpacing",
		"les mâts sont à {0} m : leurs lumières se touchent à peine, vérifier poleSpacing",
	],
	overClass: [
		"point {0} gives more than the design: at most {1} for the full class",
		"le point {0} dépasse l'étude : au plus {1} pour la classe pleine",
	],
	unknownClass: [
		"point {0} names a class without a mean to derive it from: full level applies; set installedMean and a class of the same kind",
		"le point {0} nomme une classe sans moyenne pour la déduire : niveau plein ; régler installedMean et une classe du même type",
	],
	uncountedTraffic: [
		"point {0}: full class all the while; traffic needs fullClass, and on P and C classes a movement sensor",
		"point {0} : classe pleine en permanence ; traffic exige fullClass et, en classe P ou C, un détecteur de mouvement",
	],
	presenceBelowFloor: [
		"presence lights to {0}, not above the floor of {1}: it has no effect",
		"la présence éclaire à {0}, pas au-dessus du plancher de {1} : elle n'a pas d'effet",
	],
	standbyAbovePower: [
		"standby of {0} W is as much as the lamp at 10 % ({1} W): check the unit",
		"la veille de {0} W vaut la lampe à 10 % ({1} W) : vérifier l'unité",
	],
	neverFits: [
		"rule {0} fits no night until 2069",
		"la règle {0} ne convient à aucune nuit avant 2070",
	],
	shadowed: [
		"rule {0} has no night left: rules before it take them all",
		"la règle {0} n'a plus de nuit : les règles précédentes les prennent toutes",
	],
	unusedProgram: [
		"program {0} is named by no rule of the calendar",
		"le programme {0} n'est nommé par aucune règle du calendrier",
	],
	unevenBubble: [
		"light that follows single road users changes the uniformity of {0} from pole to pole: neighbourMode row lets lamps rise together",
		"une lumière qui suit chaque usager change l'uniformité de {0} d'un mât à l'autre : neighbourMode row fait monter les lampes ensemble",
	],
} as const satisfies Record<string, readonly [en: string, fr: string]>;
export type RuleName = keyof typeof TEXTS;
export const RULE_NAMES = Object.keys(TEXTS) as RuleName[];

type Found = readonly [rule: RuleName, name: SettingName, ...values: string[]];

/** Hours by which a zone may differ from the sun's: Spain and western China stand at two or more. */
const ZONE_MOST = 2.2;
/** Within this the exchanged coordinates count as the right ones, hours. */
const ZONE_NEAR = 1.5;
const METRES_FAR = 60;
/** Poles in a straight row stand as far apart as their numbers say, bends and measuring included. */
const FAR_FACTOR = 2;
/** EN 13201-2, P classes: the mean may not exceed this many times that of the class. */
const P_MOST = 1.5;
/** Years of nights against which rules are tried: each date but the leap day meets each weekday. */
const YEARS = [2026, 2038] as const;
const LAST_YEAR = 2069;
const DAY = 86_400_000;

const RULES: readonly ((settings: Settings) => Iterable<Found>)[] = [
	places,
	spacing,
	programs,
	presence,
	power,
	calendar,
];

/** Findings of one lamp's settings. */
export function lint(settings: Settings, language: Language): Finding[] {
	return RULES.flatMap((rule) => [...rule(settings)].map((found) => findingOf(found, language)));
}

/** Findings between the lamps of a site. */
export function lintSite(poles: readonly Pole[], language: Language): Finding[] {
	return [...neighbours(poles)].map((found) => findingOf(found, language));
}

function findingOf([rule, name, ...values]: Found, language: Language): Finding {
	const sentence = TEXTS[rule][language === "fr" ? 1 : 0];
	const text = values.reduce(
		(left, value, nth) => left.replace(`{${nth}}`, () => value),
		sentence as string,
	);
	return { rule, name, text: language === "fr" ? text.replace(/(\d)\.(\d)/g, "$1,$2") : text };
}

function* places({ zone: rule, latitude, longitude }: Settings): Iterable<Found> {
	const zone = parseZone(rule);
	if ("reason" in zone) return;
	const hours = zone.standard / 3_600_000;
	const off = (degrees: number) => Math.abs(((hours - degrees / 15 + 36) % 24) - 12);
	if (off(longitude) <= ZONE_MOST) return;
	const where = [String(latitude), String(longitude)] as const;
	if (Math.abs(longitude) <= 90 && off(latitude) <= ZONE_NEAR)
		yield ["swappedCoordinates", "latitude", ...where];
	else yield ["zoneLongitude", "zone", String(hours), where[1]];
}

function* spacing({ neighbourGroup, poleSpacing }: Settings): Iterable<Found> {
	if (neighbourGroup > 0 && poleSpacing > METRES_FAR)
		yield ["wideSpacing", "poleSpacing", String(poleSpacing)];
}

/** The programs that are set, with their settings. */
function* programsOf(settings: Settings): Iterable<readonly [SettingName, Program, name?: string]> {
	const unnamed = parseProgram(settings.program);
	if (isProgram(unnamed)) yield ["program", unnamed];
	for (const name of ["program2", "program3", "program4"] as const) {
		const named = settings[name] === "" ? undefined : parseNamedProgram(settings[name]);
		if (named && "program" in named) yield [name, named.program, named.name];
	}
}

function* programs(settings: Settings): Iterable<Found> {
	const { fullClass, installedMean, calendar } = settings;
	const full = fullLevelOf(settings);
	const most = Math.min(100, fullClass.startsWith("P") ? Math.floor(P_MOST * full) : full);
	const isShared = fullClass !== "percent" && settings.program === DEFAULTS.program;
	for (const [setting, program, name] of programsOf(settings)) {
		if (name !== undefined && !namesIn(calendar).includes(name))
			yield ["unusedProgram", setting, name];
		if (setting === "program" && isShared) continue;
		for (const point of program.points) {
			const text = `"${printPoint(point)}"`;
			if (point.sensor?.traffic !== undefined && !isCounted(settings))
				yield ["uncountedTraffic", setting, text];
			if (!isKnown(point, settings)) yield ["unknownClass", setting, text];
			else if (fullClass !== "percent" && installedMean > 0 && levelOf(point, settings) > most)
				yield ["overClass", setting, text, `${most} %`];
		}
	}
}

/** On M classes an order gives the volume. */
const isCounted = ({ fullClass, pirFitted }: Settings) =>
	fullClass !== "percent" && (pirFitted || fullClass.startsWith("M"));

function isKnown({ lightingClass, sensor }: SwitchPoint, settings: Settings): boolean {
	const kind = kindOf(settings);
	return [lightingClass, sensor?.lightingClass].every(
		(name) =>
			name === undefined ||
			(settings.installedMean > 0 && (kind === undefined || kind === name[0])),
	);
}

function levelOf({ level, lightingClass }: SwitchPoint, settings: Settings): number {
	return lightingClass === undefined ? level : levelOfClass(settings, lightingClass);
}

function* presence(settings: Settings): Iterable<Found> {
	if (settings.sensorEffect === "none") return;
	const floor = floorLevelOf(settings);
	const usual = presenceLevelOf(settings);
	const levels = (level: number) => [`${level} %`, `${floor} %`] as const;
	if (usual <= floor && floor < 100)
		yield ["presenceBelowFloor", "presenceLevel", ...levels(usual)];
	for (const [setting, { points }] of programsOf(settings))
		for (const { sensor } of points) {
			if (!sensor || !isKnown({ sensor } as SwitchPoint, settings)) continue;
			const { lightingClass } = sensor;
			const rule = lightingClass
				? { ...sensor, level: levelOfClass(settings, lightingClass) }
				: sensor;
			const level = ruled(rule, usual);
			if (level < usual && level <= floor) yield ["presenceBelowFloor", setting, ...levels(level)];
		}
	const kind = kindOf(settings);
	if (
		(kind === "P" || kind === "C") &&
		settings.neighbourGroup > 0 &&
		settings.neighbourMode === "ahead"
	)
		yield ["unevenBubble", "neighbourMode", settings.fullClass];
}

function* power({ standbyPower_W, ledPower_W, ledPower10_W }: Settings): Iterable<Found> {
	const tenth = ledPower10_W > 0 ? ledPower10_W : 0.15 * ledPower_W;
	if (standbyPower_W >= tenth)
		yield ["standbyAbovePower", "standbyPower_W", String(standbyPower_W), tenth.toFixed(1)];
}

const rulesIn = (calendar: string) => calendar.split(";").filter((rule) => rule.trim() !== "");
const namesIn = (calendar: string) =>
	rulesIn(calendar).map((rule) => rule.slice(rule.indexOf(":") + 1).trim());

/** Each rule is tried alone on every night, as the lamp tries it. */
function* calendar({ calendar: text, holidays }: Settings): Iterable<Found> {
	const rules = rulesIn(text).map((rule) => rule.trim());
	if (rules.length === 0 || faultOfCalendar(text)) return;
	const open = new Set(rules.keys()); // rules without a night of their own
	const fits = new Set<number>();
	for (const day of daysFor(text)) {
		const [evening, morning] = [dateOf(day), dateOf(day + 1)];
		let taken = false;
		for (const [nth, rule] of rules.entries()) {
			if (taken && (fits.has(nth) || !open.has(nth))) continue;
			const alone = `${rule.slice(0, rule.indexOf(":"))}:fits`;
			if (programFor(alone, holidays, evening, morning) !== "fits") continue;
			fits.add(nth);
			if (!taken) open.delete(nth);
			taken = true;
		}
		if (open.size === 0) return;
	}
	for (const nth of open)
		yield [fits.has(nth) ? "shadowed" : "neverFits", "calendar", `"${rules[nth]!}"`];
}

/** Days of the tried years, and of the years that the text names and a clock can reach. */
function* daysFor(text: string): Iterable<number> {
	const named = [...text.matchAll(/20\d\d(?=-)/g)].map(([year]) => Number(year));
	const later = new Set(named.filter((year) => year < YEARS[0] || year > YEARS[1]));
	for (const year of later) if (year <= LAST_YEAR) yield* daysOf(year);
	for (let year = YEARS[0]; year <= YEARS[1]; year++) yield* daysOf(year);
}

function* daysOf(year: number): Iterable<number> {
	const end = Date.UTC(year + 1, 0, 1) / DAY;
	for (let day = Date.UTC(year, 0, 1) / DAY; day < end; day++) yield day;
}

/** Lamps of one group whose numbers follow each other, and whose coordinates do not. */
function* neighbours(poles: readonly Pole[]): Iterable<Found> {
	const row = [...poles]
		.filter(({ settings }) => settings.neighbourGroup > 0)
		.sort((a, b) => orderOf(a.settings) - orderOf(b.settings));
	for (const [nth, pole] of row.entries()) {
		const next = row[nth + 1];
		if (!next || next.settings.neighbourGroup !== pole.settings.neighbourGroup) continue;
		const places = next.settings.poleNumber - pole.settings.poleNumber;
		const most = FAR_FACTOR * Math.max(1, places) * pole.settings.poleSpacing;
		if (metresBetween(pole.settings, next.settings) > most)
			yield ["farNeighbours", "poleNumber", pole.label, next.label];
	}
}

const orderOf = ({ neighbourGroup, poleNumber }: Settings) => neighbourGroup * 100_000 + poleNumber;

/** On a sphere; exact to a few per mille. */
function metresBetween(a: Settings, b: Settings): number {
	const rad = Math.PI / 180;
	const dx = (b.longitude - a.longitude) * rad * Math.cos(((a.latitude + b.latitude) / 2) * rad);
	return 6_371_000 * Math.hypot((b.latitude - a.latitude) * rad, dx);
}
