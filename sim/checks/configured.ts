/**
 * Configured: what the street's lamps are set to, and what that asks for at an instant.
 *
 * The checks compare with this, so sim/run/install.ts writes every value here into the lamps' stores. Programs
 * are read and sun times computed apart from the firmware's own.
 */
import { DAY } from "../util/spans.js";
import type { Zone } from "../util/zone.js";
import { crossing, HORIZON } from "../world/sun.js";
import { type Nights, programOfNight } from "./nights.js";

/** Milliseconds, per cent, lux. */
export interface Configured {
	readonly zone: Zone;
	readonly latitude: number;
	readonly longitude: number;
	readonly program: string;
	/** Other programs and when they hold; absent: it is the same every night. */
	readonly nights?: Nights;
	readonly floorLevel: number;
	readonly maxLevel: number;
	readonly presenceLevel: number;
	readonly lingerLevel: number;
	readonly hold: number;
	readonly linger: number;
	readonly settleTime: number;
	readonly riseTime: number;
	readonly fallTime: number;
	readonly onLevel: number;
	readonly offLevel: number;
	readonly onDelay: number;
	readonly offDelay: number;
	/** How the lamp is fed; absent: always. */
	readonly supply?: "always" | "switched";
	/** What commissioning found a lamp at full to throw on its sensor, lux; absent: not measured. */
	readonly lampResponse?: number;
	/** Boot to a lamp that knows the time and whether someone is there. */
	readonly startTime: number;
	/** Whether lamps tell each other of movement. */
	readonly neighbours: boolean;
	/** Longest that one movement at a neighbour lights. */
	readonly autoClear: number;
}

/**
 * Values of a residential street; the firmware's defaults but for the program. Presence gives full
 * light here at any hour, so the program only says what shines for nobody: it may be low from dusk
 * on, and in the small hours asks for less than the floor, so that both are seen at work.
 */
export const STREET_VALUES = {
	program: "sunset 60; 22:00 40; 00:00 30; 02:00 10; 05:30 60; sunrise 0",
	floorLevel: 20,
	maxLevel: 100,
	presenceLevel: 100,
	lingerLevel: 60,
	hold: 30_000,
	linger: 30_000,
	settleTime: 30_000,
	riseTime: 800,
	fallTime: 10_000,
	onLevel: 35,
	offLevel: 70,
	onDelay: 30_000,
	offDelay: 120_000,
	startTime: 45_000,
	neighbours: false,
	autoClear: 45_000,
} as const;

/** The longest hold of any period, ms: a program may say `hold 120` behind a level. */
export function longestHold({ hold, program, nights }: Configured): number {
	const told = `${program};${nights?.program2 ?? ""}`.matchAll(/hold (\d+)/g);
	return Math.max(hold, ...[...told].map(([, seconds]) => Number(seconds) * 1000));
}

/** Two ways of computing a sunset, and the moment a lamp acts on it, may differ by this, ms. */
const SLACK = 120_000;
const NOON = 12 * 3600_000;

interface Point {
	readonly at: number; // UTC ms
	readonly level: number;
	/** The lights are out: the floor does not hold. */
	readonly out: boolean;
	/** To what presence lights until the next point. */
	readonly presence: number;
}

/**
 * Least and greatest level that may shine for nobody in the dark, the program's within its limits; and
 * to which someone's presence lights.
 */
export interface Range {
	least: number;
	most: number;
	presenceLeast: number;
	presenceMost: number;
}

/** The program's wishes, night by night (noon to noon of the wall clock). */
export class ProgramOracle {
	#night = NaN;
	#points: readonly Point[] = [];
	readonly #range: Range = { least: 0, most: 0, presenceLeast: 0, presenceMost: 0 };

	constructor(private readonly configured: Configured) {}

