/**
 * Lint rules: improbable values in a lamp's settings, found part by part.
 *
 * A part is one setting or one point of a program, because a lamp has no memory for the findings of
 * all points at once.
 */
import { pointOf, pointTexts, printPoint, type SwitchPoint } from "../../lighting/program.js";
import { ruled } from "../../lighting/sensorrule.js";
import {
	floorLevelOf,
	fullLevelOf,
	kindOf,
	levelOfClass,
	presenceLevelOf,
} from "../../settings/classes.js";
import { DEFAULTS, type SettingName, type Settings } from "../../settings/table.js";
import { isZoneRejection, parseZone } from "../../time/zonetext.js";

/** Each has a text of the console, `note.` and its name. */
export type LintRule =
	| "zoneLongitude"
	| "swappedCoordinates"
	| "wideSpacing"
	| "overClass"
	| "unknownClass"
	| "uncountedTraffic"
	| "presenceBelowFloor"
	| "standbyAbovePower"
	| "neverFits"
	| "shadowed"
	| "unusedProgram"
	| "unevenBubble";
/** Rule, setting, and values of the text. */
export type LintFinding = readonly [
	rule: LintRule,
	name: SettingName,
	...values: (string | number)[],
];

/** Hours by which a zone may differ from the sun's: Spain and western China stand at two or more. */
const ZONE_MOST = 2.2;
/** Within this the exchanged coordinates count as the right ones, hours. */
const ZONE_NEAR = 1.5;
const METRES_FAR = 60;
/** EN 13201-2, P classes: the mean may not exceed this many times that of the class. */
const P_MOST = 1.5;
const HOUR = 3_600_000;
const PROGRAMS = Object.freeze(["program", "program2", "program3", "program4"] as const);
/** Each appends what it finds. */
type Rule = (settings: Settings, found: LintFinding[]) => void;

const RULES: readonly Rule[] = Object.freeze([coordinates, spacing, presence, power]);

/** Position among the parts of all rules. */
export interface LintPart {
	readonly rule: number;
	readonly point: number;
}

/** The first part, or the first one about a setting. */
export function firstPart(only?: string): LintPart {
	const program = (PROGRAMS as readonly string[]).indexOf(only ?? "");
	return { rule: program < 0 ? 0 : RULES.length + program, point: 0 };
}

/** Appends the findings of one part, and returns the next one; undefined after the last. */
export function lintPart(
	settings: Settings,
	{ rule, point }: LintPart,
	found: LintFinding[],
	only?: string,
): LintPart | undefined {
	const single = RULES[rule];
	const name = PROGRAMS[rule - RULES.length];
	if (single) single(settings, found);
	else if (name === undefined || (only !== undefined && name !== only)) return undefined;
	else if (hasMore(settings, name, point, found)) return { rule, point: point + 1 };
	return { rule: rule + 1, point: 0 };
}

function coordinates({ zone: rule, latitude, longitude }: Settings, found: LintFinding[]): void {
	const zone = parseZone(rule);
	if (isZoneRejection(zone)) return;
	const hours = zone.standard / HOUR;
	const off = (degrees: number) => Math.abs(((hours - degrees / 15 + 36) % 24) - 12);
	if (off(longitude) <= ZONE_MOST) return;
	if (Math.abs(longitude) <= 90 && off(latitude) <= ZONE_NEAR)
		found.push(["swappedCoordinates", "latitude", latitude, longitude]);
	else found.push(["zoneLongitude", "zone", hours, longitude]);
}

function spacing({ neighbourGroup, poleSpacing }: Settings, found: LintFinding[]): void {
	if (neighbourGroup > 0 && poleSpacing > METRES_FAR)
		found.push(["wideSpacing", "poleSpacing", poleSpacing]);
}

function presence(settings: Settings, found: LintFinding[]): void {
	if (settings.sensorEffect === "none") return;
	const floor = floorLevelOf(settings);
	const usual = presenceLevelOf(settings);
	if (usual <= floor && floor < 100) found.push(belowFloor("presenceLevel", usual, floor));
	const kind = kindOf(settings);
	const { neighbourGroup, neighbourMode, fullClass } = settings;
	if ((kind === "P" || kind === "C") && neighbourGroup > 0 && neighbourMode === "ahead")
		found.push(["unevenBubble", "neighbourMode", fullClass]);
}

