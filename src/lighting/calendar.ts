/**
 * Calendar: chooses the program of a night (TALQ Calendar: rules by priority, and a default
 * program).
 *
 * Rules are tried in written order: the first rule that fits the night names its program; if none
 * fits, the program is `program`. A night has the date of its evening, so `Fri` ends on Saturday
 * morning. The text fits one line:
 *
 *     Fri,Sat: weekend; 12-24..01-02: holiday; 2026-02-17: carnival; 07-01..08-31 Sun: weekend
 *
 * A comma means or, a blank means and. A day is a weekday `Mon` or in French `lun`, a date `12-24` of any year or
 * `2026-02-17`, a range `Mon..Thu` or `12-24..01-02` (across the turn of the week or year; with
 * years from the earlier to the later), `easter+39`, `easter-49..easter-47`, `holiday` (a day of the
 * list of holidays) or `eve` (the evening before one).
 */
import type { CivilDate } from "../time/date.js";
import { DEFAULT_NAME } from "./program.js";

/** One day or one range of days. */
type Days =
	/** Bit 0 is Sunday. */
	| { readonly kind: "weekdays"; readonly bits: number }
	/** Inclusive; month * 100 + date, plus year * 10,000 where a year is written. */
	| { readonly kind: "dates"; readonly from: number; readonly to: number }
	/** Days after Easter Sunday, inclusive, -MAX_EASTER_OFFSET to MAX_EASTER_OFFSET. */
	| { readonly kind: "easter"; readonly from: number; readonly to: number }
	| { readonly kind: "holiday" | "eve" };

interface CalendarRule {
	/** The rule fits a night if each of these lists fits; a list fits if any of its days does. */
	readonly when: readonly (readonly Days[])[];
	/** The name of a program. */
	readonly program: string;
}

/** Why a text is not a valid calendar or list of holidays. */
export interface InvalidCalendar {
	readonly reason: "invalidCalendar";
	/** The invalid rule (in a list the invalid day), counted from 1; 0: the whole text. */
	readonly where: number;
	readonly why:
		| "tooLong"
		| "tooManyRules"
		| "tooManyDays"
		| "notARule" // not `DAYS: NAME`
		| "notADay"
		| "notADate" // a date that the month does not have
		| "rangeBackwards" // with years or from Easter, the later date first
		| "notAName";
}

/** Enough for two weeks of exceptions; each rule is tested once a night. */
export const MAX_RULES = 16;
/** Days in one rule or in the holidays: Belgium has ten, a region and a commune add some. */
export const MAX_DAYS = 24;
/** Fits a console line beside `set calendar `; a whole section must fit one message. */
export const MAX_CALENDAR_LENGTH = 255;
/** Carnival lies 47 days before, Corpus Christi 60 days after. */
const MAX_EASTER_OFFSET = 70;

