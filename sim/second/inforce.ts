/**
 * In force: the settings that the light uses, read and converted once for each change of the settings.
 *
 * Follows docs/light.md, "Instants and numbers": a setting in seconds becomes whole milliseconds.
 */
import { parseCalendar, parseHolidays } from "./calendar.js";
import { type Driver, driverOf } from "./duty.js";
import { type Levels, levelsOf } from "./levels.js";
import type { Calendar } from "./night.js";
import type { Settings } from "./parts.js";
import { DEFAULT_PROGRAM, type Program, parseProgram } from "./program.js";
import { isFault, parseZone } from "./zone.js";

export interface InForce {
	/** `settingsCount` of these settings. */
	readonly count: number;
	readonly levels: Levels;
	readonly calendar: Calendar;
	readonly driver: Driver;
	/** Times in ms. */
	readonly hold: number;
	readonly linger: number;
	readonly clearToBusy: number;
	readonly settleTime: number;
	readonly riseTime: number;
	readonly fallTime: number;
	readonly minimumLightsOn: number;
	readonly isPirFitted: boolean;
	readonly lowerSensor: string;
	readonly isPhotocellFitted: boolean;
	/** `sensorEffect` is not `none`. */
	readonly hasSensorEffect: boolean;
	readonly ignoresSensorsDuringLightsOut: boolean;
	readonly reportsPresence: boolean;
}

export function toMillis(seconds: unknown): number {
	return Math.floor(Number(seconds) * 1_000 + 0.5);
}

export function inForceOf(settings: Settings, count: number): InForce {
	const light = settings.light ?? {};
	const calendar = settings.calendar ?? {};
	const sensing = settings.sensing ?? {};
	const link = settings.link ?? {};
	return {
		count,
		levels: levelsOf(settings),
		calendar: calendarOf(calendar),
		driver: driverOf(settings),
		hold: toMillis(light.hold),
		linger: toMillis(light.linger),
		clearToBusy: toMillis(sensing.clearToBusy),
		settleTime: toMillis(light.settleTime),
		riseTime: toMillis(light.riseTime),
		fallTime: toMillis(light.fallTime),
		minimumLightsOn: Number(calendar.minimumLightsOn) * 60_000,
		isPirFitted: sensing.pirFitted === true,
		lowerSensor: String(sensing.lowerSensor ?? "none"),
		isPhotocellFitted: sensing.photocell === true,
		hasSensorEffect: light.sensorEffect !== "none",
		ignoresSensorsDuringLightsOut: calendar.presenceDuringLightsOut === "ignore",
		reportsPresence: link.presenceReporting === true,
	};
}

function calendarOf(section: Readonly<Record<string, unknown>>): Calendar {
	const text = (name: string): string => String(section[name] ?? "");
	const programs: Program[] = [];
	const unnamed = parseProgram(text("program"), false);
	programs.push("word" in unnamed ? { name: "", points: [] } : unnamed);
	for (const name of ["program2", "program3", "program4"]) {
		if (text(name) === "") continue;
		const program = parseProgram(text(name), true);
		if (!("word" in program)) programs.push(program);
	}
	const rules = parseCalendar(text("calendar"));
	const holidays = parseHolidays(text("holidays"));
	const zone = parseZone(text("zone"));
	return {
		programs,
		rules: "word" in rules ? [] : rules,
		holidays: "word" in holidays ? [] : holidays,
		zone: isFault(zone) ? { standard: 0, summer: undefined } : zone,
		latitude: Number(section.latitude),
		longitude: Number(section.longitude),
		darkElevation: Number(section.darkElevation),
		isDefaultText: text("program") === DEFAULT_PROGRAM,
	};
}
