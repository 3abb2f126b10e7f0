/**
 * Fault back-off: how long everything but the light is left alone after a fault of it.
 *
 * A bug that comes back at every turn would soon be too many faults, and a restart darkens the lamp
 * for a moment. So each fault in a row doubles the pause: the light goes on, the rest is tried again.
 */
import type { Millis } from "../units.js";

/** After a fault of the light path it is tried again this soon. */
export const RETRY_AFTER_FAULT: Millis = 1000;
const FIRST: Millis = 1000;
/** Reached after twelve faults in a row, before there are too many in an hour (monitor/faults.ts). */
const LONGEST: Millis = 3_600_000;

export class FaultBackoff {
	/** Until then nothing but the light is worked on. */
	until: Millis = -Infinity;
	private length: Millis = 0;

	/** A fault came; answers when to try again. One that comes long after the last begins anew. */
	after(now: Millis): Millis {
		const inARow = now - this.until <= this.length;
		this.length = inARow ? Math.min(LONGEST, 2 * this.length) : FIRST;
		this.until = now + this.length;
		return this.until;
	}
}
