/**
 * Clock: the level of an option whose light follows the clock, at an instant of the night.
 *
 * A night has the date of its evening. Local instants are ms of the wall clock as if it were UTC.
 */
import { DAY, HOUR } from "../spans.js";
import { type LightingOption, NO_RELIGHT, OUT_FROM, OUT_UNTIL } from "./options.js";

const NOON = 12 * HOUR;
const [FRIDAY, SATURDAY] = [5, 6];

/** Days from Easter of Belgium's movable holidays, and the dates of the others. */
const MOVABLE = [1, 39, 50];
const FIXED = ["01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25"];

/** The day of an instant, days since 1970. */
const dayOf = (local: number): number => Math.floor(local / DAY);
/** The day of the evening of an instant's night. */
export const nightOf = (local: number): number => dayOf(local - NOON);
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** Easter Sunday, days since 1970, by the anonymous Gregorian rule (Meeus, 1991). */
function easterOf(year: number): number {
	const [golden, century, rest] = [year % 19, Math.floor(year / 100), year % 100];
	const lunar = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
	const epact = (19 * golden + century - Math.floor(century / 4) - lunar + 15) % 30;
	const leaps = 2 * (century % 4) + 2 * Math.floor(rest / 4);
	const toSunday = (32 + leaps - epact - (rest % 4)) % 7;
	const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
	const sum = epact + toSunday - 7 * late + 114;
	return Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1) / DAY;
}

/** A legal holiday of Belgium. */
export function isHoliday(day: number): boolean {
	const date = dateOf(day);
	const easter = easterOf(Number(date.slice(0, 4)));
	return FIXED.includes(date.slice(5)) || MOVABLE.includes(day - easter);
}

/** The night before a working day: not of Friday or Saturday, nor before a holiday. */
export function isWeeknight(night: number): boolean {
	const weekday = new Date(night * DAY).getUTCDay();
	return weekday !== FRIDAY && weekday !== SATURDAY && !isHoliday(night + 1);
}

/** Whether lights are out at a local instant. */
function isOut({ out }: LightingOption, local: number): boolean {
	if (out === undefined) return false;
	const night = nightOf(local);
	if (out === "weeknights" && !isWeeknight(night)) return false;
	const hour = (local % DAY) / HOUR;
	if (hour < OUT_FROM || hour >= 12) return false;
	const date = dateOf(night).slice(5);
	const isShort = date >= NO_RELIGHT[0] && date <= NO_RELIGHT[1];
	return hour < OUT_UNTIL || isShort;
}

/** Level while it is dark, per cent; `undefined`: the option does not follow the clock. */
export function levelAt(option: LightingOption, local: number): number | undefined {
	const { steps } = option;
	if (steps === undefined) return undefined;
	if (isOut(option, local)) return 0;
	const sinceNoon = (hour: number) => (hour + 12) % 24;
	const now = sinceNoon((local % DAY) / HOUR);
	let level = 0;
	for (const [hour, next] of steps) if (sinceNoon(hour) <= now) level = next;
	return level;
}

/** The next local instant after `local` at which the level can change. */
export function nextChange({ steps = [], out }: LightingOption, local: number): number {
	const hours = [...steps.map(([hour]) => hour), ...(out ? [OUT_FROM, OUT_UNTIL] : []), 12];
	const start = dayOf(local) * DAY;
	const all = hours.flatMap((hour) => [start + hour * HOUR, start + DAY + hour * HOUR]);
	return Math.min(...all.filter((at) => at > local));
}