/** From Sunday, in English and in French. */
const WEEKDAYS = "SunMonTueWedThuFriSat";
const JOURS = "dimlunmarmerjeuvensam";
const MONTH_DAYS = Object.freeze([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
/** Factor of the year in a date of month * 100 + date. */
const YEAR = 10_000;
type Fault = "notADay" | "notADate" | "rangeBackwards";

/** Why a calendar text is invalid; it may be empty. Stores no rule, as sixteen do not fit. */
export function faultOfCalendar(text: string): InvalidCalendar | undefined {
	return eachRule(text, () => false);
}

/** Why a list of holidays is invalid: days separated by commas, or an empty text. */
export function faultOfHolidays(text: string): InvalidCalendar | undefined {
	return eachHoliday(text, () => false);
}

/**
 * The name of tonight's program, from the date of the evening and of the next day. Parses rule by
 * rule and stores none, because the longest calendar would take a quarter of a lamp's memory. If an
 * invalid rule is reached, the default program applies.
 */
export function programFor(
	calendar: string,
	holidays: string,
	evening: CivilDate,
	morning: CivilDate,
): string {
	let program = DEFAULT_NAME;
	const isFree = (date: CivilDate) => isHoliday(holidays, date);
	const fault = eachRule(calendar, ({ when, program: name }) => {
		const found = fitsAll(when, isFree, evening, morning);
		if (found) program = name;
		return found;
	});
	return fault ? DEFAULT_NAME : program;
}

/** Whether one rule of a valid calendar fits a night; it is parsed once for many nights. */
export function ruleTest(
	rule: string,
	holidays: string,
): (evening: CivilDate, morning: CivilDate) => boolean {
	const { when } = parseRule(rule) as CalendarRule;
	const free: Days[] = [];
	eachHoliday(holidays, (days) => {
		free.push(days);
		return false;
	});
	const isFree = (date: CivilDate) => free.some((days) => includes(days, never, date, date));
	return (evening, morning) => fitsAll(when, isFree, evening, morning);
}

const never = () => false;

function fitsAll(
	when: CalendarRule["when"],
	isFree: (date: CivilDate) => boolean,
	evening: CivilDate,
	morning: CivilDate,
): boolean {
	return when.every((any) => any.some((days) => includes(days, isFree, evening, morning)));
}

function invalid(where: number, why: InvalidCalendar["why"]): InvalidCalendar {
	return { reason: "invalidCalendar", where, why };
}

/** Visits the rules in written order until a visit returns true. */
function eachRule(
	text: string,
	visit: (rule: CalendarRule) => boolean,
): InvalidCalendar | undefined {
	if (text.length > MAX_CALENDAR_LENGTH) return invalid(0, "tooLong");
	const parts = text.split(";");
	if (parts[parts.length - 1]!.trim() === "") parts.pop(); // a final semicolon ends the text
	if (parts.length > MAX_RULES) return invalid(0, "tooManyRules");
	for (let i = 0; i < parts.length; i++) {
		const rule = parseRule(parts[i]!);
		if (typeof rule === "string") return invalid(i + 1, rule);
		if (visit(rule)) return undefined;
	}
	return undefined;
}

/** Visits the holidays in written order until a visit returns true. */
function eachHoliday(text: string, visit: (days: Days) => boolean): InvalidCalendar | undefined {
	if (text.length > MAX_CALENDAR_LENGTH) return invalid(0, "tooLong");
	if (text.trim() === "") return undefined;
	const args = text.split(",");
	if (args.length > MAX_DAYS) return invalid(0, "tooManyDays");
	for (let i = 0; i < args.length; i++) {
		const days = parseDays(args[i]!.trim());
		if (typeof days === "string") return invalid(i + 1, days);
		if (days.kind === "holiday" || days.kind === "eve") return invalid(i + 1, "notADay");
		if (visit(days)) return undefined;
	}
	return undefined;
}

function isHoliday(holidays: string, date: CivilDate): boolean {
	let found = false;
	eachHoliday(holidays, (days) => {
		found = includes(days, never, date, date); // the list contains neither `holiday` nor `eve`
		return found;
	});
	return found;
}

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
	if (word === "holiday" || word === "eve") return Object.freeze({ kind: word } as const);
	const ends = word.split("..");
	const first = ends[0]!;
	const last = ends[1] ?? first;
	if (ends.length > 2) return "notADay";
	const easter = easterDay(first);
	if (easter !== undefined) return easterDays(easter, easterDay(last));
	const weekday = weekdayNamed(first);
	return weekday < 0 ? dates(first, last) : weekdays(weekday, weekdayNamed(last));
}

/** 0 is Sunday; -1: no weekday. */
function weekdayNamed(word: string): number {
	if (word.length !== 3) return -1;
	const at = Math.max(WEEKDAYS.indexOf(word), JOURS.indexOf(word));
	return at % 3 === 0 ? at / 3 : -1;
}

/** `easter`, `easter-47` or `easter+39` in days after Easter Sunday. */
function easterDay(word: string): number | undefined {
	const easter = /^easter(?:([+-])(\d{1,2}))?$/.exec(word);
	const days = Number(easter?.[2] ?? 0);
	if (!easter || days > MAX_EASTER_OFFSET) return undefined;
	return easter[1] === "-" ? 0 - days : days;
}

function easterDays(from: number, to: number | undefined): Days | Fault {
	if (to === undefined) return "notADay";
	return from > to ? "rangeBackwards" : Object.freeze({ kind: "easter", from, to } as const);
}

function weekdays(first: number, last: number): Days | Fault {
	if (last < 0) return "notADay";
	let bits = 1 << last;
	for (let day = first; day !== last; day = (day + 1) % 7) bits |= 1 << day;
	return Object.freeze({ kind: "weekdays", bits } as const);
}

function dates(first: string, last: string): Days | Fault {
	const from = parseDate(first);
	const to = parseDate(last);
	if (typeof from === "string") return from;
	if (typeof to === "string") return to;
	if (from > YEAR !== to > YEAR) return "notADay"; // a year at one end only
	if (from > YEAR && from > to) return "rangeBackwards";
	return Object.freeze({ kind: "dates", from, to } as const);
}

/** `MM-DD` or `YYYY-MM-DD` as a number; 02-29 without a year applies in leap years. */
function parseDate(text: string): number | Fault {
	const read = /^(?:(20\d\d)-)?(\d\d)-(\d\d)$/.exec(text);
	if (!read) return "notADay";
	const year = Number(read[1] ?? 0); // from 2000 to 2099 every fourth year is a leap year
	const month = Number(read[2]);
	const date = Number(read[3]);
	if (date < 1 || date > (MONTH_DAYS[month - 1] ?? 0)) return "notADate";
	if (month === 2 && date === 29 && year % 4 !== 0) return "notADate";
	return year * YEAR + month * 100 + date;
}

function includes(
	days: Days,
	isFree: (date: CivilDate) => boolean,
	evening: CivilDate,
	morning: CivilDate,
): boolean {
	switch (days.kind) {
		case "weekdays":
			return (days.bits & (1 << evening.weekday)) !== 0;
		case "easter":
			return evening.afterEaster >= days.from && evening.afterEaster <= days.to;
		case "holiday":
			return isFree(evening);
		case "eve":
			return isFree(morning);
		case "dates": {
			const { from, to } = days;
			const date = evening.month * 100 + evening.date + (from > YEAR ? evening.year * YEAR : 0);
			return from <= to ? date >= from && date <= to : date >= from || date <= to;
		}
	}
}
