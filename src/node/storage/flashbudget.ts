/**
 * Flash budget: limits writes and erases of flash over all lives, and estimates its years.
 *
 * Writes wear the key-value store, erases wear the flash log. A sector endures 100,000 erases. The
 * longest value fills half a sector of the store, so 20,000 writes a year, spread over five
 * sectors, are 2,000 erases of each: 50 years. 2,000 erases over the 16 sectors of the log are 125
 * of each. The budget is a multiple below that, because small flash chips differ.
 *
 * Write credit accrues with uptime: each STEP earns one step of credit, a write costs three, an
 * erase thirty. Steps spent and earned are marked in the tally, so a lamp that restarts repeatedly
 * has no more credit than any other: lives shorter than a STEP earn nothing. A lamp on a switched
 * feeder has power by night alone, and writes more then, so its steps are shorter.
 */
import { frozen } from "../../frozen.js";
import type { FlashLog } from "../../host.js";
import type { EraseBudget } from "../../journal/flashjournal.js";
import { ERASE, ERASE_COST, Tally, TIME, WRITE, WRITE_COST } from "../../journal/tally.js";
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";

export const KEY_WRITES_A_YEAR = 20_000;
export const SECTOR_ERASES_A_YEAR = 2_000;
/** Years until the flash is worn at the pace of the budget. */
export const LEAST_YEARS = 20;
/** The longest estimate, in years, for a pace that hardly wears: no pole stands longer. */
export const MOST_YEARS = 100;
/** Uptime per step: 17,520 writes and 1,752 erases a year; the tally and a margin have the rest. */
export const STEP: Millis = 600_000;
/** The same with power by night only, 16 hours at most: 19,467 writes and 1,947 erases a year. */
const STEP_SWITCHED: Millis = 360_000;
/** Writes that can be saved up, at most: an evening's orders, samples and settings. */
export const WRITES_SAVED = 24;
/**
 * The write classes, most important first, and the part of WRITES_SAVED that each leaves to those
 * above it: the keys that each of them writes, and one for the hourly counters, which are written
 * without a check. So no class can spend the credit of a more important one.
 */
export const WRITE_RESERVE = frozen({
	/**
	 * A new emergency, which must survive a restart; an order, if none was stored for an hour of this
	 * life, or if it waits as the lamp restarts itself; the end of a stored order, which the next life
	 * would resume otherwise; the correction of a false date, by which the next life would refuse the
	 * true one. They borrow from future credit, less than the tally forgives, so all is paid back.
	 */
	urgentOrder: -20,
	/** Refused without credit: a revision, names, a replacement, a restart, a test of the store. */
	action: 0,
	/** Date and time fed, which replace a missing clock. Three: an action and its traces. */
	time: 3,
	/** A doubt about a sensor, which a light on the sensor can begin and end as often as it likes. */
	doubt: 5,
	/** Standing orders and latest ids: a dozen orders, two keys each, must not stop an action. */
	order: 7,
	/** Samples, while the broker is unreachable and few orders arrive. */
	sample: 10,
	/** Counters beside the hourly ones: with the time fed, near the usual end of the night. */
	counters: 12,
	/**
	 * The lamp's seal on its settings, where a switched feeder's night seldom leaves 20; the mark of
	 * settings on trial at the pole.
	 */
	sealSwitched: 14,
	/** The same with permanent power. It only shortens boots: nothing is less urgent. */
	seal: 20,
});
export type WriteClass = keyof typeof WRITE_RESERVE;
/** Sectors that may be erased ahead of the credit earned: one, or four for safety events. */
const ERASES_SAVED = 1;
const SAFETY_ERASES = 4;

const DAY: Millis = 86_400_000;
const YEAR = 365.25 * DAY;

export class FlashBudget implements EraseBudget {
	/** Writes and erases of keys since boot. */
	keyWrites = 0;
	readonly tally: Tally;
	/** When steps must be marked because a write may wait; Infinity: the hourly mark suffices. */
	earnAt: Millis = Infinity;
	private logErases = 0; // of the log, since boot; without the tally's own
	private earnedAt: Millis; // all steps up to this instant are marked
	private step = STEP;

	constructor(flash: FlashLog, now: Millis) {
		this.tally = new Tally(flash);
		this.earnedAt = now;
	}

	/** Erases of sectors since boot, of the log and of the tally. */
	get sectorErases(): number {
		return this.logErases + this.tally.erases;
	}

	configure({ supply }: Pick<Settings, "supply">): void {
		this.step = supply === "switched" ? STEP_SWITCHED : STEP;
		this.plan();
	}

	/** Counts a write or erase of a key; call before it. */
	writes(): void {
		this.keyWrites += 1;
		this.tally.mark(WRITE);
		this.plan();
	}

	/** Counts an erase of a sector; call before it. */
	erases(): void {
		this.logErases += 1;
		this.tally.mark(ERASE);
		this.plan();
	}

	/**
	 * Whether the class has credit for `writes` keys now. If not, the caller waits until `creditAt`
	 * and then stores the newest value alone.
	 */
	hasCredit(writeClass: WriteClass, now: Millis, writes = 1): boolean {
		return now >= this.creditAt(writeClass, writes);
	}

	/** When the class has credit for `writes` keys; not after `now` if it has it already. */
	creditAt(writeClass: WriteClass, writes = 1): Millis {
		const needed = WRITE_COST * (writes + WRITE_RESERVE[writeClass] - WRITES_SAVED);
		return this.paidAt(this.tally.spentOnWrites + needed);
	}

	/** Whether a sector of the log may be erased now. */
	mayErase(now: Millis, isSafety = false): boolean {
		const saved = isSafety ? SAFETY_ERASES : ERASES_SAVED;
		return now >= this.paidAt(this.tally.spentOnErases + ERASE_COST * (1 - saved));
	}

	/** Marks the steps of uptime since the last call, up to the amount spent. */
	earn(now: Millis): void {
		const steps = Math.floor((now - this.earnedAt) / this.step);
		this.earnedAt += steps * this.step;
		const { tally } = this;
		const useful = Math.min(steps, Math.max(tally.spentOnWrites, tally.spentOnErases));
		for (let step = 0; step < useful; step += 1) tally.mark(TIME);
		this.plan();
	}

	/** Years until flash is worn at this life's pace; within budget LEAST_YEARS to MOST_YEARS. */
	yearsAt(now: Millis): number {
		const years = Math.max(now, DAY) / YEAR; // the first hours say nothing about the pace
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
