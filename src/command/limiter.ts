/**
 * Limiter: how many orders a minute are looked at; the rest is refused unread.
 */
import type { Millis } from "../units.js";

/** An operator's desk sends a few; a flood must not take the flash or the turn from the light. */
export const ORDERS_PER_MINUTE = 30;
const MINUTE: Millis = 60_000;

/** In any span of a minute at most ORDERS_PER_MINUTE are let through. */
export class Limiter {
	private times: Float64Array | undefined; // made for the first: most doors never hear one
	private next = 0; // the oldest of them, to be overwritten

	/** Whether one more may pass at `now`; if so it is counted. What is refused is not counted. */
	allows(now: Millis): boolean {
		this.times ??= new Float64Array(ORDERS_PER_MINUTE).fill(Number.NEGATIVE_INFINITY);
		if (now - (this.times[this.next] as number) < MINUTE) return false;
		this.times[this.next] = now;
		this.next = (this.next + 1) % ORDERS_PER_MINUTE;
		return true;
	}
}
