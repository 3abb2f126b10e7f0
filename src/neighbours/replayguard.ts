/**
 * Replay guard: the latest datagram of each neighbour, so that none is accepted twice.
 *
 * A sender numbers its datagrams within a life, and its lives. Only a datagram later than all
 * earlier ones is new. One that was overtaken on the way is lost, without harm: the later one gives
 * the age of the same movement. Each neighbour has a fixed place, so no stranger can take one.
 */
import type { Millis } from "../units.js";

/**
 * After this silence any datagram of a sender is new, ms: a replaced controller begins with life 1.
 * No street is empty for a day.
 */
export const FORGET_AFTER: Millis = 86_400_000;

/** Numbers stored for each neighbour. */
const EACH = 3;
const LIFE = 0;
const COUNTER = 1;
const RECEIVED_AT = 2;

export class ReplayGuard {
	private readonly latest: Float64Array;

	constructor(count: number) {
		this.latest = new Float64Array(count * EACH).fill(Number.NEGATIVE_INFINITY);
	}

	/** Whether sender `of` (from 0) sent neither this datagram nor a later one. Changes nothing. */
	isNew(of: number, life: number, counter: number, now: Millis): boolean {
		const at = of * EACH;
		const { latest } = this;
		if (now - latest[at + RECEIVED_AT]! >= FORGET_AFTER) return true;
		const lastLife = latest[at + LIFE]!;
		return life > lastLife || (life === lastLife && counter > latest[at + COUNTER]!);
	}

	/** Stores a genuine datagram: from now on only a later one is new. */
	accept(of: number, life: number, counter: number, now: Millis): void {
		const at = of * EACH;
		this.latest[at + LIFE] = life;
		this.latest[at + COUNTER] = counter;
		this.latest[at + RECEIVED_AT] = now;
	}
}
