/**
 * Agreement: answers of time servers that are not believed at once, and when they are.
 *
 * A server may err for a moment, or be played. So a leap of a dated clock by more than LEAP waits
 * for a second answer that agrees. A date before the stored bound, which none should be, may mean
 * that the bound is false: answers that agree for a day bring it down, else every later answer would
 * be refused for ever. What they cannot do is go back before the firmware itself was made.
 */
import type { Millis, UtcMillis } from "../units.js";
import { DRIFT, MIDNIGHT_ERROR, SYNC_ERROR } from "./clock.js";

/** Beyond what a program may be wrong by without a clock; less does no harm before it is corrected. */
export const LEAP: Millis = MIDNIGHT_ERROR;
/** Two answers nearer than this are one: the same datagram, the same moment of the server. */
export const APART: Millis = 60_000;
/** So long, and so many, for a bound to fall: whoever plays a server does not keep it up for a day. */
export const BOUND_FOR: Millis = 24 * 3_600_000;
export const BOUND_ANSWERS = 6;

/** Answers that agree with each other, and not with what is known. */
export interface Doubt {
	/** utc - now of the first, ms. */
	readonly offset: number;
	/** The monotonic instant of the first. */
	readonly since: Millis;
	readonly count: number;
}

/** One more such answer: it agrees with those before it, or begins anew. */
export function hear(doubt: Doubt | undefined, utc: UtcMillis, now: Millis): Doubt {
	const offset = utc - now;
	if (!doubt || !(Math.abs(offset - doubt.offset) <= explainedAfter(now - doubt.since)))
		return { offset, since: now, count: 1 };
	return { offset: doubt.offset, since: doubt.since, count: doubt.count + 1 };
}

/** Whether a leap is to be believed. */
export function isConfirmed({ since, count }: Doubt, now: Millis): boolean {
	return count > 1 && now - since >= APART;
}

/** Whether the bound is to be given up. */
export function isBoundRefuted({ since, count }: Doubt, now: Millis): boolean {
	return count >= BOUND_ANSWERS && now - since >= BOUND_FOR;
}

/** What two true answers so far apart may differ by. */
function explainedAfter(age: Millis): Millis {
	return 2 * SYNC_ERROR + Math.ceil(age * DRIFT);
}
