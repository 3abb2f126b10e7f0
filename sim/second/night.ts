/**
 * Night: the instants of the points of one night, from noon to noon, and the point in force.
 *
 * Follows docs/light.md, "The night and its program", "The instants of the points" and
 * "The point in force".
 */
import { type Days, programNameOf, type Rule } from "./calendar.js";
import type { Point, Program } from "./program.js";
import { midnightFrom, passages } from "./sun.js";
import { offsetAt, utcOf, type Zone } from "./zone.js";

const MINUTE = 60_000;
const DAY = 86_400_000;
const HORIZON = -0.833;

/** What a night is laid by. */
export interface Calendar {
	readonly programs: readonly Program[];
	readonly rules: readonly Rule[];
	readonly holidays: readonly Days[];
	readonly zone: Zone;
	readonly latitude: number;
	readonly longitude: number;
	readonly darkElevation: number;
	/** The setting `program` is the default text. */
	readonly isDefaultText: boolean;
}

export interface Laid {
	readonly at: number;
	readonly point: Point;
}

export interface Night {
	/** Date of the evening, days since 1970. */
	readonly day: number;
	readonly firstNoon: number;
	readonly lastNoon: number;
	readonly program: string;
	readonly points: readonly Laid[];
	/** Position of the point in force; -1: before the first one. */
	inForce: number;
}

/** Lays the night that contains a date. `leastRelight`: `minimumLightsOn` in ms, as it counts now. */
export function layNight(utc: number, calendar: Calendar, leastRelight: number): Night {
	const { zone } = calendar;
	const noonOf = (d: number): number => utcOf(zone, d * DAY + DAY / 2);
	let day = Math.floor((utc + offsetAt(zone, utc)) / DAY);
	if (utc < noonOf(day)) day -= 1;
	const firstNoon = noonOf(day);
	const lastNoon = noonOf(day + 1);
	const wanted = programNameOf(calendar.rules, calendar.holidays, day);
	const unnamed: Program = calendar.programs[0] ?? { name: "", points: [] };
	const program = calendar.programs.find((p) => p.name === wanted) ?? unnamed;
	const laid = layPoints(program, calendar, day, firstNoon, lastNoon);
	const points = withoutShortRelights(laid, calendar, firstNoon, lastNoon, leastRelight);
	const night: Night = { day, firstNoon, lastNoon, program: program.name, points, inForce: -1 };
	lookUp(night, utc);
	return night;
}

function layPoints(
	program: Program,
	calendar: Calendar,
	day: number,
	firstNoon: number,
	lastNoon: number,
): Laid[] {
	const hasSun = program.points.some((point) => point.event !== "clock");
	let sunset = firstNoon;
	let sunrise = lastNoon;
	if (hasSun) {
		const midnight = midnightFrom(firstNoon, calendar.longitude);
		const sun = passages(midnight, calendar.latitude, calendar.longitude, HORIZON);
		if (sun.down === undefined && sun.up === undefined && !sun.isBelow) return [];
		sunset = sun.down ?? firstNoon;
		sunrise = sun.up ?? lastNoon;
	}
	const laid: Laid[] = [];
	let latestSun = -Infinity;
	for (const point of program.points) {
		let at: number;
		if (point.event === "clock") {
			const date = point.minutes >= 720 ? day : day + 1;
			at = Math.max(latestSun, utcOf(calendar.zone, date * DAY + point.minutes * MINUTE));
		} else {
			const event = point.event === "sunset" ? sunset : sunrise;
			at = Math.min(lastNoon, Math.max(firstNoon, event + point.minutes * MINUTE));
			latestSun = Math.max(latestSun, at);
		}
		if (at >= lastNoon) continue;
		while (laid.length > 0 && (laid[laid.length - 1] as Laid).at >= at) laid.pop();
		laid.push({ at, point });
	}
	return laid;
}

/** `minimumLightsOn`. */
function withoutShortRelights(
	laid: readonly Laid[],
	calendar: Calendar,
	firstNoon: number,
	lastNoon: number,
	least: number,
): Laid[] {
	const points = [...laid];
	if (least === 0 || points.length < 2) return points;
	const isLit = (x: Laid | undefined): boolean =>
		x !== undefined && x.point.level !== "out" && x.point.level !== 0;
	const midnight = midnightFrom(firstNoon, calendar.longitude);
	const { latitude, longitude, darkElevation } = calendar;
	const endOfDarkness = passages(midnight, latitude, longitude, darkElevation).up ?? lastNoon;
	for (let i = points.length - 1; i >= 1; i--) {
		const first = points[i] as Laid;
		if (!isLit(first) || points[i - 1]?.point.level !== "out") continue;
		let next = i;
		while (next < points.length && isLit(points[next])) next++;
		const ends = Math.min(points[next]?.at ?? Infinity, endOfDarkness);
		if (ends - first.at < least) points.splice(i, next - i);
	}
	return points;
}

/** Looks up the point in force anew. */
export function lookUp(night: Night, utc: number): void {
	night.inForce = -1;
	moveOn(night, utc);
}

/** A point that is in force is not taken back. */
export function moveOn(night: Night, utc: number): void {
	while ((night.points[night.inForce + 1]?.at ?? Infinity) <= utc) night.inForce += 1;
}

/** The date at which time alone changes the point or the night. */
export function nextChange(night: Night): number {
	return night.points[night.inForce + 1]?.at ?? night.lastNoon;
}
