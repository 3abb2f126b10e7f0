/**
 * Heap trend: whether memory leaks, slowly enough to be seen before the lamp dies of it.
 *
 * Garbage comes and goes; the most that was free in a day, of the looks once an hour, follows what is
 * held. It falls for DAYS_OF_LEAK days in a row only if something is never let go.
 */
/** A boot fills the journal, the samples and the night's plan: the first days do fall. */
export const DAYS_OF_LEAK = 4;
/** A day; less is a longer text in the journal. */
export const LEAK_BYTES = 128;
/** Free at the best moment of a day: below, a busy night may not fit any more. */
export const LOW_BYTES = 2048;
const LOOKS_A_DAY = 24;

export class HeapTrend {
	/** Days in a row on which less was free. */
	falling = 0;
	/** Free at the best moment of the last whole day; undefined before there is one. */
	best: number | undefined;
	private looks = 0;
	private most = 0;

	/** Called once an hour; returns whether a day is over. */
	look(freeBytes: number): boolean {
		this.most = Math.max(this.most, freeBytes);
		this.looks += 1;
		if (this.looks < LOOKS_A_DAY) return false;
		const { best, most } = this;
		this.falling = best !== undefined && best - most >= LEAK_BYTES ? this.falling + 1 : 0;
		this.best = most;
		this.looks = 0;
		this.most = 0;
		return true;
	}

	/** What is to be told of it. */
	get trouble(): "leak" | "low" | undefined {
		if (this.best === undefined) return undefined;
		if (this.best < LOW_BYTES) return "low";
		return this.falling >= DAYS_OF_LEAK ? "leak" : undefined;
	}
}