function belowFloor(name: SettingName, level: number, floor: number): LintFinding {
	return ["presenceBelowFloor", name, `${level} %`, `${floor} %`];
}

function power({ standbyPower_W, ledPower_W, ledPower10_W }: Settings, found: LintFinding[]): void {
	const tenth = ledPower10_W > 0 ? ledPower10_W : 0.15 * ledPower_W;
	if (standbyPower_W >= tenth)
		found.push([
			"standbyAbovePower",
			"standbyPower_W",
			standbyPower_W,
			Math.round(tenth * 10) / 10,
		]);
}

/** One point of a program, the name of a named one with its first; false: there are no more. */
function hasMore(
	settings: Settings,
	name: SettingName,
	nth: number,
	found: LintFinding[],
): boolean {
	const text = settings[name] as string;
	const start = name === "program" ? 0 : text.indexOf(":") + 1;
	if (text === "" || (name !== "program" && start === 0)) return false;
	if (nth === 0 && name !== "program")
		named(text.slice(0, start - 1).trim(), name, settings, found);
	const texts = pointTexts(text.slice(start));
	if (nth < texts.length) point(pointOf(texts[nth]!), name, settings, found);
	return nth + 1 < texts.length;
}

function named(program: string, name: SettingName, settings: Settings, found: LintFinding[]): void {
	const isUsed = settings.calendar
		.split(";")
		.some((rule) => rule.slice(rule.indexOf(":") + 1).trim() === program);
	if (!isUsed) found.push(["unusedProgram", name, program]);
}

function point(at: SwitchPoint, name: SettingName, settings: Settings, found: LintFinding[]): void {
	const { fullClass, installedMean } = settings;
	const text = `"${printPoint(at)}"`;
	// the default program is in shares, and shared by all classes
	const isShared = fullClass !== "percent" && settings.program === DEFAULTS.program;
	if (name !== "program" || !isShared) {
		if (at.sensor?.traffic !== undefined && !isCounted(settings))
			found.push(["uncountedTraffic", name, text]);
		const full = fullLevelOf(settings);
		const most = Math.min(100, fullClass.startsWith("P") ? Math.floor(P_MOST * full) : full);
		if (!isKnown(at.lightingClass, settings) || !isKnown(at.sensor?.lightingClass, settings))
			found.push(["unknownClass", name, text]);
		else if (fullClass !== "percent" && installedMean > 0 && levelAt(at, settings) > most)
			found.push(["overClass", name, text, `${most} %`]);
	}
	sensed(at, name, settings, found);
}

/** On M classes an order gives the volume. */
function isCounted({ fullClass, pirFitted }: Settings): boolean {
	return fullClass !== "percent" && (pirFitted || fullClass.startsWith("M"));
}

/** Whether the level of a class can be derived; there may be none. */
function isKnown(lightingClass: string | undefined, settings: Settings): boolean {
	const kind = kindOf(settings);
	return (
		lightingClass === undefined ||
		(settings.installedMean > 0 && (kind === undefined || kind === lightingClass[0]))
	);
}

function levelAt({ level, lightingClass }: SwitchPoint, settings: Settings): number {
	return lightingClass === undefined ? level : levelOfClass(settings, lightingClass);
}

/** A point whose effect of presence ends below the floor. */
function sensed(
	{ sensor }: SwitchPoint,
	name: SettingName,
	settings: Settings,
	found: LintFinding[],
) {
	if (!sensor || settings.sensorEffect === "none") return;
	const { lightingClass } = sensor;
	if (!isKnown(lightingClass, settings)) return;
	const floor = floorLevelOf(settings);
	const usual = presenceLevelOf(settings);
	const rule = lightingClass ? { ...sensor, level: levelOfClass(settings, lightingClass) } : sensor;
	const level = ruled(rule, usual);
	if (level < usual && level <= floor) found.push(belowFloor(name, level, floor));
}
