/** Percent: a number as a percentage, clamped to 0..100. */
import type { Percent } from "../../src/units.js";

export function percent(value: number): Percent {
	return Math.min(100, Math.max(0, value)) as Percent;
}
