/**
 * Waves: work on many lamps, a number at a time; a wave in which too many fail is the last one.
 */
import type { Outcome } from "./record.js";

export interface Result {
	readonly node: string;
	readonly outcome: Outcome;
	readonly why: string;
}

interface Pace {
	/** Lamps at a time. */
	readonly size: number;
	/** Per cent of a wave that may fail or stay silent; more ends the work. */
	readonly stopAt: number;
}

export interface Tally {
	readonly results: readonly Result[];
	/** Lamps that were not begun. */
	readonly left: number;
	readonly isStopped: boolean;
}

/** Runs `work` on one wave after the other. `isEnded`: Ctrl-C; the wave that runs is finished. */
export async function inWaves<T>(
	lamps: readonly T[],
	{ size, stopAt }: Pace,
	work: (wave: readonly T[]) => Promise<readonly Result[]>,
	onWave: (results: readonly Result[], done: number) => void,
	isEnded: () => boolean,
): Promise<Tally> {
	const results: Result[] = [];
	for (let at = 0; at < lamps.length; at += size) {
		if (isEnded()) return { results, left: lamps.length - at, isStopped: true };
		const wave = lamps.slice(at, at + size);
		const own = await work(wave);
		results.push(...own);
		onWave(own, results.length);
		const bad = own.filter(({ outcome }) => outcome !== "done").length;
		if ((100 * bad) / own.length > stopAt)
			return { results, left: lamps.length - results.length, isStopped: true };
	}
	return { results, left: 0, isStopped: false };
}
