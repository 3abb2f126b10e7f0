/**
 * Credit: the least write credit that a lamp may have left, from what it met (docs/wear.md).
 *
 * Credit for 24 writes can be saved up, and two are earned in an hour, of which the counters use
 * one. Readings that wait for a broken link leave ten.
 */
import { HOUR } from "../../lib/spans.js";

const SAVED = 24;
const LEFT_BY_READINGS = 10;
/** A new lamp seals its settings. */
const SEALS = 8;
/** Writes of each, at most; of a section of settings the one before, the new one, and the seals of both. */
export const COSTS = { order: 2, selfTest: 4, boot: 2, image: 8, settings: 4 } as const;
/** An order waits with less: its own writes, and the reserve of its class. */
const WAITS_BELOW = 9;

export class Credit {
	readonly #left: Float64Array;
	readonly #at: Float64Array;
	readonly #broken: Int32Array; // faults of the link

	constructor(count: number) {
		this.#left = new Float64Array(count).fill(SAVED - SEALS);
		this.#at = new Float64Array(count);
		this.#broken = new Int32Array(count);
	}

	/** An order that comes now may wait for its store. */
	isShort(at: number, lamp: number): boolean {
		return this.#settle(at, lamp) < WAITS_BELOW;
	}

	spend(at: number, lamp: number, what: keyof typeof COSTS): void {
		this.#left[lamp] = Math.max(0, this.#settle(at, lamp) - COSTS[what]);
	}

	breakLink(at: number, lamp: number, on: boolean): void {
		this.#settle(at, lamp);
		this.#broken[lamp]! += on ? 1 : -1;
	}

	#settle(at: number, lamp: number): number {
		const most = this.#broken[lamp]! > 0 ? LEFT_BY_READINGS : SAVED;
		const earned = (at - this.#at[lamp]!) / HOUR;
		this.#at[lamp] = at;
		this.#left[lamp] = Math.min(most, this.#left[lamp]! + earned);
		return this.#left[lamp]!;
	}
}
