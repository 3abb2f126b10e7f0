/**
 * Overlaps: spans of each lamp that may overlap, when the latest of them changed, and for how long one
 * or more have been under way.
 */
export class Overlaps {
	readonly #open: Int32Array;
	readonly #changedAt: Float64Array;
	readonly #since: Float64Array; // one or more are, or were, under way

	constructor(count: number) {
		this.#open = new Int32Array(count);
		this.#changedAt = new Float64Array(count).fill(-Infinity);
		this.#since = new Float64Array(count).fill(Infinity);
	}

	/** One of them begins or ends. */
	turn(at: number, lamp: number, isOn: boolean): void {
		if (isOn && this.#open[lamp] === 0) this.#since[lamp] = at;
		this.#open[lamp]! += isOn ? 1 : -1;
		this.#changedAt[lamp] = at;
	}

	/** One is under way, or was until less than `after` ms ago. */
	isOn(at: number, lamp: number, after: number): boolean {
		return this.#open[lamp]! > 0 || at < this.#changedAt[lamp]! + after;
	}

	/** Time since the first of those began, ms; 0: none is `isOn`. */
	lengthAt(at: number, lamp: number, after: number): number {
		return this.isOn(at, lamp, after) ? at - this.#since[lamp]! : 0;
	}
}
