/**
 * Fault back-off: the pause of tasks and link after an exception of theirs.
 *
 * A bug that recurs in every turn would soon exceed the limit of faults and restart the lamp, which
 * darkens it for a moment. So each fault in a row doubles the pause. The light continues.
 */
import type { Millis } from "../units.js";

/** Wait before the tick that follows a fault of an input or of the light path. */
export const RETRY_AFTER_FAULT: Millis = 1000;
const FIRST: Millis = 1000;
/**
 * Reached after twelve faults in a row, before they exceed the limit of an hour
 * (monitor/faults.ts).
 */
const LONGEST: Millis = 3_600_000;

export class FaultBackoff {
	/** Until this instant only the light runs. */
	until: Millis = -Infinity;
	private length: Millis = 0;

	/**
	 * Records a fault; returns when tasks and link run again. The pause is 1 s again if the last
	 * one ended longer ago than it lasted.
	 */
	after(now: Millis): Millis {
		const inARow = now - this.until <= this.length;
		this.length = inARow ? Math.min(LONGEST, 2 * this.length) : FIRST;
		this.until = now + this.length;
		return this.until;
	}
}
