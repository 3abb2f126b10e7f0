/**
 * Shares: the part of its chances that each check must judge, and that it judged in many streets.
 */
import { Chances, type Counted, judgedShare, sayJudged } from "./chances.js";

/** Least judged shares, per cent. */
type Bounds = Readonly<Record<string, number>>;

/** On streets without faults: orders, settings and images are drawn there, too. */
export const SOUND_SHARES: Bounds = {
	sensorRise: 90,
	floor: 95,
	vacantReturn: 90,
	dutyLimits: 100,
	dayOff: 90,
	evenFade: 100,
	reported: 90,
	counted: 90,
	alarms: 65,
	punctual: 80,
	lightAhead: 55,
	bubble: 45,
};

/** On all others: a fault may leave open what a lamp must do (docs/checks.md). */
export const FAULTY_SHARES: Bounds = {
	sensorRise: 90,
	floor: 95,
	vacantReturn: 60,
	dutyLimits: 100,
	dayOff: 85,
	doubtLit: 85,
	evenFade: 100,
	reported: 95,
	counted: 75,
	alarms: 75,
	punctual: 60,
	lightAhead: 40,
	bubble: 35,
};

/** In their place where all drivers are on buses: a level follows a moment later. */
export const BUS_SHARES: Bounds = { reported: 85 };

/** The share of one street may be anything: so far the mean of few may lie below the bound, per cent. */
const SPREAD = 100;
/** Fewer streets have no bound. */
const FEWEST = 10;

/** The chances of a check in all streets, and the sum of the shares of each, per cent. */
interface Judged {
	readonly chances: Chances;
	streets: number;
	shares: number;
}

/** A check's share is the mean by street: one street of 200 lamps has as many chances as fifty others. */
export class Shares {
	readonly #judged = new Map<string, Judged>();

	constructor(private readonly bounds: Bounds) {}

	/** The chances of one street, by check. */
	note(chances: Readonly<Record<string, Counted>>): void {
		for (const [name, counted] of Object.entries(chances)) {
			const streetChances = new Chances();
			streetChances.add(counted);
			if (streetChances.all === 0) continue;
			const sum = this.#judged.get(name) ?? { chances: new Chances(), streets: 0, shares: 0 };
			sum.chances.add(counted);
			sum.streets++;
			sum.shares += judgedShare(streetChances);
			this.#judged.set(name, sum);
		}
	}

	/** The checks that judged too little for so many streets, a line each. */
	*missing(which: string): Iterable<string> {
		for (const [name, judged] of this.#judged) {
			const { streets, shares } = judged;
			if (streets < FEWEST) continue;
			const least = (this.bounds[name] ?? 0) - SPREAD / Math.sqrt(streets);
			if (shares / streets < least)
				yield `judged by ${name} ${which}: ${say(judged)}; ${this.bounds[name]} % wanted`;
		}
	}

	*table(which: string): Iterable<string> {
		for (const [name, judged] of this.#judged) yield `judged by ${name} ${which}: ${say(judged)}`;
	}
}

/** `mean of 12 streets 91.0 %; 93.1 % of 1204 (an order without a reply 40)`. */
function say({ chances, streets, shares }: Judged): string {
	return `mean of ${streets} streets ${(shares / streets).toFixed(1)} %; ${sayJudged(chances)}`;
}
