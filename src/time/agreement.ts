/**
 * Agreement: decides when a doubtful answer of time servers is accepted.
 *
 * A time server may err for a moment or be impersonated. So a jump of a dated clock beyond LEAP is
 * held until a second answer agrees. A date before the stored bound should be impossible, but the
 * bound itself may be wrong: answers that agree for a day lower it, because otherwise every later
 * answer would be refused for ever. No answer is accepted from before the firmware was built.
 */
import type { Millis, UtcMillis } from "../units.js";
import { DRIFT, MIDNIGHT_ERROR, SYNC_ERROR } from "./clock.js";

/** Above the error of a program without a clock; a smaller jump does no harm meanwhile. */
export const LEAP: Millis = MIDNIGHT_ERROR;
/** Two answers nearer than this count as one: one datagram, or one moment of the server. */
export const APART: Millis = 60_000;
/** Duration and number of answers that lower a bound: no impersonation lasts for a day. */
export const BOUND_FOR: Millis = 24 * 3_600_000;
export const BOUND_ANSWERS = 6;

/** Answers that agree with each other and contradict the clock or the bound. */
export interface Doubt {
	/** utc - now of the first answer, ms. */
	readonly offset: number;
	/** The monotonic instant of the first answer. */
	readonly since: Millis;
	readonly count: number;
}

/** Adds one such answer: it agrees with those before it, or starts a new series. */
export function addAnswer(doubt: Doubt | undefined, utc: UtcMillis, now: Millis): Doubt {
	const offset = utc - now;
	if (!doubt || !(Math.abs(offset - doubt.offset) <= explainedAfter(now - doubt.since)))
		return { offset, since: now, count: 1 };
	return { offset: doubt.offset, since: doubt.since, count: doubt.count + 1 };
}

/** Whether a jump is accepted. */
export function isConfirmed({ since, count }: Doubt, now: Millis): boolean {
	return count > 1 && now - since >= APART;
}

/** Whether the stored bound is given up. */
export function isBoundRefuted({ since, count }: Doubt, now: Millis): boolean {
	return count >= BOUND_ANSWERS && now - since >= BOUND_FOR;
}

/** Largest difference of two correct answers that are `age` apart. */
function explainedAfter(age: Millis): Millis {
	return 2 * SYNC_ERROR + Math.ceil(age * DRIFT);
}
