/**
 * Traffic: how many passed (TALQ TrafficCounterFunction, accumulatedRoadUserNumber).
 *
 * A PIR tells that something warm moved, not what nor how many: each movement counts as one road
 * user of unknown class, unless it comes within the dead time of the one before, and is then the
 * same one. Which counts may be told, and when, is the link's matter (`k`, link/samples.ts).
 */
import type { Millis } from "../units.js";

export interface Traffic {
	/** All there ever were. */
	readonly accumulated: number;
	readonly lastMovement: Millis;
}

/** Goes on from an accumulated number that was stored. */
export function startTraffic(accumulated: number): Traffic {
	return { accumulated, lastMovement: -Infinity };
}

/**
 * A movement edge of the PIR. Within the dead time (ms) it prolongs the same road user's visit,
 * however long he lingers.
 */
export function countMovement(state: Traffic, now: Millis, deadTime: Millis): Traffic {
	const isSame = now - state.lastMovement < deadTime;
	return { accumulated: state.accumulated + (isSame ? 0 : 1), lastMovement: now };
}
