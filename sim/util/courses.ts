/**
 * Courses: a value of each lamp as a line in time. From an instant on it moves to another value,
 * which it reaches at `until` and then keeps.
 */
export class Courses {
	readonly #at: Float64Array;
	readonly #from: Float64Array;
	readonly #to: Float64Array;
	readonly #until: Float64Array;

	constructor(lamps: number, value = 0) {
		this.#at = new Float64Array(lamps);
		this.#from = new Float64Array(lamps).fill(value);
		this.#to = new Float64Array(lamps).fill(value);
		this.#until = new Float64Array(lamps);
	}

	set(at: number, lamp: number, from: number, to: number, until: number): void {
		this.#at[lamp] = at;
		this.#from[lamp] = from;
		this.#to[lamp] = to;
		this.#until[lamp] = until;
	}

	hold(at: number, lamp: number, value: number): void {
		this.set(at, lamp, value, value, at);
	}

	/** Counts the same course in another unit. */
	scale(lamp: number, factor: number): void {
		this.#from[lamp]! *= factor;
		this.#to[lamp]! *= factor;
	}

	/** The value at an instant; before the line, that of its begin. */
	valueAt(at: number, lamp: number): number {
		const until = this.#until[lamp]!;
		if (at >= until) return this.#to[lamp]!;
		const begun = this.#at[lamp]!;
		const from = this.#from[lamp]!;
		if (at <= begun) return from;
		return from + ((this.#to[lamp]! - from) * (at - begun)) / (until - begun);
	}

	/** When it reaches the value that it keeps. */
	until(lamp: number): number {
		return this.#until[lamp]!;
	}

	/** When it passes `value`; Infinity: it does not. */
	passesAt(lamp: number, value: number): number {
		const [from, to] = [this.#from[lamp]!, this.#to[lamp]!];
		const share = (value - from) / (to - from);
		if (!(share >= 0 && share <= 1)) return Infinity;
		return this.#at[lamp]! + share * (this.#until[lamp]! - this.#at[lamp]!);
	}
}
