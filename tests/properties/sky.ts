/**
 * Sky: how high the sun stands over the lamp, and how much light that is, apart from the firmware.
 *
 * The sun is astronomy-engine's, taken each five minutes and joined by lines: within 0.01 degrees.
 */
import { elevationOf } from "../support/ephemeris.js";

export const LATITUDE = 50.63;
export const LONGITUDE = 5.57;
const STEP = 300_000;
const DAY_STEPS = 288;
const days = new Map<number, Float64Array>();

/** Degrees of the sun's centre, without refraction. */
export function elevation(utc: number): number {
	const place = utc / STEP;
	const step = Math.floor(place);
	const day = Math.floor(step / DAY_STEPS);
	let table = days.get(day);
	if (!table) {
		const at = (_: unknown, index: number) =>
			elevationOf([LATITUDE, LONGITUDE], (day * DAY_STEPS + index) * STEP);
		table = Float64Array.from({ length: DAY_STEPS + 1 }, at);
		days.set(day, table);
	}
	const index = step - day * DAY_STEPS;
	const from = table[index]!;
	return from + (table[index + 1]! - from) * (place - step);
}

/** When the sun sets on the afternoon that `utc` lies in, UTC ms, to the second. */
export function sunsetAfter(utc: number): number {
	let at = utc;
	while (elevation(at) > -0.833) at += 1000;
	return at;
}

/** A clear rooftop's lux at an elevation: 69 at -2 degrees, 8 at -4, falling on as it does there. */
export function skyLux(degrees: number): number {
	const exponent = degrees > -2 ? 0.303 * (degrees + 2) : 0.468 * (degrees + 2);
	return Math.min(20_000, 69 * 10 ** Math.max(-4, exponent));
}
