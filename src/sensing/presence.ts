/**
 * Presence: turns the edges of a PIR into occupied or vacant.
 *
 * Movement is the sensor's output now; presence is the conclusion from it. They differ by the hold
 * time, which each new movement restarts (IEC 62386-303). A PIR fires at random while it warms up:
 * until it has settled, the place counts as occupied.
 *
 * After the hold the place is vacant, but light returns in two steps: full, hold, linger, program
 * or floor. The lingering is a state here, because it begins when the hold ends.
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
	/** How long movement must last before a vacant place is occupied, ms; absent: 0 (3455). */
	readonly clearToBusy?: Millis;
	/** How long a place is occupied after the last movement, ms, 0 or more (busy to clear). */
	readonly hold: Millis;
	/** How long a lower light stays after the hold, ms; 0: none. */
	readonly linger: Millis;
}

const VACANT: Presence = Object.freeze({ kind: "vacant", until: Infinity });
const MOVING: Presence = Object.freeze({ kind: "moving", until: Infinity });

/** A PIR powered at `now` that needs `settleTime` ms (most need 30 to 60 s) to warm up. */
export function settling(now: Millis, settleTime: Millis): Presence {
	return { kind: "settling", until: now + settleTime };
}

/** A place without a PIR: always vacant, and nothing raises the program. */
export function unfitted(): Presence {
	return VACANT;
}

/** The state at power-on, or after a change of the PIR's setting. */
export function started(
	{ pirFitted, settleTime }: { readonly pirFitted: boolean; readonly settleTime: Millis },
	now: Millis,
): Presence {
	return pirFitted ? settling(now, settleTime) : unfitted();
}

/**
 * Applies an input to the state. Total: every state accepts every input. A late tick is made up
 * for: after a hold that ended long ago, the lingering counts from its end.
 */
export function reduce(
	state: Presence,
	input: PresenceInput,
	now: Millis,
	options: PresenceOptions,
): Presence {
	switch (state.kind) {
		case "vacant":
			if (input !== "movement") return state;
			return options.clearToBusy ? { kind: "arriving", until: now + options.clearToBusy } : MOVING;
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
		case "settlingMoving": // only the sensor's last edge counts when it has settled
			if (now >= state.until) return input === "stillness" ? hold(now, options) : MOVING;
			return input === "stillness" ? { kind: "settling", until: state.until } : state;
	}
}

/** Whether the luminaire must treat the place as occupied. */
export function isOccupied(state: Presence): boolean {
	return state.kind !== "vacant" && state.kind !== "lingering" && state.kind !== "arriving";
}

/** The request of presence: one of the two, or undefined while the place is vacant. */
export function sensorAsks<T>(state: Presence, occupied: T, lingering: T): T | undefined {
	switch (state.kind) {
		case "vacant":
		case "arriving":
			return undefined;
		case "lingering":
			return lingering;
		default:
			return occupied;
	}
}

/** The state as shown and reported. */
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

function hold(now: Millis, options: PresenceOptions): Presence {
	return options.hold > 0
		? { kind: "holding", until: now + options.hold }
		: linger(now, now, options);
}

function linger(since: Millis, now: Millis, options: PresenceOptions): Presence {
	const until = since + options.linger;
	return now < until ? { kind: "lingering", until } : VACANT;
}
