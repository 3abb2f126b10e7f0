/**
 * Clock: the date, its uncertainty, and which answers of time servers are accepted.
 *
 * The monotonic clock runs by itself; the date is that clock plus an offset. The sources of the
 * offset form a ladder, each with a stated uncertainty that grows with the drift of the crystal:
 *
 *   synchronised  an accepted answer within HOLDOVER_AFTER      500 ms + 100 ppm of its age
 *   kept          the clock ran on over a soft restart          500 ms + 100 ppm of its age at most
 *   clockChip     a clock chip ran on over a power cut          the same, by the same calculation
 *   holdover      the last answer is older                      the same, beyond 9 s
 *   midnight      no date: the middle of the dark (midnight.ts) MIDNIGHT_ERROR
 *   photocell     no clock, but a photocell: day or night       no time at all
 *   none          lit: it may be dark                           no time at all
 *
 * Orders and events are dated by the first four; a program also runs by the fifth.
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
			/** Its largest error then; absent: SYNC_ERROR, of a time server. */
			readonly error?: Millis;
	  }
	| {
			/** The controller's own clock, or a chip with its own cell. */
			readonly kind: "kept" | "clockChip";
			readonly offset: number;
			/** When it was read. */
			readonly since: Millis;
			/** Its largest error then. */
			readonly error: Millis;
	  }
	| {
			/** Assumed: its midnight by the sun is right, its date may be days behind. */
			readonly kind: "midnight";
			readonly offset: number;
	  };

/** The sources as they are reported, best last. */
export type ClockSource =
	| "none"
	| "photocell"
	| "midnight"
	| "holdover"
	| "clockChip"
	| "kept"
	| "synchronised";

/** Why a date is refused. */
export type DateRefusal = "tooEarly" | "tooLate" | "unconfirmed";

/** The effect of one answer. `jump`: how much later it is than the clock's date, ms. */
export type ClockChange =
	| { readonly kind: "refused"; readonly why: DateRefusal }
	| { readonly kind: "set"; readonly state: ClockState; readonly jump: Millis };

/**
 * 2023-01-01T00:00:00Z. No replayed recording is older, and a lamp has a later bound: the day of
 * its version (`SW_DATE`). Earlier dates come from clocks that were never set: 1970 and 2000
 * (epochs of chips) and the dates of GPS receivers after a week rollover (1024 weeks back).
 */
export const EARLIEST_UTC = 1_672_531_200_000 as UtcMillis;
/** 2070-01-01T00:00:00Z. Beyond the life of a lamp; the sun's formulae are valid until then. */
export const LATEST_UTC = 3_155_760_000_000 as UtcMillis;
/**
 * Drift of a crystal over the temperatures of a housing, 100 parts per million: 20 from
 * manufacture, plus the parabola of a watch crystal (0.035 a square kelvin from 25 degrees) at -20.
 * Holds for a clock chip without compensation, too.
 */
export const DRIFT = 100e-6;
/** Error of one answer over a city's network, ms: half of a slow round trip. */
export const SYNC_ERROR: Millis = 500;
/**
 * A time server's answer may wait this long for the end of blocking work: a TLS handshake takes 1.2 s in
 * the simulator. The city's date corrects such an error without an event.
 */
const LATE_ANSWER: Millis = 1_500;

/**
 * Time servers are queried each hour or more often, so a day without an answer is an outage. The
 * drift in it is 8.64 s.
 */
export const HOLDOVER_AFTER: Millis = 24 * 3_600_000;
/**
 * Cloud moves a dusk or dawn by up to 10 min; the middle of a night, and the mean of several, is
 * nearer. The rest allows for trees, hills and the different thresholds of the photocell.
 */
export const MIDNIGHT_ERROR: Millis = 15 * 60_000;
/** Error of a clock kept over a restart if its last setting is not dated: a week's drift. */
export const KEPT_ERROR: Millis = 60_480;
/** The same for a clock chip, after a year on a shelf. The learnt nights are more exact. */
export const CHIP_ERROR: Millis = 3_153_600;

/** Error of a date typed by a technician: read off a watch to the minute, confirmed by a key. */
export const MANUAL_ERROR: Millis = 120_000;
/**
 * The age at which a clock has drifted to an error, from SYNC_ERROR on. The bound of a less exact date
 * is stored that much earlier, because the next life calculates the error of its clock from the bound.
 */
export function ageOf(error: Millis): Millis {
	return Math.max(0, Math.ceil((error - SYNC_ERROR) / DRIFT));
}
/** Of a typed date: 13.8 days. */
export const MANUAL_AGE: Millis = ageOf(MANUAL_ERROR);

