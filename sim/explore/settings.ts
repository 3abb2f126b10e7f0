/**
 * Settings: random values over the whole settings table, valid together.
 *
 * Settings that the checks of the light do not model keep their defaults: they are listed with the
 * reason. The names of the lamps and of their broker are the street's own.
 */

import { type Random, random } from "../../lib/random.js";
import { brokenRule } from "../../src/settings/rules.js";
import {
	DEFAULTS,
	SETTINGS,
	type Setting,
	toInside,
	withValues,
} from "../../src/settings/table.js";
import { STREET_VALUES } from "../checks/configured.js";
import { integer, pick } from "./chance.js";

/** Settings that stay as they are, with the reason. */
const FIXED: Readonly<Record<string, string>> = {
	...fixed("the street's own", ["site", "node", "zone", "latitude", "longitude", "root", "supply"]),
	...fixed("the street's own", ["brokerHost", "brokerPort", "brokerTls", "brokerServerName"]),
	...fixed("the street's own", ["wifiName", "wifiPassword", "reconnectSpread", "lampResponse"]),
	...fixed("the street's own", ["neighbourGroup", "poleNumber", "poleSide", "poleSpacing"]),
	...fixed("the street's own", ["siteKey"]),
	...fixed("drawn with a slow link", ["reporting"]),
	...fixed("drawn with drivers on buses", ["drivers", "lowerSensor", "lowerSensorLux"]),
	...fixed("classes are levels by a table of EN 13201-2", [
		"fullClass",
		"floorClass",
		"installedMean",
	]),
	...fixed("a calendar is drawn with the program", [
		"program",
		"program2",
		"program3",
		"program4",
		"calendar",
		"holidays",
		"minimumLightsOn",
	]),
	...fixed("the duty is no longer the light", ["depreciation"]),
	...fixed("the row promises light ahead by these", [
		"neighbourBubble",
		"neighbourLevel",
		"lightAhead",
		"autoClear",
		"hopLimit",
		"minBroadcastPeriod",
		"maxBroadcastPeriod",
	]),
};
const OTHERS = SETTINGS.filter(({ name }) => !(name in FIXED));
/** Of the bounds of a number more often than of what lies between. */
const BOUND = 0.3;

function fixed(why: string, names: readonly string[]): Record<string, string> {
	return Object.fromEntries(names.map((name) => [name, why]));
}

/** `section.name=value`, each; half of the streets have the values of the default one. */
export function drawSettings(seed: number): string[] {
	const chance = random(seed, "settings");
	const args: string[] = [];
	if (chance.next() < 0.4) args.push(`calendar.program=${programOf(chance)}`);
	if (chance.next() < 0.45) return args;
	let settings = withValues(DEFAULTS, street());
	for (let n = integer(chance, 1, 8); n > 0; n--) {
		const setting = pick(chance, OTHERS);
		const value = drawValue(setting, chance);
		const changed = withValues(settings, { [setting.name]: insideOf(setting, value) });
		const isTwice = args.some((word) => word.startsWith(`${setting.section}.${setting.name}=`));
		if (isTwice || brokenRule(changed) !== undefined) continue;
		settings = changed;
		args.push(`${setting.section}.${setting.name}=${value}`);
	}
	return args;
}

/** The street's own values, in the firmware's units. */
function street() {
	const { program: _p, startTime: _s, neighbours: _n, ...values } = STREET_VALUES;
	return values;
}

function insideOf({ kind }: Setting, value: string | number | boolean) {
	return typeof value === "number" ? toInside(kind, value) : value;
}

/** Within the bounds of the setting, often at one. */
export function drawValue({ kind }: Setting, chance: Random): string | number | boolean {
	if (kind.type === "boolean") return chance.next() < 0.5;
	if (kind.type === "choice") return pick(chance, kind.choices);
	if (kind.type !== "number") return pick(chance, ["a", "cabinet-7", "x".repeat(20)]);
	const { min, max, step } = kind;
	if (chance.next() < BOUND) return pick(chance, [min, max]);
	const scale = Math.round(1 / step);
	const share = chance.next() ** 2; // near the least more often: days and hours are the greatest
	return Math.round((min + share * (max - min)) * scale) / scale;
}

/** Sunset first; points of the evening and the night, some with lights out or a sensor's effect. */
function programOf(chance: Random): string {
	const level = () => pick(chance, ["100", "80", "60", "40", "20", "5", "0", "out"]);
	const rule = () => pick(chance, ["", "", "", " min 60", " set 80", " max 90", " hold 45"]);
	const clock = (hour: number) =>
		`${String(hour % 24).padStart(2, "0")}:${pick(chance, ["00", "30"])}`;
	const points = [`sunset ${pick(chance, ["100", "80", "60", "40"])}`];
	for (let hour = 20 + integer(chance, 0, 2); hour < 30; hour += integer(chance, 2, 4))
		points.push(`${clock(hour)} ${level()}${rule()}`);
	if (chance.next() < 0.7) points.push(`sunrise${pick(chance, ["", "-30"])} 0`);
	return points.join("; ");
}

/** The settings that are drawn. */
export function settingNames(): string[] {
	return ["program", ...OTHERS.map(({ name }) => name)];
}
