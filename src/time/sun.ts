/**
 * Sun: its elevation, and the instants at which it passes an elevation, anywhere on Earth.
 *
 * Positions are suncalc's (Meeus, chapter 25). Elevation is that of the sun's centre without
 * refraction, as twilight is defined: the standard sunset is at -0.833 degrees (refraction 34',
 * radius 16'). Passages are searched between mean solar noon and mean solar midnight, where the sun
 * only sinks or only climbs but for the equation of time; so polar day and polar night give a
 * result like every other day. One search costs about ten positions: it is made once a night.
 */
import { getPosition } from "suncalc";
import type { Millis, UtcMillis } from "../units.js";
import { DAY } from "./civil.js";

export interface Place {
	/** Degrees north, -90 to 90. */
	readonly latitude: number;
	/** Degrees east, -180 to 180. */
	readonly longitude: number;
}

/** When the sun passes below and above an elevation, from one solar noon to the next. */
export interface SunNight {
	/** Mean solar noon before the night. */
	readonly start: UtcMillis;
	/** Mean solar noon after it. */
	readonly end: UtcMillis;
	/** Absent if the sun stays above, or was below at noon already. */
	readonly sinksAt: UtcMillis | undefined;
	/** Absent if the sun stays below, or was above at midnight already. */
	readonly risesAt: UtcMillis | undefined;
	/** Below at solar midnight: true in polar night, false in polar day. */
	readonly below: boolean;
}

/** Standard sunset and sunrise, degrees: upper limb on a level horizon (Nautical Almanac). */
export const SUNSET_ELEVATION = -0.833;
/** Elevation at which cabinets switch their feeders, degrees: a clear sky gives 35 lx. */
const FEEDER_ELEVATION = -2.7;
/** The sun's greatest declination, degrees. */
const OBLIQUITY = 23.44;
/** Passages are given to the second; refraction alone moves a real one by minutes. */
const PASSAGE_PRECISION: Millis = 1000;
/** Bisection of 12 h down to a second would take 16 steps; interpolation takes about 6. */
const MAX_STEPS = 32;

const DEGREE = Math.PI / 180;
/** The refraction at the horizon, degrees, which suncalc adds to an elevation below 0. */
const REFRACTION_BELOW = 0.0002967 / Math.tan(0.00312536 / 0.08901179) / DEGREE;

/** Elevation of the sun's centre, degrees, -90 to 90, without refraction. */
export function elevationAt(place: Place, utc: UtcMillis): number {
	const { altitude } = getPosition(new Date(utc), place.latitude, place.longitude);
	if (altitude <= REFRACTION_BELOW) return altitude - REFRACTION_BELOW;
	let elevation = altitude;
	for (let i = 0; i < 4; i += 1) elevation = altitude - refraction(elevation); // converges: slope < 0.1
	return elevation;
}

/** The night around a mean solar midnight, for the sun's passage through `elevation` degrees. */
export function sunNight(place: Place, elevation: number, midnight: UtcMillis): SunNight {
	const start = (midnight - DAY / 2) as UtcMillis;
	const end = (midnight + DAY / 2) as UtcMillis;
	return {
		start,
		end,
		sinksAt: passage(place, elevation, start, midnight),
		risesAt: passage(place, elevation, end, midnight),
		below: elevationAt(place, midnight) < elevation,
	};
}

/** The first mean solar midnight at or after an instant. */
export function solarMidnightFrom(place: Place, utc: UtcMillis): UtcMillis {
	const east = (place.longitude / 360) * DAY;
	return (Math.ceil((utc + east) / DAY) * DAY - east) as UtcMillis;
}

/**
 * The true solar midnight nearest to an instant: the middle between sunset and sunrise, up to 16
 * min from the mean one (equation of time); the mean one if the sun does not set or not rise.
 */
export function sunMidnightNear(place: Place, utc: UtcMillis): UtcMillis {
	const mean = solarMidnightFrom(place, (utc - DAY / 2) as UtcMillis);
	const { sinksAt, risesAt } = sunNight(place, SUNSET_ELEVATION, mean);
	return sinksAt === undefined || risesAt === undefined
		? mean
		: (((sinksAt + risesAt) / 2) as UtcMillis);
}

/** Time on of a feeder switched by the sky in the next night; undefined in polar day and night. */
export function darkTimeNear(place: Place, utc: UtcMillis): Millis | undefined {
	const { sinksAt, risesAt } = sunNight(place, FEEDER_ELEVATION, solarMidnightFrom(place, utc));
	return sinksAt === undefined || risesAt === undefined ? undefined : risesAt - sinksAt;
}

/**
 * When the sun passes the elevation of feeders and photocells in the night around the mean solar
 * midnight nearest to `utc`: on its way down (`sinking`) or up. Undefined in polar day and night.
 */
export function passageNear(place: Place, utc: UtcMillis, sinking: boolean): UtcMillis | undefined {
	const midnight = solarMidnightFrom(place, (utc - DAY / 2) as UtcMillis);
	const { sinksAt, risesAt } = sunNight(place, FEEDER_ELEVATION, midnight);
	return sinking ? sinksAt : risesAt;
}

/** The shortest such time, at a summer solstice, to some minutes; 0 if the sun stays too high. */
export function shortestDarkTime(latitude: number): Millis {
	const height = Math.sin(FEEDER_ELEVATION * DEGREE);
	const north = Math.sin(Math.abs(latitude) * DEGREE) * Math.sin(OBLIQUITY * DEGREE);
	const across = Math.cos(latitude * DEGREE) * Math.cos(OBLIQUITY * DEGREE);
	const cosine = (height - north) / across; // of half the time above the elevation, as an angle
	return cosine > -1 ? DAY * (1 - Math.acos(cosine) / Math.PI) : 0;
}

/** When the sun passes `elevation` between a noon and a midnight (regula falsi, Illinois). */
function passage(
	place: Place,
	elevation: number,
	noon: UtcMillis,
	midnight: UtcMillis,
): UtcMillis | undefined {
	let above: number = noon;
	let below: number = midnight;
	let high = elevationAt(place, noon) - elevation;
	let low = elevationAt(place, midnight) - elevation;
	if (high < 0 || low >= 0) return undefined;
	let middle = above;
	for (let step = 0; step < MAX_STEPS; step += 1) {
		const last = middle;
		middle = above + ((below - above) * high) / (high - low);
		const height = elevationAt(place, middle as UtcMillis) - elevation;
		if (Math.abs(middle - last) < PASSAGE_PRECISION) break;
		if (height >= 0) {
			above = middle;
			high = height;
			low /= 2; // halves the end that stays, which otherwise would never move
		} else {
			below = middle;
			low = height;
			high /= 2;
		}
	}
	return Math.round(middle) as UtcMillis;
}

/** Degrees of refraction at an elevation above 0 (Meeus 16.4, as in suncalc). */
function refraction(elevation: number): number {
	const h = Math.max(0, elevation) * DEGREE;
	return 0.0002967 / Math.tan(h + 0.00312536 / (h + 0.08901179)) / DEGREE;
}
