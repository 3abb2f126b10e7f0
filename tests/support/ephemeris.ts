/**
 * Ephemeris: the sun by astronomy-engine (VSOP87 and NOVAS' reductions), an oracle apart from suncalc.
 *
 * Topocentric and of date, the centre of the disc, without refraction: what time/sun.ts means.
 */
import { Body, Equator, Horizon, MakeTime, Observer, SearchAltitude } from "astronomy-engine";

export type Site = readonly [latitude: number, longitude: number];

const SEA_LEVEL = 0;
const RISING = 1;
const SINKING = -1;

/** Degrees of the sun's centre above a level horizon. */
export function elevationOf([latitude, longitude]: Site, utc: number): number {
	const observer = new Observer(latitude, longitude, SEA_LEVEL);
	const time = MakeTime(new Date(utc));
	const { ra, dec } = Equator(Body.Sun, time, observer, true, true);
	return Horizon(time, observer, ra, dec).altitude;
}

/** When the sun next sinks (or rises) through `elevation` within a day, UTC ms; NaN: it does not. */
export function passageOf(
	[latitude, longitude]: Site,
	elevation: number,
	from: number,
	way: "sinks" | "rises",
): number {
	const observer = new Observer(latitude, longitude, SEA_LEVEL);
	const direction = way === "sinks" ? SINKING : RISING;
	const found = SearchAltitude(Body.Sun, observer, direction, new Date(from), 1, elevation);
	return found?.date.getTime() ?? Number.NaN;
}
