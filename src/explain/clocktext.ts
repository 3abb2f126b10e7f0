/**
 * Clock text: instants as local time of day.
 */
import { type WallMillis, wallAt, type Zone } from "../time/zone.js";
import type { UtcMillis } from "../units.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `16:56` */
export function clockText(zone: Zone, utc: UtcMillis): string {
	const wall: WallMillis = wallAt(zone, utc);
	return `${two(Math.floor(wall / HOUR) % 24)}:${two(Math.floor(wall / MINUTE) % 60)}`;
}

/** `23:41:07` */
export function secondsText(zone: Zone, utc: UtcMillis): string {
	return `${clockText(zone, utc)}:${two(Math.floor(utc / 1000) % 60)}`;
}

function two(value: number): string {
	return value < 10 ? `0${value}` : `${value}`;
}
