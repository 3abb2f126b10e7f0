/**
 * Ephemeris: the sun by NOAA's Solar Calculator, written anew as an independent oracle.
 *
 * The formulae of its spreadsheet (after Meeus, by the equation of time), without refraction; good
 * to about 0.01 degrees between 1950 and 2050. Passages are found by walking minute by minute.
 */
const DEGREE = Math.PI / 180;
const MINUTE = 60_000;
const sin = (degrees: number): number => Math.sin(degrees * DEGREE);
const cos = (degrees: number): number => Math.cos(degrees * DEGREE);

/** Degrees of the sun's centre above a level horizon. */
export function noaaElevation(latitude: number, longitude: number, utc: number): number {
	const century = (utc / 86_400_000 + 2_440_587.5 - 2_451_545) / 36_525;
	const meanLongitude = 280.46646 + century * (36_000.76983 + century * 0.0003032);
	const anomaly = 357.52911 + century * (35_999.05029 - 0.0001537 * century);
	const eccentricity = 0.016708634 - century * 0.000042037;
	const centre =
		sin(anomaly) * (1.914602 - century * 0.004817) +
		sin(2 * anomaly) * (0.019993 - 0.000101 * century) +
		sin(3 * anomaly) * 0.000289;
	const node = 125.04 - 1934.136 * century;
	const apparent = meanLongitude + centre - 0.00569 - 0.00478 * sin(node);
	const obliquity = 23.43929 - century * 0.0130042 + 0.00256 * cos(node);
	const declination = Math.asin(sin(obliquity) * sin(apparent)) / DEGREE;
	const y = Math.tan((obliquity / 2) * DEGREE) ** 2;
	const equationOfTime =
		(4 / DEGREE) * // minutes
		(y * sin(2 * meanLongitude) -
			2 * eccentricity * sin(anomaly) +
			4 * eccentricity * y * sin(anomaly) * cos(2 * meanLongitude) -
			0.5 * y * y * sin(4 * meanLongitude) -
			1.25 * eccentricity ** 2 * sin(2 * anomaly));
	const trueSolarMinutes = (utc / MINUTE + equationOfTime + 4 * longitude) % 1440;
	const hourAngle = trueSolarMinutes / 4 - 180;
	return (
		Math.asin(
			sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hourAngle),
		) / DEGREE
	);
}

/** The first minute after `from` at which the sun is on the other side of `elevation`. */
export function noaaPassage(
	[latitude, longitude]: readonly [number, number],
	elevation: number,
	from: number,
	step: 1 | -1,
): number {
	const side = noaaElevation(latitude, longitude, from) > elevation;
	for (let t = from; Math.abs(t - from) <= 1440 * MINUTE; t += step * MINUTE)
		if (noaaElevation(latitude, longitude, t) > elevation !== side) return t - (step * MINUTE) / 2;
	return Number.NaN;
}
