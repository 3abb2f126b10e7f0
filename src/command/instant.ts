/**
 * Instant: dates of the broker contract (RFC 3339) to and from milliseconds.
 *
 * Date.parse accepts more than RFC 3339, and not the same on every engine, so the grammar is parsed
 * here. Leap seconds are rejected, because the scale of UtcMillis has none.
 */
import type { UtcMillis } from "../units.js";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * `2026-11-24T20:00:00Z`, optionally with 1-9 decimals of a second (cut to milliseconds), and `Z`
 * or an offset `+01:00` (at most 23:59). Capital T and Z only, as RFC 3339, 5.6 permits. @returns
 * undefined for any other text, also for 30 February.
 */
export function parseInstant(text: string): UtcMillis | undefined {
	const year = digits(text, 0, 4);
	const month = digits(text, 5, 2);
	const day = digits(text, 8, 2);
	const hour = digits(text, 11, 2);
	const minute = digits(text, 14, 2);
	const second = digits(text, 17, 2);
	const isShaped =
		text[4] === "-" && text[7] === "-" && text[10] === "T" && text[13] === ":" && text[16] === ":";
	if (!isShaped || !(month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)))
		return undefined;
	if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
	let end = 19;
	if (text[end] === ".") {
		end += 1;
		while (end < 29 && digits(text, end, 1) >= 0) end += 1;
		if (end === 20) return undefined;
	}
	const fraction = end > 20 ? Number(text.slice(20, Math.min(end, 23)).padEnd(3, "0")) : 0;
	const offset = offsetOf(text.slice(end));
	const utc =
		daysSince1970(year, month, day) * DAY +
		hour * HOUR +
		minute * MINUTE +
		second * 1000 +
		fraction;
	return Number.isNaN(utc - offset) ? undefined : ((utc - offset) as UtcMillis);
}

/** `2026-11-24` in days since 1970-01-01; undefined for any other text, also for 30 February. */
export function parseDate(text: string): number | undefined {
	const noon = text.length === 10 ? parseInstant(`${text}T12:00:00Z`) : undefined;
	return noon === undefined ? undefined : Math.floor(noon / DAY);
}

/** `2026-11-24` from days since 1970-01-01. */
export function formatDate(day: number): string {
	return new Date(day * DAY).toISOString().slice(0, 10);
}

/** `2026-11-24T20:00:00.000Z`. `utc`: years 0 to 9999, because the year has four digits. */
export function formatInstant(utc: UtcMillis): string {
	return new Date(Math.floor(utc)).toISOString();
}

/** The `count` digits at `at` as a number; NaN if a character is no digit. */
function digits(text: string, at: number, count: number): number {
	let value = 0;
	for (let place = at; place < at + count; place += 1) {
		const digit = text.charCodeAt(place) - 48;
		if (!(digit >= 0 && digit <= 9)) return Number.NaN;
		value = value * 10 + digit;
	}
	return value;
}

/** Milliseconds by which a zone suffix is ahead of UTC; NaN if it is no valid suffix. */
function offsetOf(zone: string): number {
	if (zone === "Z") return 0;
	const hours = digits(zone, 1, 2);
	const minutes = digits(zone, 4, 2);
	const isShaped = zone.length === 6 && zone[3] === ":" && hours <= 23 && minutes <= 59;
	if (!isShaped || (zone[0] !== "+" && zone[0] !== "-")) return Number.NaN;
	return (zone[0] === "-" ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

function daysIn(year: number, month: number): number {
	if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Days since 1970-01-01 (Gregorian); the year begins in March, so the leap day is its last. */
function daysSince1970(year: number, month: number, day: number): number {
	const from = month <= 2 ? year - 1 : year;
	const days = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
	return (
		from * 365 +
		Math.floor(from / 4) -
		Math.floor(from / 100) +
		Math.floor(from / 400) +
		days -
		719_468
	);
}
