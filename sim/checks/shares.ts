/**
 * Shares: the part of its chances that each check must judge, and that it judged in many streets.
 */
import { Chances, type Counted, judgedShare, sayJudged } from "./chances.js";

/** Least judged shares, per cent. */
type Bounds = Readonly<Record<string, number>>;

/** On streets without faults: orders, settings and images are drawn there, too. */
export const SOUND_SHARES: Bounds = {
	explained: 95,
	sensorRise: 95,
	floor: 95,
	vacantReturn: 95,
	dutyLimits: 100,
	obeyed: 90,
	ended: 90,
	dayOff: 95,
	shown: 70,
	evenFade: 100,
	reported: 95,
	counted: 90,
	alarms: 80,
	punctual: 60,
	lightAhead: 60,
	bubble: 40,
};

/** On all others: a fault may leave open what a lamp must do (docs/checks.md). */
export const FAULTY_SHARES: Bounds = {
	explained: 80,
	sensorRise: 90,
	floor: 95,
	vacantReturn: 60,
	dutyLimits: 100,
	obeyed: 90,
	ended: 90,
	dayOff: 75,
	doubtLit: 75,
	shown: 75,
	evenFade: 100,
	reported: 95,
	counted: 70,
	alarms: 80,
	punctual: 60,
	lightAhead: 60,
	bubble: 30,
};

/** The share of one street may be anything: so far its mean may lie below the bound, per cent. */
const SPREAD = 100;
/** One street with many chances rules the mean of fewer. */
const FEWEST = 10;

export class Shares {
	readonly #sums = new Map<string, Chances>();
	readonly #streets = new Map<string, number>();

	constructor(private readonly bounds: Bounds) {}

	/** The chances of one street, by check. */
	note(chances: Readonly<Record<string, Counted>>): void {
		for (const [name, one] of Object.entries(chances)) {
			const sum = this.#sums.get(name) ?? new Chances();
			sum.add(one);
			this.#sums.set(name, sum);
			if (one.judged > 0 || Object.keys(one.left).length > 0)
				this.#streets.set(name, (this.#streets.get(name) ?? 0) + 1);
		}
	}

	/** The checks that judged too little for so many streets, a line each. */
	*missing(which: string): Iterable<string> {
		for (const [name, chances] of this.#sums) {
			const streets = this.#streets.get(name) ?? 0;
			if (streets < FEWEST) continue;
			const least = (this.bounds[name] ?? 0) - SPREAD / Math.sqrt(streets);
			if (judgedShare(chances) < least)
				yield `judged by ${name} ${which}: ${sayJudged(chances)}, ${this.bounds[name]} % wanted`;
		}
	}

	*table(which: string): Iterable<string> {
		for (const [name, chances] of this.#sums)
			if (chances.all > 0) yield `judged by ${name} ${which}: ${sayJudged(chances)}`;
	}
}
