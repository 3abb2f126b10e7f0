/**
 * Thermal: how much of the driver a hot housing may bear.
 *
 * LEDs and driver age by their heat, and their own light is most of it. Above `deratingStart` the
 * output is capped, less and less over DERATING_SPAN, down to `deratingLevel`. The cap follows a
 * rising temperature at once and lets go only HYSTERESIS below, or the lamp would cool, brighten,
 * heat and dim for ever.
 */
import type { Percent } from "../units.js";

export interface ThermalOptions {
	/** Temperature of the housing at which the cap begins, degrees Celsius. */
	readonly deratingStart: number;
	/** What is left at the end of DERATING_SPAN and beyond, per cent of the driver's output. */
	readonly deratingLevel: Percent;
}

/** K. Half the output halves the heat; over 15 K no single step of 1 K is seen. */
export const DERATING_SPAN = 15;
/** K; five of the host's dead bands. */
export const HYSTERESIS = 5;
/** Nothing has been hot yet. */
export const COLD = -1000;
/** Degrees Celsius. What a sensor says beyond is a fault of the sensor, and says nothing of heat. */
const LEAST_PLAUSIBLE = -60;
const MOST_PLAUSIBLE = 150;

/** The temperature that counts: at once up, HYSTERESIS late down. `hot` is what counted before. */
export function follow(hot: number, celsius: number): number {
	if (!(celsius >= LEAST_PLAUSIBLE && celsius <= MOST_PLAUSIBLE)) return hot;
	if (celsius > hot) return celsius;
	return celsius < hot - HYSTERESIS ? celsius + HYSTERESIS : hot;
}

/** The most that the driver may give at the temperature that counts, in whole per cent. */
export function capAt(hot: number, { deratingStart, deratingLevel }: ThermalOptions): Percent {
	const over = hot - deratingStart;
	if (!(over > 0)) return 100 as Percent;
	const lost = (100 - deratingLevel) * Math.min(1, over / DERATING_SPAN);
	return Math.round(100 - lost) as Percent;
}
