/**
 * Calendar: which program a night has, by its date; and the holidays.
 *
 * Follows docs/light.md, "The night and its program", and docs/programs.md, "The calendar".
 * A day is a number: days since 1970-01-01.
 */
import type { PointFault } from "./program.js";

const DAY = 86_400_000;

type Kind = "weekday" | "yearly" | "dated" | "easter";

/** A day or a range of days; from = to: one day. */
export interface Days {
	readonly kind: Kind | "holiday" | "eve";
	/** weekday: 0 Sunday; yearly: 100 * month + day; dated: the day; easter: days from Easter. */
	readonly from: number;
	readonly to: number;
}

export interface Rule {
	/** All of the sets must fit; of each set one. */
	readonly sets: readonly (readonly Days[])[];
	readonly name: string;
}

const WEEKDAYS: readonly (readonly string[])[] = [
	["Sun", "dim"],
	["Mon", "lun"],
	["Tue", "mar"],
	["Wed", "mer"],
	["Thu", "jeu"],
	["Fri", "ven"],
	["Sat", "sam"],
];

export function parseCalendar(text: string): readonly Rule[] | PointFault {
	if (text.length > 255) return { at: 0, word: "tooLong" };
	const parts = text.split(";");
	if ((parts[parts.length - 1] ?? "").trim() === "") parts.pop();
	if (parts.length > 16) return { at: 0, word: "tooManyRules" };
	const rules: Rule[] = [];
	for (const [i, part] of parts.entries()) {
		const at = i + 1;
		const colon = part.indexOf(":");
		if (colon < 0) return { at, word: "notARule" };
		const name = part.slice(colon + 1).trim();
		if (!/^[a-z][a-z0-9-]{0,15}$/.test(name)) return { at, word: "notAName" };
		const left = part.slice(0, colon).replace(/ *, */g, ",").trim();
		if (left === "") return { at, word: "notARule" };
		const sets: Days[][] = [];
		let count = 0;
		for (const words of left.split(/ +/)) {
			const set: Days[] = [];
			for (const word of words.split(",")) {
				count += 1;
				if (count > 24) return { at, word: "tooManyDays" };
				const days = parseDays(word, true);
				if (typeof days === "string") return { at, word: days };
				set.push(days);
			}
			sets.push(set);
		}
		rules.push({ sets, name });
	}
	return rules;
}

/** The setting `holidays`. */
export function parseHolidays(text: string): readonly Days[] | PointFault {
	if (text.length > 255) return { at: 0, word: "tooLong" };
	if (text.trim() === "") return [];
	const list: Days[] = [];
	for (const [i, word] of text.split(",").entries()) {
		const at = i + 1;
		if (at > 24) return { at: 0, word: "tooManyDays" };
		const days = parseDays(word.trim(), false);
		if (typeof days === "string") return { at, word: days };
		list.push(days);
	}
	return list;
}

function parseDays(text: string, hasHolidays: boolean): Days | string {
	if (hasHolidays && (text === "holiday" || text === "eve")) return { kind: text, from: 0, to: 0 };
	const ends = text.split("..");
	if (ends.length > 2) return "notADay";
	const from = parseDay(ends[0] ?? "");
	if (typeof from === "string") return from;
	if (ends.length === 1) return { kind: from.kind, from: from.value, to: from.value };
	const to = parseDay(ends[1] ?? "");
	if (typeof to === "string") return to;
	if (from.kind !== to.kind) return "notADay";
	const mayWrap = from.kind === "weekday" || from.kind === "yearly";
	if (!mayWrap && to.value < from.value) return "rangeBackwards";
	return { kind: from.kind, from: from.value, to: to.value };
}

function parseDay(text: string): { kind: Kind; value: number } | string {
	const weekday = WEEKDAYS.findIndex((words) => words.includes(text));
	if (weekday >= 0) return { kind: "weekday", value: weekday };
	const easter = /^easter(?:([+-])([0-9]{1,2}))?$/.exec(text);
	if (easter !== null) {
		const offset = Number(easter[2] ?? 0) * (easter[1] === "-" ? -1 : 1);
		return Math.abs(offset) > 70 ? "notADay" : { kind: "easter", value: offset };
	}
	const date = /^(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})$/.exec(text);
	if (date === null) return "notADay";
	const month = Number(date[2]);
	const day = Number(date[3]);
	const year = date[1] === undefined ? 2000 : Number(date[1]);
	const utc = Date.UTC(year, month - 1, day);
	const back = new Date(utc);
	const exists = month >= 1 && back.getUTCMonth() === month - 1 && back.getUTCDate() === day;
	if (!exists || back.getUTCFullYear() !== year) return "notADate";
	if (date[1] === undefined) return { kind: "yearly", value: month * 100 + day };
	return { kind: "dated", value: utc / DAY };
}

/** Easter Sunday of a year, Gregorian (the anonymous algorithm, Meeus ch. 8). */
export function easterOf(year: number): number {
	const a = year % 19;
	const b = Math.floor(year / 100);
	const c = year % 100;
	const d = Math.floor(b / 4);
	const e = b % 4;
	const f = Math.floor((b + 8) / 25);
	const g = Math.floor((b - f + 1) / 3);
	const h = (19 * a + b - d - g + 15) % 30;
	const i = Math.floor(c / 4);
	const k = c % 4;
	const l = (32 + 2 * e + 2 * i - h - k) % 7;
	const m = Math.floor((a + 11 * h + 22 * l) / 451);
	const month = Math.floor((h + l - 7 * m + 114) / 31);
	const day = ((h + l - 7 * m + 114) % 31) + 1;
	return Date.UTC(year, month - 1, day) / DAY;
}

function fits(days: Days, day: number, holidays: readonly Days[]): boolean {
	const date = new Date(day * DAY);
	const isWithin = (x: number): boolean =>
		days.from <= days.to ? days.from <= x && x <= days.to : x >= days.from || x <= days.to;
	switch (days.kind) {
		case "weekday":
			return isWithin(date.getUTCDay());
		case "yearly":
			return isWithin((date.getUTCMonth() + 1) * 100 + date.getUTCDate());
		case "dated":
			return isWithin(day);
		case "easter":
			return isWithin(day - easterOf(date.getUTCFullYear()));
		case "holiday":
			return holidays.some((holiday) => fits(holiday, day, []));
		case "eve":
			return holidays.some((holiday) => fits(holiday, day + 1, []));
	}
}

/** The name of the program of the night whose evening has this date. */
export function programNameOf(
	rules: readonly Rule[],
	holidays: readonly Days[],
	day: number,
): string {
	for (const rule of rules) {
		if (rule.sets.every((set) => set.some((days) => fits(days, day, holidays)))) return rule.name;
	}
	return "program";
}

/** For the facts half: why a text is no calendar; undefined: it is one. */
export function calendarErrors(text: string): string | undefined {
	const rules = parseCalendar(text);
	return "word" in rules ? `rule ${rules.at}: ${rules.word}` : undefined;
}

export function holidaysErrors(text: string): string | undefined {
	const days = parseHolidays(text);
	return "word" in days ? `day ${days.at}: ${days.word}` : undefined;
}

/** The names that the rules of a calendar use. */
export function calendarNames(text: string): readonly string[] {
	const rules = parseCalendar(text);
	return "word" in rules ? [] : rules.map((rule) => rule.name);
}
