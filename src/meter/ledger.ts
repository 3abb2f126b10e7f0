/**
 * Ledger: what the lamp used in each of the last LEDGER_HOURS hours.
 *
 * Whole hours of UTC where the date is known, else of this life; the hour of a boot or of a moved
 * clock is a part of one. It lies in memory and is lost with it: what outlives a boot are the sums by
 * night (days.ts). Energy is kept in tenths of a watt-hour; the remainder goes over to the next hour,
 * so that the hours add up to the counter.
 */
import type { Millis } from "../units.js";

/** Two nights and the day between them: what a complaint of this morning is about. */
export const LEDGER_HOURS = 48;
const HOUR: Millis = 3_600_000;
/** Tenths of a watt-hour; 1,000 W for an hour are 10,000. */
const SCALE = 10;
const MOST = 0xffff;

export class Ledger {
	/** When the last hour ended. */
	closedAt: Millis;
	private readonly hours = new Uint16Array(LEDGER_HOURS);
	private count = 0;
	private closed: number; // the counter at that end, in tenths

	/** `energy_Wh`: the counter now. */
	constructor(energy_Wh: number, now: Millis) {
		this.closed = Math.round(energy_Wh * SCALE);
		this.closedAt = now;
	}

	/** An hour is over. Hours that were missed hold nothing; their energy is in this one. */
	close(energy_Wh: number, now: Millis): void {
		const missed = Math.floor((now - this.closedAt - 1) / HOUR);
		for (let i = 0; i < Math.min(missed, LEDGER_HOURS); i += 1) this.push(0);
		const total = Math.round(energy_Wh * SCALE);
		this.push(total - this.closed);
		this.closed = total;
		this.closedAt = now;
	}

	/** Watt-hours of the nth hour back, 0 the last one that is over; undefined: not held. */
	hour(nth: number): number | undefined {
		if (!(nth >= 0 && nth < Math.min(this.count, LEDGER_HOURS))) return undefined;
		return this.hours[(this.count - 1 - nth) % LEDGER_HOURS]! / SCALE;
	}

	private push(tenths: number): void {
		this.hours[this.count % LEDGER_HOURS] = Math.min(MOST, Math.max(0, tenths));
		this.count += 1;
	}
}
