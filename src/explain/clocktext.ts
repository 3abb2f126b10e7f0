/**
 * Clock text: instants as local time of day.
 */
import { offsetAt, type WallMillis, wallAt, type Zone } from "../time/zone.js";
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

/** `2026-11-24T23:09:00+01:00` */
export function dateText(zone: Zone, utc: UtcMillis): string {
	const offset = offsetAt(zone, utc);
	const minutes = Math.abs(Math.round(offset / MINUTE));
	const east = `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
	return new Date(Math.floor(utc) + offset).toISOString().slice(0, 19) + east;
}

function two(value: number): string {
	return value < 10 ? `0${value}` : `${value}`;
}
