/**
 * Pace: the clock of a run. At a broker outside and at the speed of the wall clock, orders have true
 * dates: a street that was held up catches up.
 */
import type { Options } from "../cli/options.js";
import { Clock, type Pack } from "../street/clock.js";

export function clockOf(
	{ speed, outside }: Pick<Options, "speed" | "outside">,
	pack?: Pack,
): Clock {
	const isReal = speed === 1 && outside.urls.length > 0;
	return new Clock(speed, undefined, !isReal, pack);
}
