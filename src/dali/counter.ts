/**
 * Counter: decides which reading of a growing number is its value.
 *
 * A counter of a driver grows, and by no more than a driver can draw. A reading that contradicts this
 * is held until the next one agrees with it: then the counter has rolled over or belongs to another
 * driver. A byte that was disturbed on the bus is thus no energy.
 */
import type { Millis } from "../units.js";

/** kW: above any luminaire's driver. */
const MOST_POWER = 10;
const HOUR: Millis = 3_600_000;
/** kWh: the driver counts in steps, and reads late. */
const SLACK = 1;

/** Energy of a driver, kWh. */
export class Counter {
	/** NaN: never read. */
	value: number = Number.NaN;
	/** When it was read; 0: never. */
	at: Millis = 0;
	private doubted: number = Number.NaN; // it does not follow the value
	private doubtedAt: Millis = 0;

	/** A reading; NaN is none. */
	take(seen: number, now: Millis): void {
		if (Number.isNaN(seen)) return;
		const isNext =
			Number.isNaN(this.value) ||
			follows(this.value, seen, now - this.at) ||
			follows(this.doubted, seen, now - this.doubtedAt);
		this.doubted = isNext ? Number.NaN : seen;
		this.doubtedAt = now;
		if (!isNext) return;
		this.value = seen;
		this.at = now;
	}
}

/** Whether a reading can follow another one after `span`, kWh; after NaN none can. */
export function follows(before: number, after: number, span: Millis): boolean {
	return after >= before && after - before <= SLACK + (MOST_POWER * span) / HOUR;
}
