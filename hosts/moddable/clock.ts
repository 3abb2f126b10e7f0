/**
 * Clock: milliseconds since boot that never wrap, from a 32-bit counter that wraps every 49.7 days.
 */
import type { Millis } from "luminode/units";
import Time from "time";

export class Clock {
	private elapsed: Millis = 0;
	private ticks = Time.ticks;

	/** Correct if called once in 24 days; an alarm is at most a day away. */
	now(): Millis {
		const ticks = Time.ticks;
		const passed = Time.delta(this.ticks, ticks);
		if (passed > 0) {
			this.elapsed += passed;
			this.ticks = ticks;
		}
		return this.elapsed;
	}
}
