/**
 * Plan: a program laid over one night: which level from which instant.
 *
 * Made once a night (and when the program, the zone or the clock changes), read at every tick.
 * The written order of the points is the order of the night, and the sun leads: a clock point
 * written between sunset and sunrise stays between them. So `sunset 100; 22:00 60` on a night when
 * the sun sets at 22:01 asks 60 from 22:01, and `05:30 100; sunrise 0` asks nothing after an
 * earlier sunrise, instead of burning until noon. Of points at the same instant the last one wins.
 *
 * Polar nights (time/night.ts says which): a sun that stays down all night puts a sunset at the
 * noon that begins the night and a sunrise at the noon that ends it. A sun that stays up leaves a
 * program with sun points nothing to do; one by the clock alone stands.
 *
 * After a time with the lights out they do not come on again for less than `minimumLightsOn` before
 * the burn ends (Walloon practice: no relight at 5 h when the sun rises before 6 h): it would cost a
 * start for nothing. What holds is the time of the plan, so that it is a function of the night alone.
 */
import type { Night } from "../time/night.js";
import type { Percent, UtcMillis } from "../units.js";
import { type Program, printPoint, type SwitchPoint, type SwitchTime } from "./program.js";
import type { SensorRule } from "./sensorrule.js";

export interface PlanPoint {
	readonly at: UtcMillis;
	readonly level: Percent;
	/** The lights are out: the floor does not hold. */
	readonly out: boolean;
	/** What presence does meanwhile; absent: what the lamp is set to. */
	readonly sensor?: SensorRule;
	/** The switch point as it was written. */
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
 * What the program asks for in this night. A relight of less than `minimumLightsOn` minutes is left
 * out; 0 keeps each one, which is what a doubtful clock or photocell calls for.
 */
export function plan(program: Program, night: Night, minimumLightsOn = 0): Plan {
	const points: PlanPoint[] = [];
	const bySun = program.points.some((point) => point.at.kind === "sun");
	const neverDark = night.sunset === undefined && night.sunrise === undefined && !night.alwaysDark;
	if (!(bySun && neverDark)) {
		for (let i = 0; i < program.points.length; i++) {
			const point = program.points[i]!;
			const at = instantOf(program.points, i, night);
			if (at >= night.end) continue;
			const { level, sensor } = point;
			const out = point.out === true;
			const text = printPoint(point);
			insert(points, sensor ? { at, level, out, sensor, text } : { at, level, out, text });
		}
	}
	if (minimumLightsOn > 0) dropShortRelights(points, night, minimumLightsOn * MINUTE_MS);
	for (const point of points) Object.freeze(point);
	return Object.freeze({ start: night.start, end: night.end, points: Object.freeze(points) });
}

/**
 * The point in force at an instant: its level, and its text as the reason. Undefined before the
 * first point of a night: the program then asks 0 %, as outside its periods. It is `dark` (time
 * room) and the floor that protect whoever walks in a dusk the program does not know.
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

/** What the program asks for at an instant, percent; 0 before the first point. */
export function levelAt(plan: Plan, utc: UtcMillis): Percent {
	return pointAt(plan, utc)?.level ?? (0 as Percent);
}

/** When the plan next says something else: its next point, or its end. */
export function nextAt(plan: Plan, utc: UtcMillis): UtcMillis {
	for (let i = 0; i < plan.points.length; i++) {
		const { at } = plan.points[i]!;
		if (at > utc) return at;
	}
	return plan.end;
}

/** A clock point is kept between the sun points written before and after it. */
function instantOf(points: readonly SwitchPoint[], index: number, night: Night): UtcMillis {
	const { at } = points[index]!;
	if (at.kind === "sun") return sunAt(at, night);
	let instant: number = night.atClock(at.minutes);
	for (let i = 0; i < index; i++) {
		const before = points[i]!.at;
		if (before.kind === "sun") instant = Math.max(instant, sunAt(before, night));
	}
	for (let i = index + 1; i < points.length; i++) {
		const after = points[i]!.at;
		if (after.kind === "sun") instant = Math.min(instant, sunAt(after, night));
	}
	return instant as UtcMillis;
}

/** Within the night, whatever the offset; a sun that does not come is at the noon nearest to it. */
function sunAt(at: SwitchTime & { readonly kind: "sun" }, night: Night): UtcMillis {
	const event = at.event === "sunset" ? night.sunset : night.sunrise;
	if (event === undefined) return at.event === "sunset" ? night.start : night.end;
	const instant = event + at.offset * MINUTE_MS;
	return Math.min(night.end, Math.max(night.start, instant)) as UtcMillis;
}

/**
 * The written order is that of the night: what was written before and comes later gives way. So 02:30,
 * which the spring night leaves out and which is 03:30 then, does not undo what 03:15 asked.
 */
function insert(points: PlanPoint[], point: PlanPoint): void {
	while (points.length > 0 && points[points.length - 1]!.at >= point.at) points.pop();
	points.push(point);
}

/** Takes away what is lit after an `out` for less than `least` ms before dark ends or the next 0. */
function dropShortRelights(points: PlanPoint[], night: Night, least: number): void {
	for (let i = points.length - 1; i > 0; i--) {
		const point = points[i]!;
		if (!points[i - 1]!.out || point.level === 0) continue;
		let next = i + 1;
		while (next < points.length && points[next]!.level > 0) next++;
		const end = Math.min(points[next]?.at ?? night.end, night.sunrise ?? night.end);
		if (end - point.at < least) points.splice(i, next - i);
	}
}
