/**
 * Night: the time from noon to noon to which a program belongs (TALQ dayOffset 12).
 *
 * One night has one date, so "Friday night" ends on Saturday morning. It lasts 24 h by the clock:
 * 23 h in the night that changes to summer time, 25 h in the one that changes back. Made once a
 * night and held by the node; a query allocates nothing.
 */
import type { UtcMillis } from "../units.js";
import { DAY, MINUTE } from "./civil.js";
import { type Place, SUNSET_ELEVATION, solarMidnightFrom, sunNight } from "./sun.js";
import { type WallMillis, wallAt, wallToUtc, type Zone } from "./zone.js";

export interface Night {
	/** Noon on the wall clock. */
	readonly start: UtcMillis;
	/** The next noon; it belongs to the next night. */
	readonly end: UtcMillis;
	/** The date of the evening, in days since 1970-01-01. */
	readonly day: number;
	/**
	 * The instant of a clock time in this night. `minutes` after midnight, 0 to 1439: from 720 on
	 * they are on the evening's date, below on the morning's. Of a time that the clock shows twice,
	 * the first instant; for one that it skips, as much later (zone.ts).
	 */
	atClock(minutes: number): UtcMillis;
	/** Absent if the sun does not set in this night. */
	readonly sunset: UtcMillis | undefined;
	/** Absent if the sun does not rise in this night. */
	readonly sunrise: UtcMillis | undefined;
	/** Polar night: dark throughout. False, with neither sunset nor sunrise: polar day. */
	readonly alwaysDark: boolean;
}

const NOON_MINUTES = 720;

/** The night that contains `utc`: start <= utc < end. */
export function nightOf(zone: Zone, place: Place, utc: UtcMillis): Night {
	let day = Math.floor((wallAt(zone, utc) - DAY / 2) / DAY);
	// Where a clock goes back over noon, the second showing of that hour is past the first noon.
	if (utc >= noonOf(zone, day + 1)) day += 1;
	return new CivilNight(zone, place, day);
}

function noonOf(zone: Zone, day: number): UtcMillis {
	return wallToUtc(zone, (day * DAY + DAY / 2) as WallMillis);
}

class CivilNight implements Night {
	readonly start: UtcMillis;
	readonly end: UtcMillis;
	readonly day: number;
	readonly sunset: UtcMillis | undefined;
	readonly sunrise: UtcMillis | undefined;
	readonly alwaysDark: boolean;
	private readonly zone: Zone;

	constructor(zone: Zone, place: Place, day: number) {
		this.zone = zone;
		this.day = day;
		this.start = noonOf(zone, day);
		this.end = noonOf(zone, day + 1);
		const sun = sunNight(place, SUNSET_ELEVATION, solarMidnightFrom(place, this.start));
		this.sunset = sun.sinksAt;
		this.sunrise = sun.risesAt;
		this.alwaysDark = sun.below && sun.sinksAt === undefined && sun.risesAt === undefined;
	}

	atClock(minutes: number): UtcMillis {
		const day = minutes < NOON_MINUTES ? this.day + 1 : this.day;
		return wallToUtc(this.zone, (day * DAY + minutes * MINUTE) as WallMillis);
	}
}
