/** Wall: the clock on the wall in Brussels, by Node's Intl and so apart from the firmware. */

import { MINUTE } from "../../lib/spans.js";
import { END, type Night } from "./night.js";

/** Local minutes after 18:00 of the evening, as an instant of the night. */
export function instantOf(night: Night, minutes: number): number {
	const wanted = (18 * 60 + minutes) % 1440;
	const dayStart = night.start - 15 * 60 * MINUTE;
	const local = dayStart + (18 * 60 + minutes < 1440 ? 0 : 1440 * MINUTE) + wanted * MINUTE;
	const candidates = [night.start, night.start + END].map(
		(utc) => local - minutesOfZone(utc) * MINUTE,
	);
	const [first, second] = candidates as [number, number];
	const isLater = minutesOfZone(first) * MINUTE !== local - first;
	const isThere = minutesOfZone(second) * MINUTE === local - second;
	return (isLater && isThere ? second : first) - night.start; // an hour left out: by the old rule
}

const BRUSSELS = new Intl.DateTimeFormat("en-GB", {
	timeZone: "Europe/Brussels",
	hour: "2-digit",
	hourCycle: "h23",
});

function minutesOfZone(utc: number): number {
	const local = Number(BRUSSELS.format(new Date(utc)));
	return (((local - new Date(utc).getUTCHours() + 24) % 24) + 0) * 60;
}
