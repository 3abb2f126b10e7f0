/**
 * Sun: its elevation, and when it passes an elevation in a night.
 *
 * Follows docs/light.md, "The night of the sun". The apparent altitude comes from suncalc 2.0.2, which
 * both implementations share; refraction is taken out here.
 */
import { getPosition } from "suncalc";

export const DAY = 86_400_000;
const DEGREES = 180 / Math.PI;

/** R: the refraction at an altitude without refraction, both in degrees. */
function refraction(degrees: number): number {
	const h = Math.max(0, degrees / DEGREES);
	return (0.0002967 / Math.tan(h + 0.00312536 / (h + 0.08901179))) * DEGREES;
}

const REFRACTION_AT_0 = refraction(0);

/** Elevation of the sun's centre without refraction, degrees. */
export function elevationAt(utc: number, latitude: number, longitude: number): number {
	const a = getPosition(new Date(Math.trunc(utc)), latitude, longitude).altitude;
	if (a <= REFRACTION_AT_0) return a - REFRACTION_AT_0;
	let x = a;
	for (let step = 0; step < 4; step++) x = a - refraction(x);
	return x;
}

/** The first mean solar midnight at or after a date. */
export function midnightFrom(utc: number, longitude: number): number {
	const w = (longitude / 360) * DAY;
	return Math.ceil((utc + w) / DAY) * DAY - w;
}

/** The midnight of the night of the sun that contains a date. */
export function midnightOf(utc: number, longitude: number): number {
	return midnightFrom(utc - DAY / 2 + 1, longitude);
}

/** The passages of the sun through an elevation in the night of a mean solar midnight. */
export interface Passages {
	readonly midnight: number;
	/** undefined: it does not sink through it. */
	readonly down: number | undefined;
	/** undefined: it does not rise through it. */
	readonly up: number | undefined;
	/** At midnight the sun is below the elevation. */
	readonly isBelow: boolean;
}

export function passages(
	midnight: number,
	latitude: number,
	longitude: number,
	elevation: number,
): Passages {
	const lo = elevationAt(midnight, latitude, longitude) - elevation;
	const find = (noon: number): number | undefined => {
		const hi = elevationAt(noon, latitude, longitude) - elevation;
		return passage(noon, midnight, hi, lo, (x) => elevationAt(x, latitude, longitude) - elevation);
	};
	return {
		midnight,
		down: find(midnight - DAY / 2),
		up: find(midnight + DAY / 2),
		isBelow: lo < 0,
	};
}

function passage(
	noon: number,
	midnight: number,
	atNoon: number,
	atMidnight: number,
	heightAt: (x: number) => number,
): number | undefined {
	let hi = atNoon;
	let lo = atMidnight;
	if (hi < 0 || lo >= 0) return undefined;
	let above = noon;
	let below = midnight;
	let x = noon;
	for (let round = 0; round < 32; round++) {
		const last = x;
		x = above + ((below - above) * hi) / (hi - lo);
		const height = heightAt(x);
		if (Math.abs(x - last) < 1_000) break;
		if (height >= 0) {
			above = x;
			hi = height;
			lo /= 2;
		} else {
			below = x;
			lo = height;
			hi /= 2;
		}
	}
	return Math.floor(x + 0.5);
}

/** From when until when it is night; until = from: never. `wider`: ms by which it is longer on both sides. */
export function nightBetween(of: Passages, wider: number): { from: number; until: number } {
	const begin = of.midnight - DAY / 2;
	const end = of.midnight + DAY / 2;
	if (of.down === undefined && !of.isBelow) return { from: end, until: end };
	return {
		from: of.down === undefined ? begin : Math.max(begin, of.down - wider),
		until: of.up === undefined ? end : Math.min(end, of.up + wider),
	};
}

/** For the facts half, under its names. */
export const firstMidnight = midnightFrom;
export function sunNight(
	midnight: number,
	latitude: number,
	longitude: number,
	elevation: number,
): { down: number | undefined; up: number | undefined } {
	const { down, up } = passages(midnight, latitude, longitude, elevation);
	return { down, up };
}
