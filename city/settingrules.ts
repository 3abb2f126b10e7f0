/**
 * Setting rules of the public contract: each value of a site file by the form that a lamp accepts.
 *
 * The syntax of programs, calendars and zones, and rules between settings, are the lamp's: it refuses
 * such a value with its reason. `npx luminode provision` and `npx luminode preview` validate them before.
 */

import { pointed, type SettingData, type SettingRules, shown } from "../lib/site/settingrules.js";
import type { Text } from "../lib/text/bilingual.js";
import { text } from "../lib/text/texts.js";
import { PLACES, SETTINGS } from "./settings.js";

type Value = SettingData["initial"];

/** In binary a decimal is no exact multiple of its step; within this tolerance it counts as one. */
const STEP_TOLERANCE = 1e-6;
const DECIMAL = /^-?\d+(\.\d+)?$/;

const linesOf = <T>(table: string): readonly T[] =>
	table
		.trim()
		.split("\n")
		.map((line) => JSON.parse(line) as T);
const settings = new Map(linesOf<SettingData>(SETTINGS).map((row) => [row.name, row]));
const places = new Map(
	linesOf<{ readonly kind: string; readonly values: readonly (readonly [string, string])[] }>(
		PLACES,
	).map(({ kind, values }) => [kind, values]),
);

export const CONTRACT_RULES: SettingRules = {
	settings,
	placeNames: [...places.values()][0]!.map(([name]) => name),
	valuesOfPlace: (kind) => places.get(kind) ?? [],
	planned(names, cellOf, complain) {
		const values = new Map<string, string>();
		const sections = new Map<string, Record<string, Value>>();
		for (const name of names) {
			const row = settings.get(name)!;
			const value = valueFor(row, cellOf(name), complain);
			values.set(name, String(value));
			sections.set(row.section, { ...sections.get(row.section), [name]: value });
		}
		return { values, sections };
	},
};

/** The default for an empty cell, and for one that is refused. */
function valueFor(row: SettingData, cell: string, complain: (why: Text) => void): Value {
	const value = cell === "" ? row.initial : valueIn(row, cell);
	if (value !== undefined) return value;
	const { name, range } = row;
	const why = { en: `must be ${range.en}`, fr: `il faut ${range.fr}` };
	complain(text("badValue", name, why, shown(cell), "", ""));
	return row.initial;
}

function valueIn(row: SettingData, cell: string): Value | undefined {
	if (row.enum) return row.enum.includes(cell) ? cell : undefined;
	if (row.type === "number") return numberIn(row, pointed(cell));
	if (row.type === "string") return textIn(row, cell);
	if (cell === "true" || cell === "on") return true;
	return cell === "false" || cell === "off" ? false : undefined;
}

function numberIn({ minimum = 0, maximum = 0, step = 1 }: SettingData, cell: string) {
	const value = Number(cell);
	if (!DECIMAL.test(cell) || value < minimum || value > maximum) return undefined;
	const scale = Math.round(1 / step);
	const steps = Math.round(value * scale);
	return Math.abs(value * scale - steps) > STEP_TOLERANCE ? undefined : (steps + 0) / scale;
}

function textIn(row: SettingData, cell: string): string | undefined {
	const { minLength = 0, maxLength = 0, pattern = "", not } = row;
	if (cell.length < minLength || cell.length > maxLength || not?.enum.includes(cell))
		return undefined;
	return new RegExp(pattern).test(cell) ? cell : undefined;
}
