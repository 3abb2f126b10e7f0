/**
 * Backoff: how long to wait before the next connection.
 *
 * When the power or the broker comes back, ten thousand lamps notice within a second. Each waits a
 * part of the spread that is its own, by a hash of its name, so that they come evenly; only
 * failures then back off, exponentially with full jitter (uniform between nothing and the window).
 */
import type { Millis } from "../units.js";

/** Windows grow to this: after a long outage the last lamp is back within an hour. */
export const LONGEST_WINDOW: Millis = 3_600_000;
/** Even with no spread configured, failures start from this window. */
export const SMALLEST_WINDOW: Millis = 5_000;
/** No two attempts come closer: a refusing broker costs a lamp's processor and its log. */
export const SHORTEST_WAIT: Millis = 1_000;

/** Where in 0..1 (1 excluded) a name falls: FNV-1a, its bits mixed so that pole-1 and pole-2 part. */
export function positionOf(name: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < name.length; at += 1)
		hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** The wait after power-on or a lost session. */
export function ownPart(name: string, spread: Millis): Millis {
	return Math.floor(positionOf(name) * spread);
}

/** The wait after `failures` (1 or more) in a row. `chance`: evenly in 0..1. */
export function backOff(failures: number, spread: Millis, chance: number): Millis {
	let window = Math.max(spread, SMALLEST_WINDOW);
	for (let failure = 1; failure < failures && window < LONGEST_WINDOW; failure += 1) window *= 2;
	if (window > LONGEST_WINDOW) window = Math.max(spread, LONGEST_WINDOW);
	return Math.max(SHORTEST_WAIT, Math.floor(chance * window));
}
