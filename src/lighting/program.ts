/**
 * Program: the levels through a night, as the CMS wrote them.
 *
 * A program is a list of switch points, by the clock or by the sun (TALQ fixedTimeControls and
 * astroClockTimeControls), written in the order of a night, which runs from noon to noon. Its text:
 * `sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0`, with offsets in minutes: `sunset+15`.
 * A class of EN 13201-2 may stand for a level, `22:00 P5`; the street's design gives its per cent.
 * `00:00 out` puts the lights out until the next point: a decision of the commune, to which the
 * floor does not apply, whereas `0` leaves the floor. The effect of presence until the next point
 * may follow the level: `00:00 40 min 60 hold 20` (sensorrule.ts), and last a volume of traffic,
 * `00:00 P6 traffic 60` (adaptive.ts). plan.ts lays a program over one night.
 *
 * A lamp has one program and a few named ones, `weekend: sunset 100; ...`, from which calendar.ts
 * chooses.
 */
import type { Percent } from "../units.js";
import { CLASS, parseSensorRule, printSensorRule, type SensorRule } from "./sensorrule.js";

type SunEvent = "sunset" | "sunrise";

export type SwitchTime =
	/** Local wall clock, minutes after midnight, 0 to 1439. */
	| { readonly kind: "clock"; readonly minutes: number }
	/** `offset`: minutes after the event, -MAX_OFFSET to MAX_OFFSET. */
	| { readonly kind: "sun"; readonly event: SunEvent; readonly offset: number };

export interface SwitchPoint {
	readonly at: SwitchTime;
	/** 0 if the point is `out`; 100 if it names a class. */
	readonly level: Percent;
	/** The class of which the point asks the mean. */
	readonly lightingClass?: string;
	/** The lights are out: no floor applies, and no presence light either if so set. */
	readonly out?: true;
	/** Effect of presence until the next point; absent: the lamp's own settings. */
	readonly sensor?: SensorRule;
}

/** Why a text is not a valid program. */
export interface InvalidProgram {
	readonly reason: "invalidProgram";
	/** The invalid point, counted from 1; 0: the whole text. */
	readonly where: number;
	readonly why:
		| "empty" // no point at all
		| "tooLong"
		| "tooManyPoints"
		| "notAPoint" // not `TIME LEVEL`
		| "notATime"
		| "offsetOutOfRange"
		| "notALevel" // neither `out`, nor a class, nor a whole number from 0 to 100
		| "notAName" // a named program does not begin with `NAME:`
		| "notAnEffect" // not `set`, `max` or `min` and a level, nor `traffic` and 1 to 9999
		| "notAHold" // after `hold`, not a whole number of seconds from 5 to 1800
		| "outOfOrder"; // earlier in the night than the point before it
}

/** A night needs four or five points; this leaves room and keeps a plan at some 50 slots. */
const MAX_POINTS = 16;
/** Longest text: MAX_POINTS of `sunrise-240 100; `, and some blanks. */
export const MAX_PROGRAM_LENGTH = 320;
/** Minutes from sunset or sunrise; a point further away belongs to the clock. */
const MAX_OFFSET = 240;
/** The name of the unnamed program in a calendar; no other program may have it. */
export const DEFAULT_NAME = "program";
/** Lower case, to distinguish names from the weekdays of a calendar; quick to type. */
const NAMED = /^\s*([a-z][a-z0-9-]{0,15})\s*:/;

const HOUR = 60;
const NOON = 12 * HOUR;
const DAY = 24 * HOUR;

/** Why a text is no program; undefined if it is one. Never an exception. */
export function programFault(text: string): InvalidProgram | undefined {
	if (text.length > MAX_PROGRAM_LENGTH) return invalid(0, "tooLong");
	const parts = text.split(";");
	if (parts[parts.length - 1]!.trim() === "") parts.pop(); // a final semicolon ends the text
	if (parts.length === 0) return invalid(0, "empty");
	if (parts.length > MAX_POINTS) return invalid(0, "tooManyPoints");
	const times: SwitchTime[] = []; // of all points; a lamp has no memory for more
	for (const part of parts) {
		const where = times.length + 1;
		const point = parsePoint(part.trim().split(/\s+/));
		if (typeof point === "string") return invalid(where, point);
		if (!followsAll(times, point.at)) return invalid(where, "outOfOrder");
		times.push(point.at);
	}
	return undefined;
}

/** The points of a valid program, each as text; each is parsed where it is needed. */
export function pointTexts(program: string): readonly string[] {
	return program.split(";").filter((part) => part.trim() !== "");
}

