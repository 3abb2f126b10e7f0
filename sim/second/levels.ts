/**
 * Levels: the per cents that follow from the settings, and the limits of the winner's level.
 *
 * Follows docs/light.md, "Levels" and "Limits".
 */
import type { Percent } from "../../src/units.js";
import type { Link, Settings } from "./parts.js";

/** Means of the classes of EN 13201-2, lx or cd/m2, of each letter from the greatest on. */
const MEANS: readonly (readonly [string, number])[] = [
	["P1", 15],
	["P2", 10],
	["P3", 7.5],
	["P4", 5],
	["P5", 3],
	["P6", 2],
	["C0", 50],
	["C1", 30],
	["C2", 20],
	["C3", 15],
	["C4", 10],
	["C5", 7.5],
	["M1", 2],
	["M2", 1.5],
	["M3", 1],
	["M4", 0.75],
	["M5", 0.5],
	["M6", 0.3],
];

export function isClass(text: string): boolean {
	return MEANS.some(([name]) => name === text);
}

/** All levels that follow from the settings. */
export interface Levels {
	/** The full level. */
	readonly full: number;
	/** The floor level. */
	readonly floor: number;
	/** The presence level by the settings alone. */
	readonly presence: number;
	readonly linger: number;
	readonly neighbour: number;
	readonly max: number;
	readonly systemFailure: number;
	readonly isProtected: boolean;
	/** `fullClass`: a class or `percent`. */
	readonly fullClass: string;
	/** Letter of the street's classes; empty: none. */
	readonly kind: string;
	readonly installedMean: number;
}

function levelOfClass(name: string, installedMean: number): number {
	const mean = MEANS.find(([n]) => n === name)?.[1] ?? 0;
	return Math.ceil((100 * mean) / installedMean - 1e-9);
}

export function levelsOf(settings: Settings): Levels {
	const light = settings.light ?? {};
	const sensing = settings.sensing ?? {};
	const number = (name: string): number => Number(light[name]);
	const installedMean = number("installedMean");
	const fullClass = String(light.fullClass);
	const floorClass = String(light.floorClass);
	const full =
		fullClass === "percent" ? number("fullLevel") : levelOfClass(fullClass, installedMean);
	const floor =
		floorClass === "percent" ? number("floorLevel") : levelOfClass(floorClass, installedMean);
	const kindOf = fullClass === "percent" ? floorClass : fullClass;
	return {
		full,
		floor,
		presence: number("presenceLevel") === 0 ? full : number("presenceLevel"),
		linger: number("lingerLevel"),
		neighbour: Number(sensing.neighbourLevel),
		max: number("maxLevel"),
		systemFailure: number("systemFailureLevel"),
		isProtected: light.lightProtected === true,
		fullClass,
		kind: kindOf === "percent" ? "" : kindOf.charAt(0),
		installedMean,
	};
}

/** The level of a class that a program names. */
export function levelOfNamedClass(name: string, levels: Levels): number {
	if (levels.installedMean === 0) return levels.full;
	if (levels.kind !== "" && levels.kind !== name.charAt(0)) return levels.full;
	return Math.min(100, levelOfClass(name, levels.installedMean));
}

/** The class `steps` below the full class, and its level; of a full class in per cent the full level. */
export function classBelow(levels: Levels, steps: number): { name: string; level: number } {
	if (levels.fullClass === "percent") return { name: "percent", level: levels.full };
	const row = MEANS.filter(([name]) => name.charAt(0) === levels.fullClass.charAt(0));
	const at = row.findIndex(([name]) => name === levels.fullClass);
	const below = row[Math.min(at + steps, row.length - 1)] ?? [levels.fullClass, 0];
	return { name: below[0], level: levelOfNamedClass(below[0], levels) };
}

/** Floor, protection and maximum, in this order; each that changes the level is a link of the chain. */
export function limited(
	level: number,
	levels: Levels,
	isDark: boolean,
	permitsLess: boolean,
	chain: Link[],
): Percent {
	let result = level;
	if (isDark && !permitsLess && result < levels.floor) {
		result = levels.floor;
		chain.push({ by: "floor", level: result });
	}
	if (isDark && levels.isProtected && result < levels.full) {
		result = levels.full;
		chain.push({ by: "protected", level: result });
	}
	if (result > levels.max) {
		result = levels.max;
		chain.push({ by: "maxLevel", level: result });
	}
	return result as Percent;
}

/** For the facts half: the full level and the floor level by the section `light`. */
export function fullLevel(light: Readonly<Record<string, unknown>>): number {
	return levelsOf({ light }).full;
}

export function floorLevel(light: Readonly<Record<string, unknown>>): number {
	return levelsOf({ light }).floor;
}
