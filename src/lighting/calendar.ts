/**
 * Calendar: which program tonight (TALQ Calendar: rules by priority, and the default program).
 *
 * Rules are tried in the order in which they are written; the first that fits the night names its
 * program, and where none does it is `program`. A night bears the date of its evening, so that
 * `Fri` ends on Saturday morning. The text fits one line:
 *
 *     Fri,Sat: weekend; 12-24..01-02: holiday; 2026-02-17: carnival; 07-01..08-31 Sun: weekend
 *
 * A comma means or, a blank means and. A day is a weekday `Mon`, a date `12-24` of any year or
 * `2026-02-17`, a range `Mon..Thu` or `12-24..01-02` (round the turn of the week or year; with years
 * from the earlier to the later), `easter+39`, `holiday` (a day of the list of holidays) or `eve`
 * (the evening before one).
 */
import type { CivilDate } from "../time/date.js";
import { DEFAULT_NAME } from "./program.js";

/** One day or one range of them. */
export type Days =
	/** Bit 0 is Sunday. */
	| { readonly kind: "weekdays"; readonly bits: number }
	/** Inclusive, month * 100 + date, and year * 10,000 more where a year is named. */
	| { readonly kind: "dates"; readonly from: number; readonly to: number }
	/** Days after Easter Sunday, -MAX_EASTER_OFFSET to MAX_EASTER_OFFSET. */
	| { readonly kind: "easter"; readonly offset: number }
	| { readonly kind: "holiday" | "eve" };

export interface CalendarRule {
	/** Fits a night that each of these fits; one of them fits if any of its days does. */
	readonly when: readonly (readonly Days[])[];
	/** The name of a program. */
	readonly program: string;
}

export interface Calendar {
	readonly rules: readonly CalendarRule[];
}

export type Holidays = readonly Days[];

/** Why a text is no calendar, or no list of holidays. */
export interface InvalidCalendar {
	readonly reason: "invalidCalendar";
	/** The rule that is wrong (the day, in a list), counted from 1; 0: the text as a whole. */
	readonly where: number;
	readonly why:
		| "tooLong"
		| "tooManyRules"
		| "tooManyDays"
		| "notARule" // not `DAYS: NAME`
		| "notADay"
		| "notADate" // a day that the month does not have
		| "rangeBackwards" // with years, the later date first
		| "notAName";
}

/** What two weeks' worth of exceptions need; each is looked at once a night. */
export const MAX_RULES = 16;
/** Days in one rule or in the list of holidays: Belgium has ten, a region and a commune add some. */
export const MAX_DAYS = 24;
/** What a line of the console holds beside `set calendar `; a whole section must fit a message. */
export const MAX_CALENDAR_LENGTH = 180;
/** Carnival lies 47 days before, Corpus Christi 60 days after. */
export const MAX_EASTER_OFFSET = 70;

