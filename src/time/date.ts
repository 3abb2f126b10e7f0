/**
 * Date: a day as a civil date, for rules by date, weekday and feast.
 *
 * Easter by the anonymous Gregorian rule in the form of Meeus (Astronomical Algorithms, chapter 8):
 * whole numbers only, valid for any Gregorian year.
 */
import { dayOf, weekdayOf, yearOf } from "./civil.js";

export interface CivilDate {
	readonly year: number;
	/** 1 to 12. */
	readonly month: number;
	/** 1 to 31. */
	readonly date: number;
	/** 0 is Sunday. */
	readonly weekday: number;
	/** Days since Easter Sunday of the same year; negative before it. */
	readonly afterEaster: number;
}

/**
 * The civil date of a day.
 *
 * @param day days since 1970-01-01.
 */
export function dateOf(day: number): CivilDate {
	const year = yearOf(day);
	let month = 12;
	while (month > 1 && dayOf(year, month, 1) > day) month--;
	const date = day - dayOf(year, month, 1) + 1;
	return { year, month, date, weekday: weekdayOf(day), afterEaster: day - easterOf(year) };
}

/** The day of Easter Sunday. */
export function easterOf(year: number): number {
	const golden = year % 19;
	const century = Math.floor(year / 100);
	const rest = year % 100;
	const lunar = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
	const epact = (19 * golden + century - Math.floor(century / 4) - lunar + 15) % 30;
	const leaps = 2 * (century % 4) + 2 * Math.floor(rest / 4);
	const toSunday = (32 + leaps - epact - (rest % 4)) % 7;
	const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
	const sum = epact + toSunday - 7 * late + 114;
	return dayOf(year, Math.floor(sum / 31), (sum % 31) + 1);
}
