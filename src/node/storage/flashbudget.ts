/**
 * Flash budget: what may be written to flash now, over all lives, and how many years flash lasts so.
 *
 * Two things wear: the key-value store by its writes, the log of events by its erases. A sector takes
 * 100,000 erases. The longest value fills half a sector of the store, so 20,000 writes a year spread
 * over five sectors are 2,000 erases of each: 50 years. 2,000 erases over the log's 16 sectors are 125
 * of each. The budget is a multiple below that, because small flash chips differ.
 *
 * Credit is time that was lived: each STEP earns one step, a write costs three, an erase thirty. What
 * is spent and earned stands in the tally, so that a lamp that restarts over and over has no more to
 * spend than one that does not: lives shorter than a STEP earn nothing. A lamp on a switched feeder
 * lives by night alone, and writes more then: its steps are shorter.
 */
import { frozen } from "../../frozen.js";
import type { FlashLog } from "../../host.js";
import type { EraseBudget } from "../../journal/flashjournal.js";
import { ERASE_COST, MARK, Tally, WRITE_COST } from "../../journal/tally.js";
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";

export const KEY_WRITES_A_YEAR = 20_000;
export const SECTOR_ERASES_A_YEAR = 2_000;
/** Flash worn at the budget's pace lasts this long. */
export const LEAST_YEARS = 20;
/** A pace that hardly wears is told as this: no pole stands longer. */
export const MOST_YEARS = 100;
/** Earns a step: 17,520 writes and 1,752 erases in a year; the rest is the tally's and for safety. */
export const STEP: Millis = 600_000;
/** Likewise where power is there by night, 16 hours at most: 19,467 writes and 1,947 erases. */
export const STEP_SWITCHED: Millis = 360_000;
/** Most writes that can be saved up: an evening's orders, samples and settings. */
export const WRITES_SAVED = 24;
/**
 * Who asks before it writes a key, what matters most first, and how many of WRITES_SAVED it leaves to
 * those above it: the keys that each of them writes, and one for the counters of an hour, which do not
 * ask. So nobody finds everything spent by one below.
 */
export const WRITE_RESERVE = frozen({
	/**
	 * A new emergency must survive a restart, and the end of an order that is stored, or the next life would
	 * take it up; and the correction of a false date, or it would refuse the true one. They borrow from the
	 * credit to come, below what the tally forgives, so all is paid back.
	 */
	urgentOrder: -20,
	/** What is refused without credit: a revision, names, a replacement, a restart, the store's test. */
	action: 0,
	/** Date and time fed; a program goes by them where no clock is. Three are an action and its traces. */
	time: 3,
	/** What stands by order, and which were obeyed: a dozen, two keys each, must not stop an action. */
	order: 5,
	/** Samples, while the broker is away and few orders come. */
	sample: 8,
	/** Counters beside those of the hour, with the time fed when its end is near. */
	counters: 10,
	/** A lamp's own seal on settings where time and counters are stored all night: 20 are seldom left. */
	sealSwitched: 12,
	/** Likewise where power is always there. Boots are shorter for it: nothing is less urgent. */
	seal: 20,
});
export type WriteClass = keyof typeof WRITE_RESERVE;
/** What is not urgent may erase one sector ahead of what it has earned; what is `safety`, four. */
const ERASES_SAVED = 1;
const SAFETY_ERASES = 4;

const DAY: Millis = 86_400_000;
const YEAR = 365.25 * DAY;

export class FlashBudget implements EraseBudget {
	/** Writes and erasures of keys since boot. */
	keyWrites = 0;
	readonly tally: Tally;
	/** When steps must be marked, as something may wait for them; Infinity: within the hour will do. */
	earnAt: Millis = Infinity;
	private logErases = 0; // of the log since boot, the tally's own not counted
	private earnedAt: Millis; // up to here all steps are marked
	private step = STEP;

	constructor(flash: FlashLog, now: Millis) {
		this.tally = new Tally(flash);
		this.earnedAt = now;
	}

	/** Erases of the log's sectors since boot. */
	get sectorErases(): number {
		return this.logErases + this.tally.erases;
	}

	configure({ supply }: Pick<Settings, "supply">): void {
		this.step = supply === "switched" ? STEP_SWITCHED : STEP;
		this.plan();
	}

	/** A key is about to be written or erased. */
	writes(): void {
		this.keyWrites += 1;
		this.tally.mark(MARK.write);
		this.plan();
	}

	/** A sector is about to be erased. */
	erases(): void {
		this.logErases += 1;
		this.tally.mark(MARK.erase);
		this.plan();
	}

	/**
	 * Whether it may write so many keys now. If not, it waits until `creditAt`, and the newest alone is
	 * stored then.
	 */
	hasCredit(writeClass: WriteClass, now: Millis, writes = 1): boolean {
		return now >= this.creditAt(writeClass, writes);
	}

	/** When it may; past if it may now. */
	creditAt(writeClass: WriteClass, writes = 1): Millis {
		const needed = WRITE_COST * (writes + WRITE_RESERVE[writeClass] - WRITES_SAVED);
		return this.paidAt(this.tally.spentOnWrites + needed);
	}

	/** Whether a sector may be erased. */
	mayErase(now: Millis, isSafety = false): boolean {
		const saved = isSafety ? SAFETY_ERASES : ERASES_SAVED;
		return now >= this.paidAt(this.tally.spentOnErases + ERASE_COST * (1 - saved));
	}

	/** Marks the steps lived since it was called last, as far as they earn anything. */
	earn(now: Millis): void {
		const steps = Math.floor((now - this.earnedAt) / this.step);
		this.earnedAt += steps * this.step;
		const { tally } = this;
		const useful = Math.min(steps, Math.max(tally.spentOnWrites, tally.spentOnErases));
		for (let step = 0; step < useful; step += 1) tally.mark(MARK.time);
		this.plan();
	}

	/** Years until the flash is worn at the pace of this life; LEAST_YEARS to MOST_YEARS within budget. */
	yearsAt(now: Millis): number {
		const years = Math.max(now, DAY) / YEAR; // the first hours are not the pace
		const writes = this.keyWrites / (KEY_WRITES_A_YEAR * years);
		const erases = this.sectorErases / (SECTOR_ERASES_A_YEAR * years);
		const spent = Math.max(writes, erases);
		return spent > 0 ? Math.min(MOST_YEARS, LEAST_YEARS / spent) : MOST_YEARS;
	}

	private plan(): void {
		const { spentOnWrites, spentOnErases } = this.tally;
		const isShort = 2 * spentOnWrites >= WRITE_COST * WRITES_SAVED || spentOnErases >= ERASE_COST;
		this.earnAt = isShort ? this.earnedAt + this.step : Infinity;
	}

	private paidAt(steps: number): Millis {
		return steps <= 0 ? this.earnedAt : this.earnedAt + steps * this.step;
	}
}
