/**
 * Sky: illuminance of daylight on a pole, lux.
 *
 * A clear sky by the sun's elevation, dimmed by clouds that drift with the hours. The table passes
 * through measurements on a clear rooftop: 278 lx at sunset, 69 lx at -2 deg, 8 lx at -4 deg
 * (median of a week). Between its rows the logarithm of the light is linear, as in twilight.
 */
import { random } from "../../lib/random.js";
import { elevationAt } from "./sun.js";

/** Elevation of the sun, degrees; illuminance of a clear sky, lux. */
const CLEAR = [
	[-12, 0.01],
	[-10, 0.03],
	[-8, 0.12],
	[-6, 0.8],
	[-4, 8],
	[-2, 69],
	[-0.833, 278],
	[2, 1_500],
	[5, 5_000],
	[10, 13_000],
	[20, 32_000],
	[40, 70_000],
	[62, 100_000],
	[90, 115_000],
].map(([elevation, lux]) => [elevation!, Math.log(lux!)] as const);
/** Below this the sky gives no light that a street's sensor could measure, degrees. */
const NIGHT_ELEVATION = -12;
/** Share of the clear sky's light under an overcast: 1 to 1.5 deg of twilight. */
const OVERCAST = 0.22;
/** Cloud cover is drawn anew at this interval and changes smoothly between, ms. */
const CLOUD_INTERVAL = 45 * 60_000;
/** Sensors of this kind resolve a tenth of a lux. */
const STEPS_PER_LUX = 10;
/** Polar night would be searched for months: sample once a day, ms. */
const LONGEST_REST = 86_400_000;

/** Lux of a clear sky with the sun at `elevation` degrees; 0 from -12 down. */
export function clearSky(elevation: number): number {
	if (elevation <= NIGHT_ELEVATION) return 0;
	let row = 1;
	while (row < CLEAR.length - 1 && CLEAR[row]![0] < elevation) row++;
	const [low, lowLog] = CLEAR[row - 1]!;
	const [high, highLog] = CLEAR[row]!;
	return Math.exp(lowLog + ((elevation - low) / (high - low)) * (highLog - lowLog));
}

/** Source of the daylight on the poles: a model, or a recording. Instants are UTC ms. */
export interface Daylight {
	/** Lux at an instant. */
	luxAt(utc: number): number;
	/** The next instant after `utc` at which a sensor samples and may find a change. */
	nextAfter(utc: number): number;
}

/** Interval of a sensor's samples, ms. */
export const SAMPLE_INTERVAL = 30_000;

/** The sky over a place in one of the seed's weathers. */
export function createSky(seed: number, latitude: number, longitude: number): Daylight {
	const night = (utc: number) => elevationAt(utc, latitude, longitude) <= NIGHT_ELEVATION;
	const throughAt = clouds(seed);
	return {
		luxAt(utc) {
			const clear = clearSky(elevationAt(utc, latitude, longitude));
			return Math.round(clear * throughAt(utc) * STEPS_PER_LUX) / STEPS_PER_LUX;
		},
		nextAfter(utc) {
			let next = (Math.floor(utc / SAMPLE_INTERVAL) + 1) * SAMPLE_INTERVAL;
			if (!night(utc)) return next;
			const last = next + LONGEST_REST;
			while (next < last && night(next)) next += SAMPLE_INTERVAL;
			return next;
		},
	};
}

/** Share of a clear sky's light at an instant. */
function clouds(seed: number): (utc: number) => number {
	const coverOf = (knot: number) => random(seed, `clouds ${knot}`).next();
	let last = NaN;
	let [from, to] = [0, 0];
	return (utc) => {
		const place = utc / CLOUD_INTERVAL;
		const knot = Math.floor(place);
		if (knot !== last) [last, from, to] = [knot, coverOf(knot), coverOf(knot + 1)];
		const smooth = (1 - Math.cos((place - knot) * Math.PI)) / 2;
		const cover = from + (to - from) * smooth;
		return Math.exp(Math.log(OVERCAST) * cover * cover); // fair weather is a little more frequent
	};
}
