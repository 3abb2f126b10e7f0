/**
 * Sync filter: decides which answers of time servers to accept.
 *
 * A jump beyond LEAP, or a date before one known to be past, is held until further answers agree
 * (time/agreement.ts).
 */
import { addAnswer, type Doubt, isBoundRefuted, isConfirmed, LEAP } from "../../time/agreement.js";
import {
	type ClockChange,
	type ClockState,
	isPlausible,
	synchronise,
	UNCONFIRMED,
} from "../../time/clock.js";
import type { Millis, UtcMillis } from "../../units.js";
import { SW_DATE } from "../../version.js";
import type { TimeStore } from "./timestore.js";

export class SyncFilter {
	private readonly stored: TimeStore;
	private readonly earliestDate: UtcMillis;
	private doubt: Doubt | undefined; // answers held until others agree

	/** `earliestDate`: no earlier date is accepted, even if several servers agree on it. */
	constructor(stored: TimeStore, earliestDate: UtcMillis) {
		this.stored = stored;
		this.earliestDate = earliestDate;
	}

	/** The change of the clock by an answer: accepted, refused, or held for further ones. */
	weigh(clock: ClockState, utc: UtcMillis, now: Millis): ClockChange {
		const { stored, earliestDate } = this;
		const bound = Math.max(earliestDate, stored.earliest ?? 0) as UtcMillis;
		const change = synchronise(clock, utc, now, bound);
		const isSet = change.kind === "set";
		const isLeap = isSet && Math.abs(change.jump) > LEAP;
		const isBounded = !isSet && isPlausible(utc) && utc >= SW_DATE;
		if (isSet && !isLeap) this.doubt = undefined;
		if (!isLeap && !isBounded) return change;
		const doubt = addAnswer(this.doubt, utc, now);
		this.doubt = doubt;
		if (isLeap && !isConfirmed(doubt, now)) return UNCONFIRMED;
		if (isBounded && !isBoundRefuted(doubt, now)) return change;
		this.doubt = undefined;
		if (isLeap) return change;
		stored.disown(utc, now);
		return synchronise(clock, utc, now, earliestDate);
	}
}
