/**
 * Configured: what the street's lamps are set to, and what that asks for at an instant.
 *
 * The checks compare with this, so boot.ts writes every value here into the lamps' stores. Programs
 * are read and sun times computed apart from the firmware's own.
 */

import { crossing, HORIZON } from "../world/sun.js";
import type { Zone } from "../zone.js";

/** Milliseconds, per cent, lux. */
export interface Configured {
	readonly zone: Zone;
	readonly latitude: number;
	readonly longitude: number;
	readonly program: string;
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
	/** Boot to a lamp that knows the time and whether someone is there. */
	readonly startTime: number;
}

/**
 * Values of a residential street; the firmware's defaults but for the program. Presence gives full
 * light here at any hour, so the program only says what shines for nobody: it may be low from dusk
 * on, and in the small hours asks for less than the floor, so that both are seen at work.
 */
export const STREET_VALUES = Object.freeze({
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
});

/** Two ways of computing a sunset, and the moment a lamp acts on it, may differ by this, ms. */
const SLACK = 120_000;
const DAY = 86_400_000;
const NOON = 12 * 3600_000;

interface Point {
	readonly at: number; // UTC ms
	readonly level: number;
}

/** Least and greatest level the program may ask for at an instant. */
export interface Range {
	least: number;
	most: number;
}

/** The program's wishes, night by night (noon to noon of the wall clock). */
export class ProgramOracle {
	#night = NaN;
	#points: readonly Point[] = [];
	readonly #range: Range = { least: 0, most: 0 };

	constructor(private readonly configured: Configured) {}

	/** The same object each time. Where it is about to change or just has, both levels are right. */
	rangeAt(utc: number): Range {
		const range = this.#range;
		range.least = range.most = this.#levelAt(utc - SLACK);
		for (const { at, level } of this.#points) {
			if (at < utc - SLACK || at > utc + SLACK) continue;
			range.least = Math.min(range.least, level);
			range.most = Math.max(range.most, level);
		}
		return range;
	}

	#levelAt(utc: number): number {
		const { zone } = this.configured;
		const night = Math.floor((zone.localOf(utc) - NOON) / DAY);
		if (night !== this.#night) {
			this.#night = night;
			this.#points = this.#plan(night * DAY + NOON);
		}
		let level = 0; // before its first point a program asks for nothing
		for (const point of this.#points) if (point.at <= utc) level = point.level;
		return level;
	}

	/** `noon`: the wall clock's noon at which the night begins. */
	#plan(noon: number): Point[] {
		const { zone, program, latitude, longitude } = this.configured;
		const from = zone.utcOf(noon);
		const midnight = zone.utcOf(noon + NOON);
		const to = zone.utcOf(noon + DAY);
		const sunset = crossing(from, midnight, HORIZON, latitude, longitude) ?? from;
		const sunrise = crossing(midnight, to, HORIZON, latitude, longitude) ?? to;
		const points = program.split(";").map((text) => {
			const [when, level] = text.trim().split(" ") as [string, string];
			const sun = /^(sunset|sunrise)([+-]\d+)?$/.exec(when);
			const [hours, minutes] = when.split(":").map(Number) as [number, number];
			const clock = (hours * 60 + minutes) * 60_000;
			const at = sun
				? (sun[1] === "sunset" ? sunset : sunrise) + Number(sun[2] ?? 0) * 60_000
				: zone.utcOf(noon - NOON + clock + (clock < NOON ? DAY : 0));
			return { at, level: Number(level) };
		});
		return points.sort((a, b) => a.at - b.at);
	}
}
