/**
 * Pace: the clock of a run. At a broker outside and at the speed of the wall clock, orders have true
 * dates: a street that was held up catches up.
 */
import type { Options } from "../options/options.js";
import { Clock, type Pack, wallOf } from "../street/clock.js";
import type { Turns } from "../util/turns.js";

export function clockOf(
	{ speed, outside }: Pick<Options, "speed" | "outside">,
	turns: Turns,
	pack?: Pack,
): Clock {
	const isReal = speed === 1 && outside.urls.length > 0;
	return new Clock(speed, wallOf(turns), !isReal, pack);
}
