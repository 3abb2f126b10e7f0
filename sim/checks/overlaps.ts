/**
 * Overlaps: spans of each lamp that may overlap, and how long ago the latest of them changed.
 */
export class Overlaps {
	readonly #open: Int32Array;
	readonly #changedAt: Float64Array;

	constructor(count: number) {
		this.#open = new Int32Array(count);
		this.#changedAt = new Float64Array(count).fill(-Infinity);
	}

	/** One of them begins or ends. */
	turn(at: number, lamp: number, isOn: boolean): void {
		this.#open[lamp]! += isOn ? 1 : -1;
		this.#changedAt[lamp] = at;
	}

	/** One is under way, or was until less than `after` ms ago. */
	isOn(at: number, lamp: number, after: number): boolean {
		return this.#open[lamp]! > 0 || at < this.#changedAt[lamp]! + after;
	}
}
