/**
 * Rests: when a PIR last was still for long. One that has had no rest for a day seems noisy
 * (docs/sensing.md), also where it was stuck for a part of it: an output that is active is not still.
 */
import { HOUR, MINUTE } from "../../lib/spans.js";

const REST = 5 * MINUTE;
/** An hour less than a day, within which a lamp may differ. */
const RESTLESS = 23 * HOUR;

export class Rests {
	readonly #stillAt: Float64Array; // Infinity: it is active
	readonly #restedAt: Float64Array;

	constructor(count: number) {
		this.#stillAt = new Float64Array(count);
		this.#restedAt = new Float64Array(count);
	}

	onEdge(at: number, lamp: number, moving: boolean): void {
		if (moving && at - this.#stillAt[lamp]! >= REST) this.#restedAt[lamp] = at;
		this.#stillAt[lamp] = moving ? Infinity : at;
	}

	/** Its output has been inactive for so long, ms. */
	isStill(at: number, lamp: number, long: number): boolean {
		return at - this.#stillAt[lamp]! >= long;
	}

	isRestless(at: number, lamp: number): boolean {
		return at - this.#restedAt[lamp]! >= RESTLESS;
	}
}
