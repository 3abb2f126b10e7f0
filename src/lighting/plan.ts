/**
 * Plan: the switch points of a program in one night, as instants.
 *
 * Made once a night (and when the program, the zone or the clock changes), read at every tick. The
 * written order of the points is the order of the night, and the sun takes precedence: a clock
 * point written between sunset and sunrise stays between them. So `sunset 100; 22:00 60` requests
 * 60 from 22:01 on a night when the sun sets at 22:01, and `05:30 100; sunrise 0` requests nothing
 * after an earlier sunrise, instead of burning until noon. Of points at the same instant the last
 * one wins.
 *
 * Polar nights (time/night.ts decides which): if the sun stays down all night, sunset is at the
 * noon that begins the night and sunrise at the noon that ends it. If the sun stays up, a program
 * with sun points has no points; a program by the clock alone remains.
 *
 * After lights out, a relight shorter than `minimumLightsOn` before the burn ends is dropped
 * (Walloon practice: no relight at 5 h when the sun rises before 6 h): it would cost a start for
 * little light. The duration is that of the plan, so that it depends on the night alone.
 */
import type { Night } from "../time/night.js";
import type { UtcMillis } from "../units.js";
import { pointOf, pointTexts, printPoint, type SwitchTime } from "./program.js";

export interface PlanPoint {
	readonly at: UtcMillis;
	/** The switch point as written; `pointOf` gives its level (program.ts). */
	readonly text: string;
}

export interface Plan {
	readonly start: UtcMillis;
	/** From here on another plan is needed. */
	readonly end: UtcMillis;
	/** Ascending, no two at the same instant, all in [start, end). Frozen. */
	readonly points: readonly PlanPoint[];
}

const MINUTE_MS = 60_000;

/**
 * Lays a valid program over this night. A relight of less than `minimumLightsOn` minutes is dropped;
 * 0 keeps every relight, for use while the clock or the photocell is in doubt. The lamp goes out at
 * `darkUntil` at the latest.
 *
 * A point is kept as its instant and its text: parsed points took so much of a lamp's memory that
 * the preview of a long program, beside the plan in force, ended the machine.
 */
export function plan(
	program: string,
	night: Night,
	minimumLightsOn = 0,
	darkUntil: UtcMillis = night.sunrise ?? night.end,
): Plan {
	const points: PlanPoint[] = [];
	const texts = pointTexts(program);
	const times = texts.map((text) => pointOf(text).at);
	const bySun = times.some((at) => at.kind === "sun");
	const neverDark = night.sunset === undefined && night.sunrise === undefined && !night.alwaysDark;
	if (!(bySun && neverDark)) {
		for (let i = 0; i < times.length; i++) {
			const at = instantOf(times, i, night);
			if (at < night.end) insert(points, { at, text: printPoint(pointOf(texts[i]!)) });
		}
	}
	if (minimumLightsOn > 0) dropShortRelights(points, darkUntil, minimumLightsOn * MINUTE_MS);
	for (const point of points) Object.freeze(point);
	return Object.freeze({ start: night.start, end: night.end, points: Object.freeze(points) });
}

/**
 * The point in force at an instant: its level, and its text as the reason. Undefined before the
 * first point of a night, where the program requests 0 %, as outside its periods. In a dusk before
 * the first point, `dark` (time room) and the floor give people light.
 */
export function pointAt(plan: Plan, utc: UtcMillis): PlanPoint | undefined {
	let found: PlanPoint | undefined;
	for (let i = 0; i < plan.points.length; i++) {
		const point = plan.points[i]!;
		if (point.at > utc) break;
		found = point;
	}
	return found;
}

/** When the plan changes next: at its next point, or at its end. */
export function nextAt(plan: Plan, utc: UtcMillis): UtcMillis {
	for (let i = 0; i < plan.points.length; i++) {
		const { at } = plan.points[i]!;
		if (at > utc) return at;
	}
	return plan.end;
}

/** A clock point stays behind the sun points written before it; those after it remove it (`insert`). */
function instantOf(times: readonly SwitchTime[], index: number, night: Night): UtcMillis {
	const at = times[index]!;
	if (at.kind === "sun") return sunAt(at, night);
	let instant: number = night.atClock(at.minutes);
	for (let i = 0; i < index; i++) {
		const before = times[i]!;
		if (before.kind === "sun") instant = Math.max(instant, sunAt(before, night));
	}
	return instant as UtcMillis;
}

/** Always within the night; a missing sunset or sunrise is at the noon nearest to it. */
function sunAt(at: SwitchTime & { readonly kind: "sun" }, night: Night): UtcMillis {
	const event = at.event === "sunset" ? night.sunset : night.sunrise;
	if (event === undefined) return at.event === "sunset" ? night.start : night.end;
	const instant = event + at.offset * MINUTE_MS;
	return Math.min(night.end, Math.max(night.start, instant)) as UtcMillis;
}

/**
 * Appends a point and removes earlier-written ones at the same or a later instant. So 02:30, which
 * does not exist in the spring night and becomes 03:30, does not undo the request of 03:15.
 */
function insert(points: PlanPoint[], point: PlanPoint): void {
	while (points.length > 0 && points[points.length - 1]!.at >= point.at) points.pop();
	points.push(point);
}

/** Removes relights after an `out` of less than `least` ms before dark ends or the next 0. */
function dropShortRelights(points: PlanPoint[], darkUntil: UtcMillis, least: number): void {
	const isLit = ({ text }: PlanPoint) => pointOf(text).level > 0;
	for (let i = points.length - 1; i > 0; i--) {
		const point = points[i]!;
		if (!pointOf(points[i - 1]!.text).out || !isLit(point)) continue;
		let next = i + 1;
		while (next < points.length && isLit(points[next]!)) next++;
		const end = Math.min(points[next]?.at ?? darkUntil, darkUntil);
		if (end - point.at < least) points.splice(i, next - i);
	}
}
