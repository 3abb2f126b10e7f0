/**
 * Twilight: the paces at which a sky brightens and darkens at a latitude.
 */
import type { Millis } from "../units.js";

/** In twilight a clear sky loses this share of its light with each degree that the sun sinks ... */
const DEGREE_SHARE = 1.08;
/** ... and the sun sinks by so much a minute where it does so straight, degrees. */
const SUN_PACE = 0.25;
/** Sine of the sun's greatest declination: in the solstices a dusk is the slowest. */
const SOLSTICE = 0.398;
const MINUTE: Millis = 60_000;

/** Bounds of day and night by place, clock and past nights. */
export interface SunTimes {
	/** No dawn comes earlier after a dusk, ms. */
	readonly nightFor: Millis;
	/** Elevation of the sun by a dated clock, degrees; NaN without one. */
	elevationAt(now: Millis): number;
}

/** Share of its light by which a clear dawn brightens a minute at most: in the equinoxes. */
export function fastestPaceAt(latitude: number): number {
	return DEGREE_SHARE * SUN_PACE * Math.cos((latitude * Math.PI) / 180);
}

/** Share of its light that a clear dusk loses a minute at least; 0 where the sun may not set. */
export function slowestPaceAt(latitude: number): number {
	const pole = Math.cos((latitude * Math.PI) / 180);
	return DEGREE_SHARE * SUN_PACE * Math.sqrt(Math.max(0, pole * pole - SOLSTICE * SOLSTICE));
}

/** The time in which the sun sinks by `degrees` where a dusk has this pace. */
export function sinksFor(degrees: number, pace: number): Millis {
	return (degrees * DEGREE_SHARE * MINUTE) / pace;
}
