/**
 * Presence: from the edges of a PIR to whether anyone is there.
 *
 * Movement is what the sensor sees now; presence is what we conclude from it. They differ by the
 * hold time, which each new movement restarts (IEC 62386-303). A PIR fires at random while it
 * warms up: until it has settled we do not know, and not knowing means occupied.
 *
 * After the hold nobody is there any more, but light returns in two steps: full, hold, linger,
 * program or floor. The lingering is kept here, because only here is known when the hold ended.
 */
import type { Millis } from "../units.js";

export interface Presence {
	readonly kind:
		| "settling"
		| "settlingMoving"
		| "vacant"
		/** Movement that must last a little before it counts (clearToBusy). */
		| "arriving"
		| "moving"
		| "holding"
		| "lingering";
	/** When time alone next changes it; Infinity if only the sensor can: vacant, moving. */
	readonly until: Millis;
}

/** An edge of the PIR, or only the passing of time. */
export type PresenceInput = "movement" | "stillness" | "time";

export interface PresenceOptions {
	/** How long movement must last before an empty place counts as occupied, ms; absent: 0 (3455). */
	readonly clearToBusy?: Millis;
	/** How long a place counts as occupied after the last movement, ms, 0 or more (busy to clear). */
	readonly hold: Millis;
	/** How long a lesser light stays after the hold, ms; 0: none. */
	readonly linger: Millis;
}

const VACANT: Presence = Object.freeze({ kind: "vacant", until: Infinity });
const MOVING: Presence = Object.freeze({ kind: "moving", until: Infinity });

/** A PIR that got its power at `now` and needs `settleTime` ms (for most 30 to 60 s) to warm up. */
export function settling(now: Millis, settleTime: Millis): Presence {
	return { kind: "settling", until: now + settleTime };
}

/** A place without a PIR: nobody is ever seen, and nothing raises the program. */
export function unfitted(): Presence {
	return VACANT;
}

/** At power-on, or when the PIR's setting changes. */
export function started(
	{ pirFitted, settleTime }: { readonly pirFitted: boolean; readonly settleTime: Millis },
	now: Millis,
): Presence {
	return pirFitted ? settling(now, settleTime) : unfitted();
}

/**
 * What the input makes of the state. Total: every state answers every input. Time that came late
 * is made up for: a hold that ended long ago has lingered since then.
 */
export function reduce(
	state: Presence,
	input: PresenceInput,
	now: Millis,
	options: PresenceOptions,
): Presence {
	switch (state.kind) {
		case "vacant":
			return input === "movement" ? arrive(now, options) : state;
		case "moving":
			return input === "stillness" ? hold(now, options) : state;
		case "holding":
			if (input === "movement") return MOVING;
			return now < state.until ? state : linger(state.until, now, options);
		case "lingering":
			if (input === "movement") return MOVING;
			return now < state.until ? state : VACANT;
		case "arriving":
			if (now >= state.until) return input === "stillness" ? hold(now, options) : MOVING;
			return input === "stillness" ? VACANT : state;
		case "settling":
			if (now >= state.until) return input === "movement" ? MOVING : VACANT;
			return input === "movement" ? { kind: "settlingMoving", until: state.until } : state;
		case "settlingMoving": // only the sensor's last word counts when it has settled
			if (now >= state.until) return input === "stillness" ? hold(now, options) : MOVING;
			return input === "stillness" ? { kind: "settling", until: state.until } : state;
	}
}

/** Whether the luminaire must treat the place as occupied. */
export function isOccupied(state: Presence): boolean {
	return state.kind !== "vacant" && state.kind !== "lingering" && state.kind !== "arriving";
}

/** What presence asks for: one of the two, or undefined when it has nothing to say. */
export function sensorAsks<T>(state: Presence, occupied: T, lingering: T): T | undefined {
	if (isOccupied(state)) return occupied;
	return state.kind === "lingering" ? lingering : undefined;
}

/** The state as it is shown and reported. */
export function presenceKindOf(state: Presence): "vacant" | "moving" | "holding" | "settling" {
	switch (state.kind) {
		case "settling":
		case "settlingMoving":
			return "settling";
		case "lingering":
		case "arriving":
			return "vacant";
		default:
			return state.kind;
	}
}

function arrive(now: Millis, options: PresenceOptions): Presence {
	const wait = options.clearToBusy;
	return wait ? { kind: "arriving", until: now + wait } : MOVING;
}

function hold(now: Millis, options: PresenceOptions): Presence {
	return options.hold > 0
		? { kind: "holding", until: now + options.hold }
		: linger(now, now, options);
}

function linger(since: Millis, now: Millis, options: PresenceOptions): Presence {
	const until = since + options.linger;
	return now < until ? { kind: "lingering", until } : VACANT;
}
