/**
 * Zone: converts between UTC and wall-clock time, by a POSIX TZ string.
 *
 * The string carries the whole rule (`CET-1CEST,M3.5.0,M10.5.0/3`), so no table of the world's
 * zones has to be stored and updated in a lamp. POSIX.1-2017 chapter 8.3 with the hours of RFC 8536
 * section 3.3.1 (transitions from -167 to 167). Offsets are east of UTC, in ms; POSIX writes them
 * west.
 */
import type { Millis, UtcMillis } from "../units.js";
import { DAY, dayOf, firstDayOf, isLeap, weekdayOf, yearOf } from "./civil.js";

/** Wall-clock time counted as if it were UTC. */
export type WallMillis = number & { readonly unit: "wall" };

/**
 * The day of a transition. `time`: ms after its midnight on the wall clock before the transition.
 */
export type ZoneRule =
	| {
			readonly kind: "weekday"; // Mm.w.d
			readonly month: number;
			readonly week: number; // 1-5, 5 is the last
			readonly weekday: number; // 0 is Sunday
			readonly time: Millis;
	  }
	| { readonly kind: "julian"; readonly day: number; readonly time: Millis } // Jn: 1-365, no 29 February
	| { readonly kind: "yearDay"; readonly day: number; readonly time: Millis }; // n: 0-365

export interface Zone {
	readonly standard: Millis;
	readonly daylight?: {
		readonly offset: Millis;
		readonly start: ZoneRule;
		readonly end: ZoneRule;
	};
}

/** UTC all year: in force while no valid zone is set. */
export const UTC_ZONE: Zone = Object.freeze({ standard: 0 });

/** Offset east of UTC at an instant, ms. */
export function offsetAt(zone: Zone, utc: UtcMillis): Millis {
	const { standard, daylight } = zone;
	if (!daylight) return standard;
	// The last transition decides. Rules may reach over the turn of a year by a week of hours.
	const year = yearOf(Math.floor((utc + standard) / DAY));
	let started = -Infinity;
	let ended = -Infinity;
	for (let y = year - 1; y <= year + 1; y += 1) {
		const start = wallOf(daylight.start, y) - standard;
		if (start <= utc) started = start;
		const end = wallOf(daylight.end, y) - daylight.offset;
		if (end <= utc) ended = end;
	}
	return started >= ended ? daylight.offset : standard; // equal: daylight time all year
}

/** The time on the wall clock at an instant. */
export function wallAt(zone: Zone, utc: UtcMillis): WallMillis {
	return (utc + offsetAt(zone, utc)) as WallMillis;
}

/**
 * The instant at which the wall clock shows `wall`. Of a time shown twice (autumn), the first
 * instant; for a time that is skipped (spring), as long after the gap's begin as the requested
 * time: 02:30 in that night is 03:30 on the new clock.
 */
export function wallToUtc(zone: Zone, wall: WallMillis): UtcMillis {
	const { standard, daylight } = zone;
	if (!daylight) return (wall - standard) as UtcMillis;
	const early = (wall - Math.max(standard, daylight.offset)) as UtcMillis;
	if (early + offsetAt(zone, early) === wall) return early;
	return (wall - Math.min(standard, daylight.offset)) as UtcMillis;
}

/** When a rule applies in a year, on the wall clock before the transition. */
function wallOf(rule: ZoneRule, year: number): number {
	return ruleDay(rule, year) * DAY + rule.time;
}

function ruleDay(rule: ZoneRule, year: number): number {
	switch (rule.kind) {
		case "julian":
			return firstDayOf(year) + rule.day - (isLeap(year) && rule.day > 59 ? 0 : 1);
		case "yearDay":
			return firstDayOf(year) + rule.day;
		case "weekday": {
			const first = dayOf(year, rule.month, 1);
			const next = rule.month === 12 ? firstDayOf(year + 1) : dayOf(year, rule.month + 1, 1);
			const day = first + ((rule.weekday - weekdayOf(first) + 7) % 7) + (rule.week - 1) * 7;
			return day >= next ? day - 7 : day; // week 5 is the last one, also if it is the fourth
		}
	}
}