/** A point of a valid program. */
export function pointOf(text: string): SwitchPoint {
	return parsePoint(text.trim().split(/\s+/)) as SwitchPoint;
}

/** The program in a valid `NAME: PROGRAM`; undefined if it has another name. */
export function programNamed(name: string, text: string): string | undefined {
	const named = NAMED.exec(text);
	return named?.[1] === name ? text.slice(named[0].length) : undefined;
}

/** Why a text is no `NAME: PROGRAM`; a name is 1 to 16 of a-z, 0-9 and -, a letter first. */
export function namedProgramFault(text: string): InvalidProgram | undefined {
	const named = NAMED.exec(text);
	if (!named || named[1] === DEFAULT_NAME) return invalid(0, "notAName");
	return programFault(text.slice(named[0].length));
}

/** One point as written: `22:00 60`, `sunset+15 100`. */
export function printPoint(point: SwitchPoint): string {
	const { at, level, out, sensor, lightingClass } = point;
	return `${printTime(at)} ${out ? "out" : (lightingClass ?? level)}${sensor ? printSensorRule(sensor) : ""}`;
}

function invalid(where: number, why: InvalidProgram["why"]): InvalidProgram {
	return { reason: "invalidProgram", where, why };
}

function parsePoint(args: readonly string[]): SwitchPoint | InvalidProgram["why"] {
	if (args.length < 2 || args.length % 2 !== 0) return "notAPoint";
	const at = parseTime(args[0]!);
	if (typeof at === "string") return at;
	const word = args[1]!;
	const isOut = word === "out";
	const isClass = CLASS.test(word);
	const level = isOut ? (0 as Percent) : isClass ? (100 as Percent) : parseLevel(word);
	if (level === undefined) return "notALevel";
	const sensor = args.length > 2 ? parseSensorRule(args.slice(2)) : undefined;
	if (typeof sensor === "string") return sensor;
	const point: { -readonly [K in keyof SwitchPoint]: SwitchPoint[K] } = { at, level };
	if (isOut) point.out = true;
	if (isClass) point.lightingClass = word;
	if (sensor) point.sensor = sensor;
	Object.freeze(at);
	return Object.freeze(point);
}

function parseTime(word: string): SwitchTime | "notATime" | "offsetOutOfRange" {
	const clock = /^(\d\d):(\d\d)$/.exec(word);
	if (clock) {
		const hours = Number(clock[1]);
		const minutes = Number(clock[2]);
		if (hours > 23 || minutes > 59) return "notATime";
		return { kind: "clock", minutes: hours * HOUR + minutes };
	}
	const sun = /^(sunset|sunrise)(?:([+-])(\d{1,4}))?$/.exec(word);
	if (!sun) return "notATime";
	const minutes = Number(sun[3] ?? 0);
	if (minutes > MAX_OFFSET) return "offsetOutOfRange";
	const offset = sun[2] === "-" && minutes > 0 ? -minutes : minutes;
	return { kind: "sun", event: sun[1] as SunEvent, offset };
}

function parseLevel(word: string): Percent | undefined {
	if (!/^\d{1,3}$/.test(word)) return undefined;
	const level = Number(word);
	return level <= 100 ? (level as Percent) : undefined;
}

/**
 * Whether a point may follow those before it. Clock points follow each other from noon to noon, sun
 * points by event and offset; a clock point and a sun point change places with the season, which
 * the plan of the night resolves.
 */
function followsAll(times: readonly SwitchTime[], at: SwitchTime): boolean {
	for (const before of times) {
		if (before.kind === "clock" && at.kind === "clock") {
			if (afterNoon(at.minutes) < afterNoon(before.minutes)) return false;
		} else if (before.kind === "sun" && at.kind === "sun") {
			if (before.event === "sunrise" && at.event === "sunset") return false;
			if (before.event === at.event && at.offset < before.offset) return false;
		}
	}
	return true;
}

/** Minutes since the noon at which the night began. */
function afterNoon(minutes: number): number {
	return (minutes + DAY - NOON) % DAY;
}

function printTime(at: SwitchTime): string {
	if (at.kind === "clock") return `${two(Math.floor(at.minutes / HOUR))}:${two(at.minutes % HOUR)}`;
	if (at.offset === 0) return at.event;
	return `${at.event}${at.offset > 0 ? "+" : ""}${at.offset}`;
}

function two(number: number): string {
	return number < 10 ? `0${number}` : `${number}`;
}
