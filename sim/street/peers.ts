/**
 * Peers: streets that run side by side at one pace. Without it a street with fewer lamps or messages
 * runs ahead, and orders that are dated by one street are early or stale for the lamps of another.
 */

import type { Pack } from "./clock.js";

/** Virtual ms that a street may be ahead of the slowest; a lamp refuses an order that is 30 s early. */
export const AHEAD = 2_000;

export class Peers {
	/** The next instant of each street; of one that has ended Infinity. */
	readonly #due: number[];
	#slowest = 0;
	#waiting: { readonly at: number; readonly resume: () => void }[] = [];

	/** `count`: streets, that all begin at 0. */
	constructor(count: number) {
		this.#due = new Array<number>(count).fill(0);
	}

	/** As street `nth` (from 0) sees them; `at` is its next instant. The slowest never waits. */
	of(index: number): Pack {
		return { until: (at) => this.#until(index, at), interrupt: () => this.#resume(Infinity) };
	}

	/** It has ended: no street waits for it. */
	leave(index: number): void {
		this.#next(index, Infinity);
	}

	#until(index: number, at: number): Promise<void> | undefined {
		this.#next(index, at);
		if (at <= this.#slowest + AHEAD) return undefined;
		return new Promise((resume) => this.#waiting.push({ at, resume }));
	}

	/** `upTo`: those that wait for an instant up to it. */
	#resume(upTo: number): void {
		const all = this.#waiting;
		this.#waiting = all.filter(({ at }) => at > upTo);
		for (const { at, resume } of all) if (at <= upTo) resume();
	}

	#next(index: number, at: number): void {
		const before = this.#due[index];
		this.#due[index] = at;
		if (before !== this.#slowest) return;
		this.#slowest = Math.min(...this.#due);
		if (this.#slowest !== before) this.#resume(this.#slowest + AHEAD);
	}
}
