/**
 * Program: the text of a program, and what a point asks for.
 *
 * Follows docs/light.md, "The text of a program", "What a point asks for", "Traffic" (the class in force;
 * the count is a verdict) and "The text of a point".
 */
import { classBelow, isClass, type Levels, levelOfNamedClass } from "./levels.js";

/** Of the setting `program` (docs/settings.md). */
export const DEFAULT_PROGRAM = "sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0";

export interface Point {
	readonly event: "clock" | "sunset" | "sunrise";
	/** Minutes after midnight, or from sunset or sunrise. */
	readonly minutes: number;
	/** `out`, a class, or per cent. */
	readonly level: string | number;
	readonly effect:
		| { readonly word: "set" | "max" | "min"; readonly value: string | number }
		| undefined;
	/** Seconds. */
	readonly hold: number | undefined;
	/** Road users an hour. */
	readonly traffic: number | undefined;
}

export interface Program {
	/** Empty: the program without a name. */
	readonly name: string;
	readonly points: readonly Point[];
}

/** Where a text is wrong: the number of the point, from 1; 0: the whole. */
export interface PointFault {
	readonly at: number;
	readonly word: string;
}

const NAME = /^[a-z][a-z0-9-]{0,15}$/;
const TIME = /^([01][0-9]|2[0-3]):([0-5][0-9])$/;
const SUN = /^(sunset|sunrise)(?:([+-])([0-9]{1,4}))?$/;

/** `isNamed`: of program2 to program4, `NAME: POINTS`. */
export function parseProgram(text: string, isNamed: boolean): Program | PointFault {
	if (text.length > (isNamed ? 180 : 320)) return { at: 0, word: "tooLong" };
	let name = "";
	let list = text;
	if (isNamed) {
		const colon = text.indexOf(":");
		name = trim(colon < 0 ? "" : text.slice(0, colon));
		if (!NAME.test(name) || name === "program") return { at: 0, word: "notAName" };
		list = text.slice(colon + 1);
	}
	const parts = list.split(";").map(trim);
	if (parts.length > 1 && parts[parts.length - 1] === "") parts.pop();
	if (parts.length === 1 && parts[0] === "") return { at: 0, word: "empty" };
	const points: Point[] = [];
	for (const [i, part] of parts.entries()) {
		const at = i + 1;
		if (at > 16) return { at: 0, word: "tooManyPoints" };
		const point = parsePoint(part);
		if (typeof point === "string") return { at, word: point };
		if (points.some((before) => goesBackwards(before, point))) return { at, word: "outOfOrder" };
		points.push(point);
	}
	return { name, points };
}

function trim(text: string): string {
	return text.replace(/^ +| +$/g, "");
}

function parsePoint(text: string): Point | string {
	if (text === "") return "empty";
	const words = text.split(/ +/);
	if (words.length < 2) return "notAPoint";
	const time = parseTime(words[0] ?? "");
	if (typeof time === "string") return time;
	const level = words[1] === "out" ? "out" : parseValue(words[1] ?? "", 3);
	if (level === undefined) return "notALevel";
	let at = 2;
	let effect: Point["effect"];
	let hold: number | undefined;
	let traffic: number | undefined;
	const word = words[at];
	if (word === "set" || word === "max" || word === "min") {
		const value = parseValue(words[at + 1] ?? "", 4);
		if (value === undefined) return "notAnEffect";
		effect = { word, value };
		at += 2;
	}
	if (words[at] === "hold") {
		hold = parseNumber(words[at + 1] ?? "", 4, 5, 1_800);
		if (hold === undefined) return "notAHold";
		at += 2;
	}
	if (words[at] === "traffic") {
		traffic = parseNumber(words[at + 1] ?? "", 4, 1, 9_999);
		if (traffic === undefined) return "notAPoint";
		at += 2;
	}
	if (at !== words.length) return "notAPoint";
	return { ...time, level, effect, hold, traffic };
}

function parseTime(text: string): Pick<Point, "event" | "minutes"> | string {
	const clock = TIME.exec(text);
	if (clock !== null) return { event: "clock", minutes: Number(clock[1]) * 60 + Number(clock[2]) };
	const sun = SUN.exec(text);
	if (sun === null) return "notATime";
	const offset = Number(sun[3] ?? 0);
	if (offset > 240) return "offsetOutOfRange";
	const event = sun[1] === "sunset" ? "sunset" : "sunrise";
	return { event, minutes: sun[2] === "-" && offset !== 0 ? -offset : offset };
}

