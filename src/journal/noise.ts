/**
 * Noise: limits how much one type of event may write into the journal.
 *
 * A sensor with a loose contact, or a stranger who guesses at orders, could displace all other
 * events in memory, fill the log while the broker is away and wear the flash. Of each type, CAP
 * entries an hour are stored. The first one beyond begins `eventsCapped`; the end of the hour ends
 * it with the number of capped events and the flag of the last one, so that the CMS can derive
 * whether a condition still lasts.
 */
import type { Millis } from "../units.js";
import type { LampEvent } from "./events.js";
import { EVENT_TYPES } from "./events.js";

/** Entries of one type in an hour: one each five minutes shows a pattern, and no more is needed. */
export const CAP = 12;
export const CAP_WINDOW: Millis = 3_600_000;

/** Never capped: these report missing events. */
const FREE: readonly number[] = Object.freeze([
	EVENT_TYPES.indexOf("eventsCapped"),
	EVENT_TYPES.indexOf("eventsLost"),
]);
/** Counter of a type: the number in its lower 14 bits, the flag of the last event above. */
const COUNT_MAX = 0x3fff;
const LAST = 0x4000;

export class Noise {
	/** When an hour with capped events ends; Infinity: none. */
	dueAt: Millis = Infinity;
	private readonly counts = new Uint16Array(EVENT_TYPES.length);
	private end: Millis = 0; // of the hour that is counted

	/** Counts an event of this type; false: it is beyond the cap. */
	admits(type: number, flag: number, now: Millis): boolean {
		if (FREE.includes(type)) return true;
		if (now >= this.end) {
			if (this.end > 0) this.counts.fill(0);
			this.end = now + CAP_WINDOW;
		}
		const count = Math.min(this.counts[type]! & COUNT_MAX, COUNT_MAX - 1) + 1;
		this.counts[type] = count + LAST * flag;
		return count <= CAP;
	}

	/** The event to record when a type passes its cap; undefined: it was recorded before. */
	cappedFirst(type: number): LampEvent | undefined {
		this.dueAt = this.end;
		if ((this.counts[type]! & COUNT_MAX) !== CAP + 1) return undefined;
		const of = EVENT_TYPES[type]!;
		return { type: "eventsCapped", startEndFlag: "start", attributes: { of } };
	}

	/** The event for one type capped in a past hour; to be called until it returns undefined. */
	over(now: Millis): LampEvent | undefined {
		if (now < this.dueAt) return undefined;
		for (let type = 0; type < this.counts.length; type += 1) {
			const counted = this.counts[type]!;
			const dropped = (counted & COUNT_MAX) - CAP;
			if (dropped <= 0) continue;
			this.counts[type] = 0;
			const of = EVENT_TYPES[type]!;
			const flag = Math.floor(counted / LAST);
			const last = flag === 0 ? {} : { last: flag === 1 ? ("start" as const) : ("end" as const) };
			return { type: "eventsCapped", startEndFlag: "end", attributes: { of, dropped, ...last } };
		}
		this.dueAt = Infinity;
		return undefined;
	}
}
