/**
 * Broker: lets in connections at an even rate and counts attempts.
 */

/** Round trip through a good mobile or mesh network, ms. */
export const RTT = 50;
/** Width of the bins of the count, ms. */
export const BIN = 10_000;

/** Uniform in 0..1. */
export type Chance = () => number;

/** A random stream of its own for each lamp (splitmix32). */
export function chanceOf(seed: number, lamp: number): Chance {
	let state = Math.imul(seed, 0x9e3779b1) ^ Math.imul(lamp + 1, 0x85ebca6b);
	return () => {
		state = (state + 0x9e3779b9) | 0;
		let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
	};
}

/** The broker: up or down, and accepting connections at an even rate. */
export class Door {
	#freeAt = 0; // when the next one is accepted
	downFrom = Infinity;
	downTo = Infinity;

	/** `rate`: connections a second. `patience`: longest wait in the queue, ms. */
	constructor(
		readonly rate: number,
		readonly patience = 1000,
	) {}

	isUp(now: number): boolean {
		return now < this.downFrom || now >= this.downTo;
	}

	/** Whether an attempt at `now` is accepted. */
	admits(now: number): boolean {
		if (!this.isUp(now) || this.#freeAt > now + this.patience) return false;
		this.#freeAt = Math.max(this.#freeAt, now) + 1000 / this.rate;
		return true;
	}
}

/** Attempts in bins of time, and the instants at which lamps were online again. */
export class Tally {
	readonly bins: Int32Array;
	refused = 0;
	lastBack = 0;
	backs = 0;
	#from = 0;

	constructor(span: number) {
		this.bins = new Int32Array(Math.ceil(span / BIN));
	}

	/** Discards everything before `now`. */
	begin(now: number): void {
		this.#from = now;
		this.bins.fill(0);
		this.refused = this.backs = 0;
	}

	attempt(now: number, isLetIn: boolean): void {
		const bin = Math.floor((now - this.#from) / BIN);
		if (bin >= 0 && bin < this.bins.length) this.bins[bin]! += 1;
		if (!isLetIn) this.refused += 1;
	}

	back(now: number): void {
		this.backs += 1;
		this.lastBack = now;
	}

	/** Attempts a second in the busiest bin. */
	get peak(): number {
		return this.bins.reduce((most, count) => Math.max(most, count), 0) / (BIN / 1000);
	}
}
