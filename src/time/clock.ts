/**
 * Clock: what time it is, how sure we are, and what a time server may make us believe.
 *
 * The monotonic clock runs by itself; the date is that clock plus an offset. The ways of knowing the
 * offset are the rungs of a ladder, each with a stated uncertainty that grows by the crystal's drift:
 *
 *   synchronised  a plausible answer within HOLDOVER_AFTER       500 ms + 100 ppm of its age
 *   kept          the clock that ran on over a soft restart      500 ms + 100 ppm of its age at most
 *   clockChip     the one that ran on over a power cut           the same, by the same reckoning
 *   holdover      the last answer is older                       the same, beyond 9 s
 *   midnight      no date: the middle of the dark (midnight.ts)  MIDNIGHT_ERROR
 *   photocell     none of them, but a photocell: day or night    no time at all
 *   none          lit: it may be dark
 *
 * Who may date an order or an event takes the first four; a program does with the fifth.
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
	  }
	| {
			/** The controller's own clock, or a chip with a cell of its own. */
			readonly kind: "kept" | "clockChip";
			readonly offset: number;
			/** When it was read, and how wrong it could be then, ms. */
			readonly since: Millis;
			readonly error: Millis;
	  }
	| {
			/** Assumed: its midnight by the sun is right, its date may be days behind. */
			readonly kind: "midnight";
			readonly offset: number;
	  };

/** The rungs as they are told, best last. */
export type ClockSource =
	| "none"
	| "photocell"
	| "midnight"
	| "holdover"
	| "clockChip"
	| "kept"
	| "synchronised";

/** Why a date is not taken. */
export type DateRefusal = "tooEarly" | "tooLate" | "unconfirmed";

/** What one answer about the date did. `jump`: how much later it is than we had said, ms. */
export type ClockChange =
	| { readonly kind: "refused"; readonly why: DateRefusal }
	| { readonly kind: "set"; readonly state: ClockState; readonly jump: Millis };

/**
 * 2023-01-01T00:00:00Z. No recording played to a lamp is older, and a lamp itself knows better: the day
 * of its version (`SW_DATE`). Below it lie the dates of
 * clocks that know nothing: 1970 and 2000 (epochs of chips) and what GPS receivers say after their
 * weeks have rolled over (1024 weeks back).
 */
export const EARLIEST_UTC = 1_672_531_200_000 as UtcMillis;
/** 2070-01-01T00:00:00Z. Beyond the life of a lamp, and within what the sun's formulae are good for. */
export const LATEST_UTC = 3_155_760_000_000 as UtcMillis;
/**
 * Drift of a crystal over the temperatures of a housing, 100 parts in a million: 20 as it is made, and
 * the parabola of a watch crystal (0.035 a square kelvin from 25 degrees) at -20. It holds for a clock
 * chip without compensation, too.
 */
export const DRIFT = 100e-6;
/** Error of one answer over a city's network: half of a slow round trip, ms. */
export const SYNC_ERROR: Millis = 500;

/** Time servers are asked each hour or oftener; a day without one is an outage. It costs 8.64 s. */
export const HOLDOVER_AFTER: Millis = 24 * 3_600_000;
/**
 * A dusk or dawn comes up to 10 min early or late by cloud; the middle of a night, and the mean of
 * several, is nearer. The rest is for trees, hills and the unlike thresholds of the photocell.
 */
export const MIDNIGHT_ERROR: Millis = 15 * 60_000;
/** Bound of a clock kept over a restart where nothing says when it was last set: a week's drift. */
export const KEPT_ERROR: Millis = 60_480;
/** Likewise of a clock chip: it may have lain on a shelf for a year. The nights know it better. */
export const CHIP_ERROR: Millis = 3_153_600;

/** A date that a technician types: read off a watch, to the minute, and then confirmed by a key. */
export const MANUAL_ERROR: Millis = 120_000;
/**
 * The age at which a clock has drifted by TOLD_ERROR, 13.8 days. The bound of a typed date is stored so
 * much earlier: the next life reckons its clock's error from that bound, and finds the 2 min again.
 */
export const TOLD_AGE: Millis = Math.ceil((MANUAL_ERROR - SYNC_ERROR) / DRIFT);

/** The state at boot. */
export const NO_CLOCK: ClockState = Object.freeze({ kind: "none" });

const TOO_EARLY: ClockChange = Object.freeze({ kind: "refused", why: "tooEarly" });
const TOO_LATE: ClockChange = Object.freeze({ kind: "refused", why: "tooLate" });
export const UNCONFIRMED: ClockChange = Object.freeze({ kind: "refused", why: "unconfirmed" });