/** The state at boot. */
export const NO_CLOCK: ClockState = Object.freeze({ kind: "none" });

const TOO_EARLY: ClockChange = Object.freeze({ kind: "refused", why: "tooEarly" });
const TOO_LATE: ClockChange = Object.freeze({ kind: "refused", why: "tooLate" });
export const UNCONFIRMED: ClockChange = Object.freeze({ kind: "refused", why: "unconfirmed" });

/** Whether a date is possible at all: from EARLIEST_UTC to before LATEST_UTC. */
export function isPlausible(utc: number): utc is UtcMillis {
	return utc >= EARLIEST_UTC && utc < LATEST_UTC;
}

/**
 * Applies an answer to the clock. Total: NaN and infinities are refused like any wrong date. A
 * first answer, and one within the error of drift and network, is no jump (0). `earliest`: a date
 * that is surely past.
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
	const shown = utcAt(state, now);
	const difference = shown === undefined ? 0 : utc - shown;
	const explained = uncertaintyAt(state, now) + SYNC_ERROR;
	return { kind: "set", state: next, jump: Math.abs(difference) > explained ? difference : 0 };
}

/**
 * Starts an unset clock from a clock that ran on over a restart, or from a chip that ran on over a
 * power cut. It was set at or after `earliest`, the last date that is surely past (undefined:
 * none), which bounds its age. `earliestDate`: no date is earlier, however the clock was set.
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
 * Applies a date typed by a technician; it overrides any bound but `earliestDate`. A synchronised
 * clock is more exact: it stays if the date agrees with it within the errors of both, and otherwise
 * changes only if the date `isMeant`.
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
	const shown = utcAt(state, now);
	const jump = shown === undefined ? 0 : utc - shown;
	if (sourceAt(state, now) === "synchronised") {
		const explained = MANUAL_ERROR + uncertaintyAt(state, now);
		if (Math.abs(jump) <= explained) return { kind: "set", state, jump: 0 };
		if (!isMeant) return UNCONFIRMED;
	}
	const next: ClockState = { kind: "kept", offset: utc - now, since: now, error: MANUAL_ERROR };
	return { kind: "set", state: next, jump };
}

/**
 * Applies the city's date, which is right to `error` ms and outranks every bound but `earliestDate`. A
 * synchronised clock that agrees with it stays, because it is more exact.
 */
export function setByCity(
	state: ClockState,
	utc: UtcMillis,
	error: Millis,
	now: Millis,
	earliestDate: UtcMillis,
): ClockChange {
	if (!(utc >= EARLIEST_UTC && utc >= earliestDate)) return TOO_EARLY;
	if (!isPlausible(utc)) return TOO_LATE;
	const shown = utcAt(state, now);
	const difference = shown === undefined ? 0 : utc - shown;
	const explained = error + uncertaintyAt(state, now);
	if (Math.abs(difference) <= explained && sourceAt(state, now) === "synchronised")
		return { kind: "set", state, jump: 0 };
	const next: ClockState = { kind: "synchronised", offset: utc - now, since: now, error };
	const isJump = Math.abs(difference) > explained + LATE_ANSWER;
	return { kind: "set", state: next, jump: isJump ? difference : 0 };
}

/** Whether the date may be reported and may date orders. */
export function isDated(state: ClockState): boolean {
	return state.kind !== "none" && state.kind !== "midnight";
}

/** The source of a state at `now`. */
export function sourceAt(state: ClockState, now: Millis): ClockSource {
	if (state.kind === "none" || state.kind === "midnight") return state.kind;
	return now - state.since < HOLDOVER_AFTER ? state.kind : "holdover";
}

/** The date at `now`, assumed or known; undefined without one. */
export function utcAt(state: ClockState, now: Millis): UtcMillis | undefined {
	switch (state.kind) {
		case "none":
			return undefined;
		default:
			return (now + state.offset) as UtcMillis;
	}
}

/** The largest error of that date, ms; Infinity without a date. */
export function uncertaintyAt(state: ClockState, now: Millis): Millis {
	switch (state.kind) {
		case "none":
			return Infinity;
		case "synchronised":
			return (state.error ?? SYNC_ERROR) + Math.ceil((now - state.since) * DRIFT);
		case "kept":
		case "clockChip":
			return state.error + Math.ceil((now - state.since) * DRIFT);
		case "midnight":
			return MIDNIGHT_ERROR;
	}
}

/** When the monotonic clock reaches a date; Infinity without a date. */
export function monotonicOf(state: ClockState, utc: UtcMillis): Millis {
	switch (state.kind) {
		case "none":
			return Infinity;
		default:
			return utc - state.offset;
	}
}
