/**
 * POSIX zone: the rule string of a zone, as a lamp's settings take it (IEEE 1003.1, 8.3; RFC 8536).
 *
 * Derived from the zone's own transitions in the year of the run: two a year as `M` rules, or none.
 */

import { DAY, HOUR } from "./spans.js";
import type { Zone } from "./zone.js";

/** A rule must hold for this many years; fixed dates drift off their weekday. */
const YEARS = 3;

interface Transition {
	/** Wall clock just before, as if it were UTC. */
	readonly local: number;
	readonly before: number;
	readonly after: number;
}

/** The rule in force at `utc`; undefined if the zone follows none that can be written so. */
export function posixOf(zone: Zone, utc: number): string | undefined {
	const year = new Date(zone.localOf(utc)).getUTCFullYear();
	const years = Array.from({ length: YEARS }, (_, i) => transitions(zone, year + i));
	const [first] = years as [Transition[]];
	if (years.every((list) => list.length === 0)) return nameOf(zone.offsetAt(utc));
	if (years.some((list) => list.length !== 2)) return undefined;
	const start = first.findIndex(({ before, after }) => after > before);
	if (start < 0) return undefined;
	const begins = ruleOf(years.map((list) => list[start]!));
	const ends = ruleOf(years.map((list) => list[1 - start]!));
	if (!begins || !ends) return undefined;
	const { before, after } = first[start]!;
	const summer = after - before === HOUR ? labelOf(after) : nameOf(after);
	return `${nameOf(before)}${summer},${begins},${ends}`;
}

function transitions(zone: Zone, year: number): Transition[] {
	const found: Transition[] = [];
	for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += DAY) {
		if (zone.offsetAt(at) === zone.offsetAt(at + DAY)) continue;
		let [low, high] = [at, at + DAY];
		while (high - low > 60_000) {
			const middle = Math.floor((low + high) / 2);
			if (zone.offsetAt(middle) === zone.offsetAt(at)) low = middle;
			else high = middle;
		}
		const instant = Math.round(high / 60_000) * 60_000;
		const before = zone.offsetAt(instant - 60_000);
		found.push({ local: instant + before, before, after: zone.offsetAt(instant) });
	}
	return found;
}

/** `Mm.w.d/time` that gives all these; the last week of the month is 5. */
function ruleOf(list: readonly Transition[]): string | undefined {
	const dates = list.map(({ local }) => new Date(local));
	const same = (read: (date: Date) => number) =>
		dates.every((date) => read(date) === read(dates[0]!)) ? read(dates[0]!) : undefined;
	const month = same((date) => date.getUTCMonth() + 1);
	const day = same((date) => date.getUTCDay());
	const time = same((date) => date.getTime() % DAY);
	const last = dates.every((date) => new Date(date.getTime() + 7 * DAY).getUTCDate() <= 7);
	const week = last ? 5 : same((date) => Math.ceil(date.getUTCDate() / 7));
	if (month === undefined || day === undefined || time === undefined || week === undefined)
		return undefined;
	const clock = time === 2 * HOUR ? "" : `/${clockOf(time)}`;
	return `M${month}.${week}.${day}${clock}`;
}

/** `<+01>-1`: POSIX counts westward. */
function nameOf(offset: number): string {
	return `${labelOf(offset)}${offset > 0 ? "-" : ""}${clockOf(Math.abs(offset))}`;
}

function labelOf(offset: number): string {
	const digits = clockOf(Math.abs(offset), 2).replace(":", "");
	return `<${offset < 0 ? "-" : "+"}${digits}>`;
}

function clockOf(span: number, width = 1): string {
	const hours = String(Math.floor(span / HOUR)).padStart(width, "0");
	const minutes = Math.round((span % HOUR) / 60_000);
	return minutes === 0 ? hours : `${hours}:${String(minutes).padStart(2, "0")}`;
}
