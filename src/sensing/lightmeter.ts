/**
 * Light meter: the reported illuminance, filtered from the readings of the sensor.
 *
 * Readings come when the light leaves the host's dead band, at uneven intervals, and each stands
 * until the next. So the filter weighs by time: a long-standing reading counts in full, a flash of
 * headlights hardly. A median of three would keep an old value for hours after the last change. The
 * weight is dt / (dt + inertia), a low-pass of first order without an exponential. The photocell
 * takes the readings themselves; its delays are its filter.
 *
 * After a day and a night without a reading no value is reported; a reading at the end of the
 * sensor's range is a lower bound.
 */
import type { Lux, Millis } from "../units.js";
import { isReading, SILENT_AFTER } from "./photocell.js";

export interface LightMeter {
	/** The filtered value at `at`. */
	readonly level: Lux;
	/** The last reading. */
	readonly reading: Lux;
	/** When it was taken; it stands since then. */
	readonly at: Millis;
}

/** Time after which a new reading counts for half: longer than a car's headlights stay. */
export const INERTIA: Millis = 20_000;

/**
 * Applies a reading to the state. The first reading (state undefined) is taken as it is; an invalid
 * one (negative, NaN, infinite) is ignored.
 */
export function reduce(
	state: LightMeter | undefined,
	reading: Lux,
	now: Millis,
): LightMeter | undefined {
	if (!isReading(reading)) return state;
	if (!state) return { level: reading, reading, at: now };
	return { level: levelAt(state, now), reading, at: now };
}

/** The filtered illuminance at an instant, not before the last reading. */
export function levelAt(state: LightMeter, now: Millis): Lux {
	const stood = Math.max(0, now - state.at);
	const weight = stood / (stood + INERTIA);
	return (state.level + (state.reading - state.level) * weight) as Lux;
}

/** The level to report; undefined once the sensor has been silent for SILENT_AFTER. */
export function reportableAt(state: LightMeter, now: Millis): Lux | undefined {
	return now - state.at < SILENT_AFTER ? levelAt(state, now) : undefined;
}

/** Whether the reading stands at the end of the sensor's `range`. */
export function isSaturated(state: LightMeter, range: Lux): boolean {
	return state.reading >= range;
}
