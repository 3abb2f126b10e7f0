/**
 * Lamp rules: improbable values in a lamp's settings, and in the points of its programs.
 */
import { HOUR } from "../../lib/spans.js";
import { pointOf, pointTexts, printPoint, type SwitchPoint } from "../../src/lighting/program.js";
import { ruled } from "../../src/lighting/sensorrule.js";
import {
	classBelow,
	floorLevelOf,
	fullLevelOf,
	kindOf,
	levelOfClass,
	presenceLevelOf,
} from "../../src/settings/classes.js";
import { type PlaceName, valuesOfPlace } from "../../src/settings/places.js";
import { DEFAULTS, type SettingName, type Settings } from "../../src/settings/table.js";
import { isZoneRejection, parseZone } from "../../src/time/zonetext.js";
import type { LintRule } from "./notetexts.js";

/** Takes a finding: its rule, the setting, and the values of the text. */
export type AddFinding = (
	rule: LintRule,
	name: SettingName,
	first: string | number,
	second?: string | number,
) => void;

/** Hours by which a zone may differ from the sun's: Spain and western China stand at two or more. */
const ZONE_MOST = 2.2;
/** Within this the exchanged coordinates count as the right ones, hours. */
const ZONE_NEAR = 1.5;
const METRES_FAR = 60;
/** EN 13201-2, P classes: the mean may not exceed this many times that of the class. */
const P_MOST = 1.5;
/** Classes that the floor may lie below the full one without a note; docs/places.md has the reason. */
const CLASSES_DOWN = 2;
const PROGRAMS = Object.freeze(["program", "program2", "program3", "program4"] as const);

/** Adds the findings of a lamp's settings, but for the rules of its calendar. */
export function lintLamp(settings: Settings, add: AddFinding): void {
	lintSingle(settings, add);
	for (const name of PROGRAMS) {
		const text = settings[name];
		const start = name === "program" ? 0 : text.indexOf(":") + 1;
		if (start > 0) lintName(text.slice(0, start - 1).trim(), name, settings, add);
		for (const point of pointTexts(text.slice(start)))
			lintPoint(pointOf(point), name, settings, add);
	}
}

/** Settings that need no program. */
function lintSingle(settings: Settings, add: AddFinding): void {
	const { latitude, longitude, neighbourGroup, poleSpacing } = settings;
	const zone = parseZone(settings.zone);
	const hours = isZoneRejection(zone) ? Number.NaN : zone.standard / HOUR;
	const off = (degrees: number) => Math.abs(((hours - degrees / 15 + 36) % 24) - 12);
	if (off(longitude) > ZONE_MOST) {
		const isSwapped = Math.abs(longitude) <= 90 && off(latitude) <= ZONE_NEAR;
		if (isSwapped) add("swappedCoordinates", "latitude", latitude, longitude);
		else add("zoneLongitude", "zone", hours, longitude);
	}
	if (neighbourGroup > 0 && poleSpacing > METRES_FAR)
		add("wideSpacing", "poleSpacing", poleSpacing);
	const tenth = settings.ledPower10_W || 0.15 * settings.ledPower_W;
	if (settings.standbyPower_W >= tenth) {
		const rounded = Math.round(tenth * 10) / 10;
		add("standbyAbovePower", "standbyPower_W", settings.standbyPower_W, rounded);
	}
	lintFloor(settings, add);
	lintDepth(settings, add);
	if (settings.sensorEffect === "none") return;
	const usual = presenceLevelOf(settings);
	if (floorLevelOf(settings) < 100) lintPresence("presenceLevel", usual, settings, add);
	const kind = kindOf(settings);
	if ((kind === "P" || kind === "C") && neighbourGroup > 0 && settings.neighbourMode === "ahead")
		add("unevenBubble", "neighbourMode", settings.fullClass);
}

function lintFloor({ floorClass, floorLevel, place }: Settings, add: AddFinding): void {
	if (floorClass !== "percent") {
		if (floorLevel !== DEFAULTS.floorLevel)
			add("floorByClass", "floorLevel", `${floorLevel} %`, floorClass);
	} else if (floorLevel === 0 && !isUsualOf(place, "floorLevel", "0"))
		add("darkFloor", "floorLevel", floorLevel);
}

/** A floor of 0 is no class: darkness has other reasons. */
function lintDepth(settings: Settings, add: AddFinding): void {
	const { fullClass, floorClass, installedMean } = settings;
	const floor = floorLevelOf(settings);
	if (fullClass === "percent" || installedMean === 0 || floor === 0) return;
	const lowest = classBelow(settings, CLASSES_DOWN);
	if (floor < levelOfClass(settings, lowest))
		add("deepFloor", "floorClass", floorClass === "percent" ? `${floor} %` : floorClass, lowest);
}

/** Whether the kind of place has this value. */
function isUsualOf(place: Settings["place"], name: PlaceName, value: string): boolean {
	return valuesOfPlace(place).some(([placeName, text]) => placeName === name && text === value);
}

function lintPresence(name: SettingName, level: number, settings: Settings, add: AddFinding): void {
	const floor = floorLevelOf(settings);
	if (level <= floor) add("presenceBelowFloor", name, `${level} %`, `${floor} %`);
}

function lintName(
	program: string,
	name: SettingName,
	{ calendar }: Settings,
	add: AddFinding,
): void {
	const isNamed = (rule: string) => rule.slice(rule.indexOf(":") + 1).trim() === program;
	if (!calendar.split(";").some(isNamed)) add("unusedProgram", name, program);
}

function lintPoint(
	point: SwitchPoint,
	name: SettingName,
	settings: Settings,
	add: AddFinding,
): void {
	const { fullClass, installedMean } = settings;
	const { lightingClass, sensor } = point;
	const hasClasses = fullClass !== "percent";
	const text = `"${printPoint(point)}"`;
	const kind = kindOf(settings);
	const isUnknown = (asked: string | undefined) =>
		asked !== undefined && (installedMean === 0 || (kind !== undefined && kind !== asked[0]));
	// the default program is in shares, and shared by all classes
	if (name !== "program" || !hasClasses || settings.program !== DEFAULTS.program) {
		// on M classes an order gives the volume
		const isCounted = hasClasses && (settings.pirFitted || fullClass[0] === "M");
		if (sensor?.traffic !== undefined && !isCounted) add("uncountedTraffic", name, text);
		const full = fullLevelOf(settings);
		const most = Math.min(100, fullClass[0] === "P" ? Math.floor(P_MOST * full) : full);
		const level = lightingClass ? levelOfClass(settings, lightingClass) : point.level;
		if (isUnknown(lightingClass) || isUnknown(sensor?.lightingClass))
			add("unknownClass", name, text);
		else if (hasClasses && installedMean > 0 && level > most)
			add("overClass", name, text, `${most} %`);
	}
	if (!sensor || settings.sensorEffect === "none" || isUnknown(sensor.lightingClass)) return;
	const usual = presenceLevelOf(settings);
	const asked = sensor.lightingClass;
	const level = ruled(asked ? { ...sensor, level: levelOfClass(settings, asked) } : sensor, usual);
	if (level < usual) lintPresence(name, level, settings, add);
}
