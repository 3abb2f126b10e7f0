/**
 * Replay guard: the latest datagram of each neighbour, so that none is accepted twice.
 *
 * A sender counts what it says within a life, and its lives; only what is later than all before is
 * new. What was overtaken on the way is thus lost, and does not matter: the later one tells the age
 * of the same movement. There is a fixed place for each neighbour, so no stranger can take one.
 */
import type { Millis } from "../units.js";

/**
 * A sender unheard for so long is taken as new, ms: a controller that was replaced begins with life
 * 1. A street is never without anyone for a day.
 */
export const FORGET_AFTER: Millis = 86_400_000;

/** Numbers kept of each. */
const EACH = 3;
const LIFE = 0;
const COUNTER = 1;
const HEARD_AT = 2;

export class ReplayGuard {
	private readonly latest: Float64Array;

	constructor(count: number) {
		this.latest = new Float64Array(count * EACH).fill(Number.NEGATIVE_INFINITY);
	}

	/** Whether sender `of` (from 0) has not said this, nor anything later. Changes nothing. */
	isNew(of: number, life: number, counter: number, now: Millis): boolean {
		const at = of * EACH;
		const { latest } = this;
		if (now - latest[at + HEARD_AT]! >= FORGET_AFTER) return true;
		const lastLife = latest[at + LIFE]!;
		return life > lastLife || (life === lastLife && counter > latest[at + COUNTER]!);
	}

	/** It is genuine: from now on only what is later is new. */
	accept(of: number, life: number, counter: number, now: Millis): void {
		const at = of * EACH;
		this.latest[at + LIFE] = life;
		this.latest[at + COUNTER] = counter;
		this.latest[at + HEARD_AT] = now;
	}
}
