/** Fake wall: a clock on the wall that goes on by call, and only then. */
import type { Wall } from "../../../sim/street/clock.js";

interface Timer {
	readonly at: number;
	readonly act: () => void;
}

export class FakeWall implements Wall {
	/** ms. */
	at = 0;
	readonly #timers = new Set<Timer>();

	now(): number {
		return this.at;
	}

	/** As Node has it: no timer is shorter than a millisecond. */
	after(ms: number, act: () => void): () => void {
		return this.#add(Math.max(1, ms), act);
	}

	soon(act: () => void): void {
		this.#add(0, act);
	}

	#add(ms: number, act: () => void): () => void {
		const timer = { at: this.at + ms, act };
		this.#timers.add(timer);
		return () => this.#timers.delete(timer);
	}

	/** Goes on to the next timer and fires it. @returns whether there was one */
	step(): boolean {
		let first: Timer | undefined;
		for (const timer of this.#timers) if (!first || timer.at < first.at) first = timer;
		if (!first) return false;
		this.#timers.delete(first);
		this.at = Math.max(this.at, first.at);
		first.act();
		return true;
	}
}
