/**
 * Traffic: how many passed, counted so that nobody can be followed (TALQ TrafficCounterFunction).
 *
 * A PIR tells that something warm moved, not what nor how many: each movement counts as one road
 * user of unknown class, unless it comes within the dead time of the one before, and is then the
 * same one. A count below `k` would tell at 3 in the morning when a resident came home, so such an
 * interval is not told but grows into the next one; after a day it is told whatever it holds,
 * because over a day it gives no walk away.
 */
import type { Millis } from "../units.js";

export interface TrafficOptions {
	/** A movement this soon after the last one is the same road user, ms. */
	readonly deadTime: Millis;
	/** The least time a count stands for, ms. */
	readonly interval: Millis;
	/** The least count that is told before a day has passed. */
	readonly k: number;
}

export interface Traffic {
	/** Since when `roadUserNumber` counts. */
	readonly since: Millis;
	readonly roadUserNumber: number;
	/** All there ever were. */
	readonly accumulated: number;
	readonly lastMovement: Millis;
	/** When the interval is next looked at. */
	readonly dueAt: Millis;
}

/** One count that may be told. */
export interface TrafficCount {
	readonly from: Millis;
	readonly to: Millis;
	readonly roadUserNumber: number;
	readonly accumulatedRoadUserNumber: number;
}

/** What the end of an interval gives; `count` is absent while too few passed. */
export interface TrafficClose {
	readonly state: Traffic;
	readonly count?: TrafficCount;
}

/** Longest time a count may be kept back. */
export const MERGE_LIMIT: Millis = 24 * 3_600_000;

/** Starts at `now`, going on from an accumulated number that was stored. */
export function startTraffic(now: Millis, accumulated: number, options: TrafficOptions): Traffic {
	return {
		since: now,
		roadUserNumber: 0,
		accumulated,
		lastMovement: -Infinity,
		dueAt: now + options.interval,
	};
}

/** A movement edge of the PIR. Within the dead time it prolongs the same road user's visit. */
export function countMovement(state: Traffic, now: Millis, options: TrafficOptions): Traffic {
	const same = now - state.lastMovement < options.deadTime;
	return {
		since: state.since,
		roadUserNumber: state.roadUserNumber + (same ? 0 : 1),
		accumulated: state.accumulated + (same ? 0 : 1),
		lastMovement: now,
		dueAt: state.dueAt,
	};
}

/**
 * Looks at the interval when it is due: told and begun anew, or kept and merged with the next. What
 * passed before the look counts, though it came late. The same state if it is not due.
 */
export function closeInterval(state: Traffic, now: Millis, options: TrafficOptions): TrafficClose {
	if (now < state.dueAt) return { state };
	const { since, roadUserNumber, accumulated, lastMovement } = state;
	const dueAt = nextLook(state.dueAt, now, options.interval);
	if (roadUserNumber < options.k && now - since < MERGE_LIMIT)
		return { state: { since, roadUserNumber, accumulated, lastMovement, dueAt } };
	return {
		state: { since: now, roadUserNumber: 0, accumulated, lastMovement, dueAt },
		count: { from: since, to: now, roadUserNumber, accumulatedRoadUserNumber: accumulated },
	};
}

/** Intervals keep their beat, whatever the tick was late by. */
function nextLook(dueAt: Millis, now: Millis, interval: Millis): Millis {
	return dueAt + (Math.floor((now - dueAt) / interval) + 1) * interval;
}
