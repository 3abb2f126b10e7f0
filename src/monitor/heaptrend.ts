/**
 * Heap trend: whether memory leaks, slowly enough to be seen before the lamp dies of it.
 *
 * Garbage comes and goes; the most that was free follows what is held, the closer the more looks it is
 * the best of. So days tell whether little is left, and weeks whether it falls: of 168 looks the best
 * hardly ever lies so far below what is really free that chance could make two falls in a row.
 */
/** The first week fills the journal, the samples and the texts: one fall is none. */
export const WEEKS_OF_LEAK = 2;
/** A day; less is a longer text in the journal. */
export const LEAK_BYTES = 128;
/** Free at the best moment of a day: below, a busy night may not fit any more. */
export const LOW_BYTES = 2048;
const LOOKS_A_DAY = 24;
const DAYS_A_WEEK = 7;

export class HeapTrend {
	/** Weeks in a row in which less was free. */
	falling = 0;
	/** Free at the best moment of the last whole day; undefined before there is one. */
	best: number | undefined;
	private looks = 0;
	private days = 0;
	private most = 0; // of this day
	private mostOfWeek = 0; // of its whole days
	private lastWeek = 0; // the best of it; 0: there was none

	/** Called once an hour; returns whether a day is over. */
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

	/** What is to be told of it. */
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