/** Whether a date can be true at all: from EARLIEST_UTC to before LATEST_UTC. */
export function isPlausible(utc: number): utc is UtcMillis {
	return utc >= EARLIEST_UTC && utc < LATEST_UTC;
}

/**
 * What an answer makes of the clock. Total: NaN and infinities are refused like any wrong date.
 * A first answer, and one within what drift and network explain, is no jump (0). `earliest`: a date
 * that is known to be past.
 */
export function synchronise(
	state: ClockState,
	utc: number,
	now: Millis,
	earliest: UtcMillis = EARLIEST_UTC,
): ClockChange {
	if (!(utc >= EARLIEST_UTC && utc >= earliest)) return TOO_EARLY;
	if (!isPlausible(utc)) return TOO_LATE;
	const next: ClockState = { kind: "synchronised", offset: utc - now, since: now };
	const said = utcAt(state, now);
	const difference = said === undefined ? 0 : utc - said;
	const explained = uncertaintyAt(state, now) + SYNC_ERROR;
	return { kind: "set", state: next, jump: Math.abs(difference) > explained ? difference : 0 };
}

/**
 * What a clock that ran on over a restart, or a chip over a power cut, makes of a clock that knows
 * nothing. It was set at or after `earliest`, the last date known to be past (undefined: none is), so
 * its age is known to be less. `earliestDate`: no date is earlier, whenever it was set.
 */
export function keep(
	utc: number,
	now: Millis,
	earliest: UtcMillis | undefined,
	kind: "kept" | "clockChip" = "kept",
	earliestDate: UtcMillis = EARLIEST_UTC,
): ClockChange {
	const change = synchronise(
		NO_CLOCK,
		utc,
		now,
		Math.max(earliestDate, earliest ?? 0) as UtcMillis,
	);
	if (change.kind === "refused") return change;
	const unknown = kind === "kept" ? KEPT_ERROR : CHIP_ERROR;
	const error = earliest === undefined ? unknown : SYNC_ERROR + Math.ceil((utc - earliest) * DRIFT);
	return { kind: "set", state: { kind, offset: utc - now, since: now, error }, jump: 0 };
}

/**
 * What a date that a technician types makes of the clock; it stands against any bound but `least`.
 * A synchronised clock is the better one: it stays where the date agrees with it, within the errors of
 * both, and gives way to another date only if that `isMeant`.
 */
export function setManually(
	state: ClockState,
	utc: UtcMillis,
	now: Millis,
	earliestDate: UtcMillis,
	isMeant: boolean,
): ClockChange {
	if (!(utc >= EARLIEST_UTC && utc >= earliestDate)) return TOO_EARLY;
	if (!isPlausible(utc)) return TOO_LATE;
	const said = utcAt(state, now);
	const jump = said === undefined ? 0 : utc - said;
	if (sourceAt(state, now) === "synchronised") {
		const explained = MANUAL_ERROR + uncertaintyAt(state, now);
		if (Math.abs(jump) <= explained) return { kind: "set", state, jump: 0 };
		if (!isMeant) return UNCONFIRMED;
	}
	const next: ClockState = { kind: "kept", offset: utc - now, since: now, error: MANUAL_ERROR };
	return { kind: "set", state: next, jump };
}

/** Whether its date may be told and orders be judged by it. */
export function isDated(state: ClockState): boolean {
	return state.kind !== "none" && state.kind !== "midnight";
}

/** The rung on which a state stands at `now`. */
export function sourceAt(state: ClockState, now: Millis): ClockSource {
	if (state.kind === "none" || state.kind === "midnight") return state.kind;
	return now - state.since < HOLDOVER_AFTER ? state.kind : "holdover";
}

/** The date at `now`, assumed or known, or undefined where there is none. */
export function utcAt(state: ClockState, now: Millis): UtcMillis | undefined {
	switch (state.kind) {
		case "none":
			return undefined;
		default:
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
		case "kept":
		case "clockChip":
			return state.error + Math.ceil((now - state.since) * DRIFT);
		case "midnight":
			return MIDNIGHT_ERROR;
	}
}

/** When a date is reached on the monotonic clock; Infinity where no date is known. */
export function monotonicOf(state: ClockState, utc: UtcMillis): Millis {
	switch (state.kind) {
		case "none":
			return Infinity;
		default:
			return utc - state.offset;
	}
}
