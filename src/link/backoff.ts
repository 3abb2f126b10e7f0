/**
 * Backoff: the wait before the next connection attempt.
 *
 * When power or the broker returns, ten thousand lamps are ready to connect within a second. Each
 * lamp waits its own part of the spread, a hash of its name, so that the attempts are evenly
 * distributed. After an attempt that reached no broker, the next one follows after one spread plus
 * a jitter. The attempts of the whole street thus never exceed the even rate, however long the
 * outage lasts, and all lamps are connected within one spread and a minute of the broker's return.
 * (Full jitter over the spread would double the rate, because its mean wait is half a spread;
 * doubling windows would keep the last lamp away for an hour: `docs/broker.md`.) After a
 * refusal, or a session that ends at once, the wait grows exponentially, because the next attempt
 * is likely to fail as well.
 */
import type { Millis } from "../units.js";

/** Random part of the wait for a further attempt: separates lamps that met at one instant. */
export const RETRY_JITTER: Millis = 60_000;
/** Longest window after refusals: a credential corrected at the broker works within an hour. */
export const LONGEST_WINDOW: Millis = 3_600_000;
/** Least window after a refusal, also if no spread is configured. */
const SMALLEST_WINDOW: Millis = 5_000;
/** Least wait between two attempts: a refusing broker costs a lamp's processor time and log. */
export const SHORTEST_WAIT: Millis = 1_000;

/** A restarting access point is back after a minute or two; the host retries meanwhile. */
const FIRST_REJOIN: Millis = 120_000;
/** Upper bound of the wait: each join takes air time on the channel of the whole street. */
const LONGEST_REJOIN: Millis = 900_000;

/** The wait after an attempt that reached no broker, ms. `chance`: uniform in 0..1. */
export function retryAfter(spread: Millis, chance: number): Millis {
	return Math.max(SHORTEST_WAIT, spread + Math.floor(chance * RETRY_JITTER));
}

/**
 * The wait before the network is joined again, ms, after `joins` joins since it was last up.
 * `chance`: uniform in 0..1.
 */
export function rejoinAfter(joins: number, chance: number): Millis {
	let window = FIRST_REJOIN;
	for (let index = 0; index < joins && window < LONGEST_REJOIN; index += 1) window *= 2;
	return Math.floor((Math.min(window, LONGEST_REJOIN) * (1 + chance)) / 2);
}

/** The wait after `refusals` (1 or more) in a row, ms: full jitter. `chance`: uniform in 0..1. */
export function backOff(refusals: number, spread: Millis, chance: number): Millis {
	let window = Math.max(spread, SMALLEST_WINDOW);
	for (let refusal = 1; refusal < refusals && window < LONGEST_WINDOW; refusal += 1) window *= 2;
	if (window > LONGEST_WINDOW) window = Math.max(spread, LONGEST_WINDOW);
	return Math.max(SHORTEST_WAIT, Math.floor(chance * window));
}
