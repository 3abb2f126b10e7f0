/**
 * Photocell: day or night, from the light at the pole (TALQ PhotocellFunction, uCIFI 3419).
 *
 * Two thresholds and two delays. Night begins when it has been below `onLevel` for `onDelay`, day
 * when it has been at or above `offLevel` for `offDelay`; the gap between them, and an `offLevel`
 * well above what the lamp throws on its own sensor, keep it from switching itself. A day does not
 * stay between them: a light that stops there on its way down is a lamp's that lit with the dusk. Before
 * the first turn, and after a silence, the output is `unknown`, and the sun by the clock decides.
 */
import type { Lux, Millis } from "../units.js";

export type PhotocellOutput = "unknown" | "day" | "night";

export type Photocell =
	| { readonly kind: "unknown" }
	| { readonly kind: "day"; readonly silentAt: Millis }
	| { readonly kind: "night"; readonly silentAt: Millis }
	/** Says `from` until `at`, then `to`. By `dullAt` a day is over, unless brighter light comes. */
	| {
			readonly kind: "turning";
			readonly from: PhotocellOutput;
			readonly to: "day" | "night";
			readonly at: Millis;
			readonly dullAt: Millis;
			readonly silentAt: Millis;
	  };

export interface PhotocellOptions {
	/** Below: night. Lux, less than `offLevel`. */
	readonly onLevel: Lux;
	/** At or above: day. Lux. */
	readonly offLevel: Lux;
	/** How long it must be below `onLevel`, ms. */
	readonly onDelay: Millis;
	/** How long it must be at or above `offLevel`, ms. */
	readonly offDelay: Millis;
}

/**
 * A reading comes only when the light leaves the host's dead band, so a night may pass without one;
 * a day and a night may not, nearer the equator than the polar circles. Beyond them `unknown` leaves
 * it to the sun, which is no worse.
 */
export const SILENT_AFTER: Millis = 24 * 3_600_000;

/**
 * A dusk halves the light in 6 min at 50 degrees, in 10 at midsummer at 60. For each time that
 * `offLevel` is `onLevel` it may take so long from the one to the other.
 */
export const DULL_FOR: Millis = 5 * 60_000;

/** The sun above 5 degrees gives more than this through any cloud, a work light less for long, lux. */
export const FLOODLIGHT = 1000;
/** Below that a sky by day changes by a tenth within this; a light that stands still is a lamp's. */
export const STEADY_FOR: Millis = 40 * 60_000;

/** Delays that follow from the course of the light. */
export interface LightCourse {
	/** How long a bright light must last to be day, beyond `offDelay`. */
	readonly dayFor: Millis;
	/** How long a light below FLOODLIGHT may stand still by day. */
	readonly steadyFor: Millis;
}

const PLAIN: LightCourse = Object.freeze({ dayFor: 0, steadyFor: STEADY_FOR });

export const UNKNOWN: Photocell = Object.freeze({ kind: "unknown" });

/** A value that is negative, NaN or infinite is no reading. */
export function isReading(lux: number): boolean {
	return lux >= 0 && lux < Infinity;
}

/** The state after a reading, or (`lux` undefined) after the passing of time. Total. */
export function reduce(
	state: Photocell,
	lux: Lux | undefined,
	now: Millis,
	options: PhotocellOptions,
	course: LightCourse = PLAIN,
): Photocell {
	const current = settle(state, now);
	if (lux === undefined || !isReading(lux)) return current;
	const silentAt = now + SILENT_AFTER;
	const from = outputOf(current);
	// Between the thresholds a night stays; a day is over soon; `unknown` becomes night.
	const to = lux >= options.offLevel ? "day" : "night";
	const isDim = to === "day" && lux < options.offLevel + FLOODLIGHT;
	if (to === from) {
		if (!isDim) return { kind: to, silentAt };
		const at = now + course.steadyFor;
		return { kind: "turning", from: "day", to: "night", at, dullAt: Infinity, silentAt };
	}
	const since = current.kind === "turning" && current.to === to ? current : undefined;
	const isBetween = from === "day" && lux >= options.onLevel;
	const delay = to === "day" ? Math.max(options.offDelay, course.dayFor) : options.onDelay;
	const dullFor = (DULL_FOR * options.offLevel) / options.onLevel;
	if (to === "day") {
		const at = Math.min(since?.at ?? Infinity, now + delay);
		const dullAt = isDim ? at + course.steadyFor : Infinity;
		return settle({ kind: "turning", from, to, at, dullAt, silentAt }, now);
	}
	const dullAt = Math.min(since?.dullAt ?? Infinity, now + dullFor);
	const at = isBetween ? dullAt : Math.min(since?.at ?? Infinity, dullAt, now + delay);
	return settle({ kind: "turning", from, to, at, dullAt, silentAt }, now);
}

/** The output as it is shown and reported. */
export function outputOf(state: Photocell): PhotocellOutput {
	return state.kind === "turning" ? state.from : state.kind;
}

/**
 * The output that decides about darkness: an unknown photocell with a dark reading counts as night at
 * once, for a restart by night must not wait without light for a delay.
 */
export function verdictOf(state: Photocell): PhotocellOutput {
	if (state.kind !== "turning") return state.kind;
	return state.from === "unknown" && state.to === "night" ? "night" : state.from;
}

/** Whether a photocell that has no output yet has a light that lamps do not give (FLOODLIGHT). */
export function seemsDay(state: Photocell): boolean {
	const isFirst = state.kind === "turning" && state.from === "unknown";
	return isFirst && state.to === "day" && state.dullAt === Infinity;
}

/** When time alone next changes the state; Infinity if only a reading can. */
export function dueAt(state: Photocell): Millis {
	switch (state.kind) {
		case "unknown":
			return Infinity;
		case "turning":
			return Math.min(state.at, state.silentAt);
		default:
			return state.silentAt;
	}
}

function settle(state: Photocell, now: Millis): Photocell {
	if (state.kind === "unknown") return state;
	if (now >= state.silentAt) return UNKNOWN;
	if (state.kind !== "turning" || now < state.at) return state;
	const { to, dullAt, silentAt } = state;
	if (to === "night" || dullAt === Infinity) return { kind: to, silentAt };
	const steady = { from: "day", to: "night", at: dullAt, dullAt: Infinity } as const;
	return settle({ kind: "turning", ...steady, silentAt }, now);
}
