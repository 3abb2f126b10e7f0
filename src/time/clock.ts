/**
 * Clock: what time it is, how sure we are, and what a time server may make us believe.
 *
 * The monotonic clock runs by itself; the date is that clock plus an offset which only a plausible
 * answer sets. Between answers the crystal drifts, and the stated uncertainty grows with it. Each
 * way of knowing the time is a variant of the state, so that further rungs can be added: a new
 * variant, and the compiler lists what must decide about it.
 */
import type { Millis, UtcMillis } from "../units.js";

export type ClockState =
	| { readonly kind: "none" }
	| {
			readonly kind: "synchronised";
			/** utc - now, ms. */
			readonly offset: number;
			/** The monotonic instant of the answer that set it. */
			readonly since: Millis;
	  };

/** What one answer about the date did. `jump`: how much later it is than we had said, ms. */
export type ClockChange =
	| { readonly kind: "refused"; readonly why: "tooEarly" | "tooLate" }
	| { readonly kind: "set"; readonly state: ClockState; readonly jump: Millis };

/**
 * 2023-01-01T00:00:00Z. No lamp and no recording played to one is older. Below it lie the dates of
 * clocks that know nothing: 1970 and 2000 (epochs of chips) and what GPS receivers say after their
 * weeks have rolled over (1024 weeks back).
 */
export const EARLIEST_UTC = 1_672_531_200_000 as UtcMillis;
/** 2070-01-01T00:00:00Z. Beyond the life of a lamp, and within what the sun's formulae are good for. */
export const LATEST_UTC = 3_155_760_000_000 as UtcMillis;
/** Drift of the crystal over the temperatures of a housing, 100 parts in a million. */
export const DRIFT = 100e-6;
/** Error of one answer over a city's network: half of a slow round trip, ms. */
export const SYNC_ERROR: Millis = 500;

/** The state at boot. */
export const NO_CLOCK: ClockState = Object.freeze({ kind: "none" });

const TOO_EARLY: ClockChange = Object.freeze({ kind: "refused", why: "tooEarly" });
const TOO_LATE: ClockChange = Object.freeze({ kind: "refused", why: "tooLate" });

/** Whether a date can be true at all: from EARLIEST_UTC to before LATEST_UTC. */
export function isPlausible(utc: number): utc is UtcMillis {
	return utc >= EARLIEST_UTC && utc < LATEST_UTC;
}

/**
 * What an answer makes of the clock. Total: NaN and infinities are refused like any wrong date.
 * A first answer, and one within what drift and network explain, is no jump (0).
 */
export function synchronise(state: ClockState, utc: number, now: Millis): ClockChange {
	if (!(utc >= EARLIEST_UTC)) return TOO_EARLY;
	if (!isPlausible(utc)) return TOO_LATE;
	const next: ClockState = { kind: "synchronised", offset: utc - now, since: now };
	const said = utcAt(state, now);
	const difference = said === undefined ? 0 : utc - said;
	const explained = uncertaintyAt(state, now) + SYNC_ERROR;
	return { kind: "set", state: next, jump: Math.abs(difference) > explained ? difference : 0 };
}

/** The date at `now`, or undefined where none is known. */
export function utcAt(state: ClockState, now: Millis): UtcMillis | undefined {
	switch (state.kind) {
		case "none":
			return undefined;
		case "synchronised":
			return (now + state.offset) as UtcMillis;
	}
}

/** How wrong that date can be, ms; Infinity where none is known. */
export function uncertaintyAt(state: ClockState, now: Millis): Millis {
	switch (state.kind) {
		case "none":
			return Infinity;
		case "synchronised":
			return SYNC_ERROR + Math.ceil((now - state.since) * DRIFT);
	}
}

/** When a date is reached on the monotonic clock; Infinity where no date is known. */
export function monotonicOf(state: ClockState, utc: UtcMillis): Millis {
	switch (state.kind) {
		case "none":
			return Infinity;
		case "synchronised":
			return utc - state.offset;
	}
}
