/**
 * Traffic: counts road users (TALQ TrafficCounterFunction, accumulatedRoadUserNumber).
 *
 * A PIR detects that something warm moved, neither its kind nor its number. So each movement counts
 * as one road user of unknown class, unless it comes within the dead time of the last one and is
 * the same user. The link decides which counts are reported, and when (`k`, link/samples.ts).
 */
import type { Millis } from "../units.js";

export interface Traffic {
	/** All road users ever counted. */
	readonly accumulated: number;
	readonly lastMovement: Millis;
}

/** Resumes from a stored count. */
export function startTraffic(accumulated: number): Traffic {
	return { accumulated, lastMovement: -Infinity };
}

/**
 * Counts a movement. Within the dead time (ms) of the last one it prolongs the visit of the same
 * road user, however long the visit.
 */
export function countMovement(state: Traffic, now: Millis, deadTime: Millis): Traffic {
	const isSame = now - state.lastMovement < deadTime;
	return { accumulated: state.accumulated + (isSame ? 0 : 1), lastMovement: now };
}
