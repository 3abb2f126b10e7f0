/**
 * Downloads: whether a lamp may be at its class for an image (docs/update.md, Long work against light).
 *
 * It is from two seconds before the connection to the image server until that has ended, and for the
 * verification after it. The two seconds before, and those for the signature of an offer, are left to
 * the tolerance of each check.
 */
import type { Witness } from "../street/witness.js";

/** The light before a piece of work without a bound, and that work, ms. */
const VERIFIED_WITHIN = 10_000;

export class Downloads implements Witness {
	readonly #open: Int32Array;
	readonly #endedAt: Float64Array;

	constructor(count: number) {
		this.#open = new Int32Array(count);
		this.#endedAt = new Float64Array(count).fill(-Infinity);
	}

	/** A connection to the image server is open, or was until `before` ms ago, verification included. */
	isUnderWay(at: number, lamp: number, before: number): boolean {
		return this.#open[lamp]! > 0 || at < this.#endedAt[lamp]! + VERIFIED_WITHIN + before;
	}

	onConnection(at: number, lamp: number, isOpen: boolean): void {
		this.#open[lamp]! += isOpen ? 1 : -1;
		this.#endedAt[lamp] = at;
	}
}
