/**
 * Flash budget: what this life wrote to flash, and how many years flash lasts at that pace.
 *
 * Two things wear: the key-value store by its writes, the log of events by its erases. A sector takes
 * 100,000 erases. The longest value fills half a sector of the store, so 20,000 writes a year spread
 * over five sectors are 2,000 erases of each: 50 years. 2,000 erases over the log's 16 sectors are 125
 * of each. The budget is a multiple below that, because small flash chips differ.
 */
import type { Millis } from "../units.js";

export const KEY_WRITES_A_YEAR = 20_000;
export const SECTOR_ERASES_A_YEAR = 2_000;
/** Flash worn at the budget's pace lasts this long. */
export const LEAST_YEARS = 20;
/** A pace that hardly wears is told as this: no pole stands longer. */
export const MOST_YEARS = 100;
/** What a boot may write at once: its number, the clock, the counters, the memory of orders. */
export const WRITES_AT_BOOT = 24;
/** With them, and 14 hours of each night fed, 19,000 a year on a switched feeder; 17,500 otherwise. */
export const WRITES_AN_HOUR = 2;

/** An erase a boot and one in five hours: 1,100 a year on a switched feeder, 1,750 otherwise. */
const ERASE_EVERY: Millis = 18_000_000;

const HOUR: Millis = 3_600_000;
const DAY: Millis = 24 * HOUR;
const YEAR: Millis = 365.25 * DAY;

export class FlashBudget {
	/** Writes and erasures of keys since boot. */
	keyWrites = 0;
	/** Erases of the log's sectors since boot. */
	sectorErases = 0;

	/**
	 * Whether what strangers can make happen as often as they like may be stored now. If not, it waits
	 * until `creditAt`, and the newest alone is stored then.
	 */
	hasCredit(now: Millis): boolean {
		return now >= this.creditAt;
	}

	/** When the next such write is within the budget; past if it is now. */
	get creditAt(): Millis {
		return this.creditBeyond(0);
	}

	/** Likewise, with `reserve` writes left over for what matters more. */
	creditBeyond(reserve: number): Millis {
		const spent = this.keyWrites + reserve - WRITES_AT_BOOT + 1;
		return Math.ceil((spent / WRITES_AN_HOUR) * HOUR);
	}

	/** Whether a sector may be erased for what is not urgent. */
	mayErase(now: Millis): boolean {
		return now >= this.sectorErases * ERASE_EVERY;
	}

	/** Years until the flash is worn at the pace of this life; LEAST_YEARS to MOST_YEARS within budget. */
	yearsAt(now: Millis): number {
		const years = Math.max(now, DAY) / YEAR; // the first hours are not the pace
		const writes = this.keyWrites / (KEY_WRITES_A_YEAR * years);
		const erases = this.sectorErases / (SECTOR_ERASES_A_YEAR * years);
		const spent = Math.max(writes, erases);
		return spent > 0 ? Math.min(MOST_YEARS, LEAST_YEARS / spent) : MOST_YEARS;
	}
}
