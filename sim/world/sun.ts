/**
 * Sun: its elevation over a place, for the sky of the simulator.
 *
 * Low-precision formulae of the Astronomical Almanac (page C5, good to 0.01 deg from 1950 to 2050),
 * written apart from the firmware's own ephemeris, so that one can be compared with the other.
 */
import { DAY } from "../../lib/spans.js";

const RADIAN = Math.PI / 180;
const J2000 = Date.UTC(2000, 0, 1, 12);
/** Centre of the disc at sunrise and sunset: 34' of refraction and 16' of radius, degrees. */
export const HORIZON = -0.833;

/** Geometric elevation of the sun's centre, degrees. `latitude` north, `longitude` east, degrees. */
export function elevationAt(utc: number, latitude: number, longitude: number): number {
	const days = (utc - J2000) / DAY;
	const mean = 280.46 + 0.9856474 * days;
	const anomaly = (357.528 + 0.9856003 * days) * RADIAN;
	const ecliptic = (mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RADIAN;
	const obliquity = (23.439 - 4e-7 * days) * RADIAN;
	const rightAscension = Math.atan2(Math.cos(obliquity) * Math.sin(ecliptic), Math.cos(ecliptic));
	const declination = Math.asin(Math.sin(obliquity) * Math.sin(ecliptic));
	const sidereal = (280.46061837 + 360.98564736629 * days + longitude) * RADIAN;
	const hourAngle = sidereal - rightAscension;
	const phi = latitude * RADIAN;
	const height =
		Math.sin(phi) * Math.sin(declination) +
		Math.cos(phi) * Math.cos(declination) * Math.cos(hourAngle);
	return Math.asin(height) / RADIAN;
}

/**
 * The instant, to the second, at which the sun crosses `elevation` between two instants at which it
 * is on opposite sides of it; undefined if it is on the same side at both.
 */
export function crossing(
	from: number,
	to: number,
	elevation: number,
	latitude: number,
	longitude: number,
): number | undefined {
	const above = (utc: number) => elevationAt(utc, latitude, longitude) > elevation;
	const begins = above(from);
	if (begins === above(to)) return undefined;
	let [low, high] = [from, to];
	while (high - low > 1000) {
		const middle = (low + high) / 2;
		if (above(middle) === begins) low = middle;
		else high = middle;
	}
	return high;
}
