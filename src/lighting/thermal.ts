/**
 * Thermal: caps the driver's output while the housing is hot.
 *
 * Heat ages LEDs and driver, and most of it comes from their own light. Above `deratingStart` the
 * output is capped, falling over DERATING_SPAN to `deratingLevel`. The cap follows a rising
 * temperature at once and a falling one only HYSTERESIS later; otherwise the lamp would cool,
 * brighten, heat and dim without end.
 */
import type { Percent } from "../units.js";

export interface ThermalOptions {
	/** Temperature of the housing at which the cap begins, degrees Celsius. */
	readonly deratingStart: number;
	/** The cap at the end of DERATING_SPAN and beyond, per cent of the driver's output. */
	readonly deratingLevel: Percent;
}

/** K. Half the output halves the heat; over 15 K no single step of 1 K is visible. */
export const DERATING_SPAN = 15;
/** K; five of the host's dead bands. */
export const HYSTERESIS = 5;
/** The state without a reading. */
export const COLD = -1000;
/** Degrees Celsius. A reading outside this range is a sensor fault and does not count as heat. */
const LEAST_PLAUSIBLE = -60;
const MOST_PLAUSIBLE = 150;

/** Whether a reading, degrees Celsius, is one. */
export function isTemperature(celsius: number): boolean {
	return celsius >= LEAST_PLAUSIBLE && celsius <= MOST_PLAUSIBLE;
}

/**
 * The temperature that counts: rises at once, falls HYSTERESIS late. `hot`: the previous one; COLD:
 * none is known any more.
 */
export function follow(hot: number, celsius: number): number {
	if (celsius === COLD) return COLD;
	if (!isTemperature(celsius)) return hot;
	if (celsius > hot) return celsius;
	return celsius < hot - HYSTERESIS ? celsius + HYSTERESIS : hot;
}

/** The driver's highest output at the temperature that counts, in whole per cent. */
export function capAt(hot: number, { deratingStart, deratingLevel }: ThermalOptions): Percent {
	const over = hot - deratingStart;
	if (!(over > 0)) return 100 as Percent;
	const lost = (100 - deratingLevel) * Math.min(1, over / DERATING_SPAN);
	return Math.round(100 - lost) as Percent;
}