	/**
	 * The same object each time. Where it is about to change or just has, both levels are right;
	 * `more`: by how much more the lamp's clock may be wrong.
	 */
	rangeAt(utc: number, more = 0): Range {
		const range = this.#range;
		const slack = SLACK + more;
		const before = this.#pointAt(utc - slack);
		range.least = range.most = this.#bounded(before);
		range.presenceLeast = range.presenceMost = before.presence;
		for (const point of this.#points) {
			if (point.at < utc - slack || point.at > utc + slack) continue;
			const level = this.#bounded(point);
			range.least = Math.min(range.least, level);
			range.most = Math.max(range.most, level);
			range.presenceLeast = Math.min(range.presenceLeast, point.presence);
			range.presenceMost = Math.max(range.presenceMost, point.presence);
		}
		return range;
	}

	#pointAt(utc: number): Point {
		const { zone, presenceLevel } = this.configured;
		const night = Math.floor((zone.localOf(utc) - NOON) / DAY);
		if (night !== this.#night) {
			this.#night = night;
			this.#points = this.#plan(night * DAY + NOON);
		}
		// before its first point it asks for 0
		let last: Point = { at: utc, level: 0, out: false, presence: presenceLevel };
		for (const point of this.#points) if (point.at <= utc) last = point;
		return last;
	}

	#bounded({ level, out }: Point): number {
		const { floorLevel, maxLevel } = this.configured;
		return out ? 0 : Math.min(maxLevel, Math.max(floorLevel, level));
	}

	/** `set 60`, `min 60` or `max 60`, or nothing of it; a `hold` behind says nothing of the level. */
	#presenceOf([effect, told]: readonly string[]): number {
		const { presenceLevel, maxLevel } = this.configured;
		const level = Number(told);
		if (effect === "set") return Math.min(maxLevel, level);
		if (effect === "min") return Math.min(maxLevel, presenceLevel, level);
		return Math.min(maxLevel, effect === "max" ? Math.max(presenceLevel, level) : presenceLevel);
	}

	/** `noon`: the wall clock's noon at which the night begins. */
	#plan(noon: number): Point[] {
		const { zone, nights, latitude, longitude } = this.configured;
		const program = programOfNight(this.configured.program, nights, noon);
		const from = zone.utcOf(noon);
		const midnight = zone.utcOf(noon + NOON);
		const to = zone.utcOf(noon + DAY);
		const sunset = crossing(from, midnight, HORIZON, latitude, longitude) ?? from;
		const sunrise = crossing(midnight, to, HORIZON, latitude, longitude) ?? to;
		const points = program.split(";").map((text) => {
			const [when, level, ...rule] = text.trim().split(" ") as [string, string, ...string[]];
			const sun = /^(sunset|sunrise)([+-]\d+)?$/.exec(when);
			const [hours, minutes] = when.split(":").map(Number) as [number, number];
			const clock = (hours * 60 + minutes) * 60_000;
			const at = sun
				? (sun[1] === "sunset" ? sunset : sunrise) + Number(sun[2] ?? 0) * 60_000
				: zone.utcOf(noon - NOON + clock + (clock < NOON ? DAY : 0));
			const presence = this.#presenceOf(rule);
			return { at, level: level === "out" ? 0 : Number(level), out: level === "out", presence };
		});
		points.sort((a, b) => a.at - b.at);
		return worthIt(points, sunrise, (nights?.minimumLightsOn ?? 0) * 60_000);
	}
}

/** Without the relights after `out` that would burn for less than `least` until they end, or sunrise. */
function worthIt(points: readonly Point[], sunrise: number, least: number): Point[] {
	const kept: Point[] = [];
	for (const [nth, point] of points.entries()) {
		const next = points.slice(nth).find(({ level }) => level === 0)?.at ?? Infinity;
		const isRelight = point.level > 0 && kept.at(-1)?.out === true;
		if (!isRelight || Math.min(next, sunrise) - point.at >= least) kept.push(point);
	}
	return kept;
}
