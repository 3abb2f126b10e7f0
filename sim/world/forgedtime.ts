/**
 * Forged time: the answers of somebody in a time server's place to each lamp. A way is drawn for each lamp
 * and each begin, and kept to its end.
 */
import type { Random } from "../../lib/random.js";
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";

/** A step that a clock takes without a second answer (docs/time.md). */
const STEP = 14 * MINUTE;
const TEN_YEARS = 3652 * DAY;
const DAYS_MOST = 60;

/** Error of the nth answer, ms. */
type Way = (index: number) => number;

/** Hours, whole days, ten years, a walk, any date of ten years. */
const WAYS: readonly ((chance: Random) => Way)[] = [
	(chance) => always(signOf(chance) * chance.between(HOUR, DAY)),
	(chance) => always(signOf(chance) * DAY * Math.ceil(chance.next() * DAYS_MOST)),
	() => always(TEN_YEARS),
	(chance) => {
		const step = signOf(chance) * STEP;
		return (index) => index * step;
	},
	(chance) => always(chance.between(-DAY, TEN_YEARS)),
];

export class ForgedTime {
	readonly #ways: (Way | undefined)[];
	readonly #answers: Int32Array;

	constructor(
		lamps: number,
		private readonly chance: Random,
	) {
		this.#ways = new Array(lamps).fill(undefined);
		this.#answers = new Int32Array(lamps);
	}

	/** Begins or ends for a lamp. */
	turn(lamp: number, isOn: boolean): void {
		const { chance } = this;
		const index = Math.floor(chance.next() * WAYS.length);
		this.#ways[lamp] = isOn ? WAYS[index]!(chance) : undefined;
		this.#answers[lamp] = 0;
	}

	isOn(lamp: number): boolean {
		return this.#ways[lamp] !== undefined;
	}

	/** Error of the lamp's next answer, ms. */
	next(lamp: number): number {
		return Math.round(this.#ways[lamp]?.(++this.#answers[lamp]!) ?? 0);
	}
}

function always(error: number): Way {
	return () => error;
}

function signOf(chance: Random): 1 | -1 {
	return chance.next() < 0.5 ? 1 : -1;
}
