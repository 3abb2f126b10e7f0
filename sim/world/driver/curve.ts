/** Curve: light of a level, and its integral over a fade (docs/dali.md). */
import { CURVE } from "../../../lib/dali/timing.js";

const LEAST = CURVE.least.number;
const MOST = CURVE.most.number;
const STEPS = CURVE.steps.number;
/** Light grows by this factor for each level, as a natural logarithm. */
const GROWTH = Math.LN10 / STEPS;
/** Slower than this, in levels a millisecond, a fade is none: the integral loses its digits. */
const LEVEL_EPSILON = 1e-12;

/** Light of a level, 0 to 1; levels between two whole ones occur in a fade. */
export function lightOf(level: number, isLinear = false): number {
	if (level < LEAST) return 0;
	return isLinear ? level / MOST : 10 ** ((level - 1) / STEPS - 3);
}

/** Integral of the light over `span` ms in which the level goes evenly from `from` to `to`. */
export function lightSum(from: number, to: number, span: number, isLinear = false): number {
	if (isLinear) return ((lightOf(from, true) + lightOf(to, true)) * span) / 2;
	if (from < LEAST || to < LEAST || Math.abs(to - from) < LEVEL_EPSILON)
		return lightOf(from) * span;
	return ((lightOf(to) - lightOf(from)) * span) / (GROWTH * (to - from));
}
