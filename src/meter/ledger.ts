/**
 * Ledger: the energy of each of the last LEDGER_HOURS hours.
 *
 * Whole hours of UTC if the date is known, else of this life; the hour of a boot or of a clock
 * change is shorter. The ledger is in memory and lost at a boot; the sums by night survive it
 * (days.ts). Energy is stored in tenths of a watt-hour; the remainder goes to the next hour, so
 * that the hours add up to the counter.
 */
import type { Millis } from "../units.js";

/** Two nights and the day between them: the span of a complaint in the morning. */
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
	private closed: number; // the counter at `closedAt`, in tenths

	/** `energy_Wh`: the counter now. */
	constructor(energy_Wh: number, now: Millis) {
		this.closed = Math.round(energy_Wh * SCALE);
		this.closedAt = now;
	}

	/** Closes an hour, perhaps late. Missed hours count 0; their energy is in this one. */
	close(energy_Wh: number, now: Millis): void {
		const missed = Math.round((now - this.closedAt) / HOUR) - 1;
		for (let i = 0; i < Math.min(missed, LEDGER_HOURS); i += 1) this.push(0);
		const total = Math.round(energy_Wh * SCALE);
		this.push(total - this.closed);
		this.closed = total;
		this.closedAt = now;
	}

	/** Watt-hours of the nth past hour, 0 is the latest; undefined: not stored. */
	hour(index: number): number | undefined {
		if (!(index >= 0 && index < Math.min(this.count, LEDGER_HOURS))) return undefined;
		return this.hours[(this.count - 1 - index) % LEDGER_HOURS]! / SCALE;
	}

	private push(tenths: number): void {
		this.hours[this.count % LEDGER_HOURS] = Math.min(MOST, Math.max(0, tenths));
		this.count += 1;
	}
}
