/**
 * Civil: days of the Gregorian calendar as numbers, without the platform's Date.
 *
 * Day 0 is 1970-01-01, a Thursday. Whole numbers only; valid for any year of the clock.
 */
import type { Millis } from "../units.js";

export const MINUTE: Millis = 60_000;
export const HOUR: Millis = 3_600_000;
export const DAY: Millis = 86_400_000;

/** Days before each month of a common year. */
const BEFORE_MONTH = Object.freeze([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]);
const YEAR_DAYS = 365;

export function isLeap(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The day of 1 January. */
export function firstDayOf(year: number): number {
	const past = year - 1;
	const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
	return past * YEAR_DAYS + leaps - 719_162; // days before 1970-01-01
}

/** The day of a date. `month`: 1 to 12; a `date` outside the month counts on into the next one. */
export function dayOf(year: number, month: number, date: number): number {
	const leap = month > 2 && isLeap(year) ? 1 : 0;
	return firstDayOf(year) + (BEFORE_MONTH[month - 1] ?? 0) + leap + date - 1;
}

/** The year that contains a day. */
export function yearOf(day: number): number {
	const guess = 1970 + Math.floor(day / 365.2425);
	if (day < firstDayOf(guess)) return guess - 1;
	return day >= firstDayOf(guess + 1) ? guess + 1 : guess;
}

/** 0 is Sunday, as in POSIX and ECMA-262. */
export function weekdayOf(day: number): number {
	return (((day + 4) % 7) + 7) % 7;
}