function parseValue(text: string, digits: number): string | number | undefined {
	return isClass(text) ? text : parseNumber(text, digits, 0, 100);
}

function parseNumber(text: string, digits: number, min: number, max: number): number | undefined {
	if (!/^[0-9]+$/.test(text) || text.length > digits) return undefined;
	const value = Number(text);
	return value >= min && value <= max ? value : undefined;
}

function goesBackwards(before: Point, point: Point): boolean {
	if (point.event === "clock" && before.event === "clock") {
		return fromNoon(point.minutes) < fromNoon(before.minutes);
	}
	if (point.event === "sunset" && before.event === "sunrise") return true;
	return point.event === before.event && point.minutes < before.minutes;
}

function fromNoon(minutes: number): number {
	return (minutes + 720) % 1_440;
}

/** The text of a point, without traffic. `isShare`: its level is a share of the full class. */
export function textOf(point: Point, program: string, levels: Levels, isShare: boolean): string {
	let text = program === "" ? "" : `${program}: `;
	text += timeText(point);
	text += ` ${point.level}`;
	const effect = point.effect;
	const isIdle = effect?.word === "max" && effect.value === 0;
	const hasMore = point.hold !== undefined || point.traffic !== undefined;
	if (effect !== undefined && !(isIdle && hasMore)) text += ` ${effect.word} ${effect.value}`;
	if (point.hold !== undefined) text += ` hold ${point.hold}`;
	if (point.traffic !== undefined) text += ` traffic ${point.traffic}`;
	if (isShare) text += ` x ${levels.fullClass}`;
	return text;
}

function timeText(point: Point): string {
	if (point.event !== "clock") {
		if (point.minutes === 0) return point.event;
		return `${point.event}${point.minutes > 0 ? "+" : ""}${point.minutes}`;
	}
	const two = (n: number): string => String(n).padStart(2, "0");
	return `${two(Math.floor(point.minutes / 60))}:${two(point.minutes % 60)}`;
}

/** What a point asks for. */
export interface Asked {
	readonly level: number;
	readonly source: string;
	/** The point is `out`. */
	readonly isOut: boolean;
	/** The presence level under this point. */
	readonly presence: number;
	/** Seconds; undefined: the setting. */
	readonly hold: number | undefined;
}

export function ask(
	point: Point,
	program: string,
	levels: Levels,
	isDefaultText: boolean,
	isLightsOut: boolean,
	classesBelow: number,
): Asked {
	const isOut = point.level === "out";
	const isShare =
		isDefaultText &&
		levels.fullClass !== "percent" &&
		typeof point.level === "number" &&
		point.level > 0;
	let level = isOut ? 0 : levelFor(point.level, levels);
	if (isShare) level = Math.ceil((level * levels.full) / 100);
	let source = textOf(point, program, levels, isShare);
	if (point.traffic !== undefined && !isLightsOut) {
		const below = classBelow(levels, classesBelow);
		if (below.level > level) {
			level = below.level;
			source += ` > ${below.name}`;
		}
	}
	return { level, source, isOut, presence: presenceUnder(point, levels), hold: point.hold };
}

function levelFor(value: string | number, levels: Levels): number {
	return typeof value === "number" ? value : levelOfNamedClass(value, levels);
}

function presenceUnder(point: Point, levels: Levels): number {
	if (point.effect === undefined) return levels.presence;
	const value = levelFor(point.effect.value, levels);
	switch (point.effect.word) {
		case "set":
			return value;
		case "max":
			return Math.max(levels.presence, value);
		case "min":
			return Math.min(levels.presence, value);
	}
}

/** For the facts half: why a text is no program; undefined: it is one. */
export function programErrors(text: string, isNamed: boolean): string | undefined {
	const program = parseProgram(text, isNamed);
	return "word" in program ? `point ${program.at}: ${program.word}` : undefined;
}

/** The name of a program; empty: none. */
export function programName(text: string): string {
	const program = parseProgram(text, true);
	return "word" in program ? "" : program.name;
}
