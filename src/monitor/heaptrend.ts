/**
 * Heap trend: detects a memory leak early, before the lamp fails of it.
 *
 * Garbage comes and goes, so one measurement of free memory proves nothing. The largest of many
 * follows the memory in use, the more closely the more measurements it is taken from. So days show
 * whether little is left, and weeks whether it falls: the largest of 168 is so rarely far below the
 * truly free memory that two falls in a row are not chance.
 */
/** The first week fills the journal, the samples and the texts: one fall proves nothing. */
const WEEKS_OF_LEAK = 2;
/** Bytes a day; less is a longer text in the journal. */
const LEAK_BYTES = 128;
/** Bytes free at the best moment of a day: below this, a busy night may not fit. */
export const LOW_BYTES = 2048;
const LOOKS_A_DAY = 24;
const DAYS_A_WEEK = 7;

export class HeapTrend {
	/** Weeks in a row in which less was free. */
	falling = 0;
	/** Bytes free at the best moment of the last whole day; undefined before the first. */
	best: number | undefined;
	private looks = 0;
	private days = 0;
	private most = 0; // of this day
	private mostOfWeek = 0; // of the whole days of this week
	private lastWeek = 0; // the best of last week; 0: none

	/** Records free memory, once an hour; returns whether a day ended. */
	look(freeBytes: number): boolean {
		this.most = Math.max(this.most, freeBytes);
		this.looks += 1;
		if (this.looks < LOOKS_A_DAY) return false;
		this.best = this.most;
		this.mostOfWeek = Math.max(this.mostOfWeek, this.most);
		this.looks = 0;
		this.most = 0;
		this.days += 1;
		if (this.days === DAYS_A_WEEK) this.closeWeek();
		return true;
	}

	/** The problem to report. */
	get trouble(): "leak" | "low" | undefined {
		if (this.best === undefined) return undefined;
		if (this.best < LOW_BYTES) return "low";
		return this.falling >= WEEKS_OF_LEAK ? "leak" : undefined;
	}

	private closeWeek(): void {
		const isFall = this.lastWeek - this.mostOfWeek >= LEAK_BYTES * DAYS_A_WEEK;
		this.falling = isFall ? this.falling + 1 : 0;
		this.lastWeek = this.mostOfWeek;
		this.mostOfWeek = 0;
		this.days = 0;
	}
}
