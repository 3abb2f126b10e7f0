/**
 * Backoff: how long to wait before the next connection.
 *
 * When the power or the broker comes back, ten thousand lamps notice within a second. Each waits a
 * part of the spread that is its own, by a hash of its name, so that they come evenly. A lamp that
 * reached nobody tries again one spread later and a little: the street as a whole then never calls
 * more often than it would evenly, however long the broker is away, and is back within a spread and
 * a minute. (Full jitter over the spread would call twice as often, since on average it waits half
 * of it; windows that double would keep the last lamp away for an hour: `docs/reconnection.md`.)
 * Who was told no, or thrown out at once, will not be welcome soon: it backs off exponentially.
 */
import type { Millis } from "../units.js";

/** Added by chance to each further attempt: lamps that met at one instant part again. */
export const RETRY_JITTER: Millis = 60_000;
/** Windows after refusals grow to this: a credential put right at the broker works within an hour. */
export const LONGEST_WINDOW: Millis = 3_600_000;
/** Even with no spread configured, windows start from this. */
export const SMALLEST_WINDOW: Millis = 5_000;
/** No two attempts come closer: a refusing broker costs a lamp's processor and its log. */
export const SHORTEST_WAIT: Millis = 1_000;

/** An access point that restarts is back after a minute or two, and the host still tries. */
export const FIRST_REJOIN: Millis = 120_000;
/** Each joining is air time for the whole street's channel. */
export const LONGEST_REJOIN: Millis = 900_000;

/** The wait after an attempt that reached nobody. `chance`: evenly in 0..1. */
export function retryAfter(spread: Millis, chance: number): Millis {
	return Math.max(SHORTEST_WAIT, spread + Math.floor(chance * RETRY_JITTER));
}

/** The wait before the network is joined again, `joins` after it was last there. */
export function rejoinAfter(joins: number, chance: number): Millis {
	let window = FIRST_REJOIN;
	for (let nth = 0; nth < joins && window < LONGEST_REJOIN; nth += 1) window *= 2;
	return Math.floor((Math.min(window, LONGEST_REJOIN) * (1 + chance)) / 2);
}

/** The wait after `refusals` (1 or more) in a row: full jitter. `chance`: evenly in 0..1. */
export function backOff(refusals: number, spread: Millis, chance: number): Millis {
	let window = Math.max(spread, SMALLEST_WINDOW);
	for (let refusal = 1; refusal < refusals && window < LONGEST_WINDOW; refusal += 1) window *= 2;
	if (window > LONGEST_WINDOW) window = Math.max(spread, LONGEST_WINDOW);
	return Math.max(SHORTEST_WAIT, Math.floor(chance * window));
}