const WEEKDAYS = Object.freeze(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]);
const MONTH_DAYS = Object.freeze([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
/** Turns month * 100 + date into a date with a year. */
const YEAR = 10_000;
type Fault = "notADay" | "notADate" | "rangeBackwards";

/** Reads a calendar's text, which may be empty: each night is the default program's then. */
export function parseCalendar(text: string): Calendar | InvalidCalendar {
	if (text.length > MAX_CALENDAR_LENGTH) return invalid(0, "tooLong");
	const parts = text.split(";");
	if (parts[parts.length - 1]!.trim() === "") parts.pop(); // a last semicolon ends, not separates
	if (parts.length > MAX_RULES) return invalid(0, "tooManyRules");
	const rules: CalendarRule[] = [];
	for (const part of parts) {
		const rule = parseRule(part);
		if (typeof rule === "string") return invalid(rules.length + 1, rule);
		rules.push(rule);
	}
	return Object.freeze({ rules: Object.freeze(rules) });
}

/** Reads the list of holidays: days with commas between, or nothing. */
export function parseHolidays(text: string): Holidays | InvalidCalendar {
	if (text.length > MAX_CALENDAR_LENGTH) return invalid(0, "tooLong");
	if (text.trim() === "") return NO_HOLIDAYS;
	const words = text.split(",");
	if (words.length > MAX_DAYS) return invalid(0, "tooManyDays");
	const holidays: Days[] = [];
	for (const word of words) {
		const days = parseDays(word.trim());
		const isCircular = typeof days === "object" && (days.kind === "holiday" || days.kind === "eve");
		if (typeof days === "string" || isCircular)
			return invalid(holidays.length + 1, isCircular ? "notADay" : (days as Fault));
		holidays.push(days);
	}
	return Object.freeze(holidays);
}

export function isInvalidCalendar(
	parsed: Calendar | Holidays | InvalidCalendar,
): parsed is InvalidCalendar {
	return "reason" in parsed;
}

/** The name of tonight's program, by the date of its evening and the day after it. */
export function programFor(
	calendar: Calendar,
	holidays: Holidays,
	evening: CivilDate,
	morning: CivilDate,
): string {
	const fits = (days: Days) => includes(days, holidays, evening, morning);
	const rule = calendar.rules.find(({ when }) => when.every((any) => any.some(fits)));
	return rule?.program ?? DEFAULT_NAME;
}

/** The text that parses to the same calendar, written in one way only. */
export function printCalendar({ rules }: Calendar): string {
	return rules
		.map(({ when, program }) => `${when.map(printList).join(" ")}: ${program}`)
		.join("; ");
}

/** The text that parses to the same holidays, written in one way only. */
export function printHolidays(holidays: Holidays): string {
	return printList(holidays);
}

function invalid(where: number, why: InvalidCalendar["why"]): InvalidCalendar {
	return { reason: "invalidCalendar", where, why };
}

const NO_HOLIDAYS: Holidays = Object.freeze([]);

function parseRule(text: string): CalendarRule | InvalidCalendar["why"] {
	const halves = text.split(":");
	if (halves.length !== 2) return "notARule";
	const program = halves[1]!.trim();
	if (!/^[a-z][a-z0-9-]{0,15}$/.test(program)) return "notAName";
	const when: (readonly Days[])[] = [];
	let count = 0;
	for (const list of halves[0]!
		.trim()
		.replace(/\s*,\s*/g, ",")
		.split(/\s+/)) {
		const any: Days[] = [];
		for (const word of list.split(",")) {
			const days = parseDays(word);
			if (typeof days === "string") return days;
			any.push(days);
		}
		count += any.length;
		when.push(Object.freeze(any));
	}
	if (count > MAX_DAYS) return "tooManyDays";
	return Object.freeze({ when: Object.freeze(when), program });
}

function parseDays(word: string): Days | Fault {
	if (word === "holiday" || word === "eve") return Object.freeze({ kind: word });
	const easter = /^easter(?:([+-])(\d{1,2}))?$/.exec(word);
	if (easter) return easterDay(easter[1] === "-", Number(easter[2] ?? 0));
	const ends = word.split("..");
	const first = ends[0]!;
	const last = ends[1] ?? first;
	if (ends.length > 2) return "notADay";
	const weekday = WEEKDAYS.indexOf(first);
	return weekday < 0 ? dates(first, last) : weekdays(weekday, WEEKDAYS.indexOf(last));
}

function easterDay(before: boolean, days: number): Days | Fault {
	if (days > MAX_EASTER_OFFSET) return "notADay";
	return Object.freeze({ kind: "easter", offset: before && days > 0 ? -days : days });
}

function weekdays(first: number, last: number): Days | Fault {
	if (last < 0) return "notADay";
	let bits = 1 << last;
	for (let day = first; day !== last; day = (day + 1) % 7) bits |= 1 << day;
	return Object.freeze({ kind: "weekdays", bits });
}

function dates(first: string, last: string): Days | Fault {
	const from = parseDate(first);
	const to = parseDate(last);
	if (typeof from === "string") return from;
	if (typeof to === "string") return to;
	if (from > YEAR !== to > YEAR) return "notADay"; // a year for one end alone
	if (from > YEAR && from > to) return "rangeBackwards";
	return Object.freeze({ kind: "dates", from, to });
}

/** `MM-DD` or `YYYY-MM-DD` as a number; 02-29 alone is a date of leap years. */
function parseDate(text: string): number | Fault {
	const read = /^(?:(20\d\d)-)?(\d\d)-(\d\d)$/.exec(text);
	if (!read) return "notADay";
	const year = Number(read[1] ?? 0); // from 2000 to 2099 each fourth is a leap year
	const month = Number(read[2]);
	const date = Number(read[3]);
	if (date < 1 || date > (MONTH_DAYS[month - 1] ?? 0)) return "notADate";
	if (month === 2 && date === 29 && year % 4 !== 0) return "notADate";
	return year * YEAR + month * 100 + date;
}

function includes(days: Days, holidays: Holidays, evening: CivilDate, morning: CivilDate): boolean {
	switch (days.kind) {
		case "weekdays":
			return (days.bits & (1 << evening.weekday)) !== 0;
		case "easter":
			return evening.afterEaster === days.offset;
		case "holiday": // none of the list is `holiday` or `eve`, so this ends
			return holidays.some((day) => includes(day, NO_HOLIDAYS, evening, morning));
		case "eve":
			return holidays.some((day) => includes(day, NO_HOLIDAYS, morning, morning));
		case "dates": {
			const { from, to } = days;
			const date = evening.month * 100 + evening.date + (from > YEAR ? evening.year * YEAR : 0);
			return from <= to ? date >= from && date <= to : date >= from || date <= to;
		}
	}
}

function printList(list: readonly Days[]): string {
	return list.map(printDays).join(",");
}

function printDays(days: Days): string {
	switch (days.kind) {
		case "weekdays":
			return printWeekdays(days.bits);
		case "dates":
			return printRange(printDate(days.from), printDate(days.to));
		case "easter":
			if (days.offset === 0) return "easter";
			return `easter${days.offset > 0 ? "+" : ""}${days.offset}`;
		case "holiday":
		case "eve":
			return days.kind;
	}
}

/** A range begins where the day before is not of it; the whole week, on Monday. */
function printWeekdays(bits: number): string {
	const has = (day: number) => (bits & (1 << (day % 7))) !== 0;
	let first = 1;
	while (first < 7 && !(has(first) && !has(first + 6))) first++;
	if (first === 7 && !(has(0) && !has(6))) first = 1;
	let last = first;
	while (last < first + 6 && has(last + 1)) last++;
	return printRange(WEEKDAYS[first % 7]!, WEEKDAYS[last % 7]!);
}

function printRange(from: string, to: string): string {
	return from === to ? from : `${from}..${to}`;
}

function printDate(date: number): string {
	const year = Math.floor(date / YEAR);
	const day = `${two(Math.floor(date / 100) % 100)}-${two(date % 100)}`;
	return year > 0 ? `${year}-${day}` : day;
}

function two(number: number): string {
	return number < 10 ? `0${number}` : `${number}`;
}
