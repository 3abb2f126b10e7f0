/**
 * Limiter: the rate limit of orders; orders beyond it are rejected.
 */
import type { Millis } from "../units.js";

/** An operator sends a few; a flood must not take the flash or the turn from the light. */
export const ORDERS_PER_MINUTE = 30;
/** The rest is for orders that act, so that a flood of queries refuses no override. */
export const QUERIES_PER_MINUTE = 20;
const MINUTE: Millis = 60_000;

/** Accepts at most ORDERS_PER_MINUTE in any span of a minute, and queries up to fewer of them. */
export class Limiter {
	private times: Float64Array | undefined; // allocated at the first order
	private next = 0; // the oldest of them, to be overwritten

	/** Whether one more order is accepted at `now`; only then it is counted. */
	allows(now: Millis, isQuery = false): boolean {
		this.times ??= new Float64Array(ORDERS_PER_MINUTE).fill(Number.NEGATIVE_INFINITY);
		const reserved = isQuery ? ORDERS_PER_MINUTE - QUERIES_PER_MINUTE : 0;
		const index = (this.next + reserved) % ORDERS_PER_MINUTE;
		if (now - this.times[index]! < MINUTE) return false;
		this.times[this.next] = now;
		this.next = (this.next + 1) % ORDERS_PER_MINUTE;
		return true;
	}
}
