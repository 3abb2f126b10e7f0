/**
 * Token bucket: a rate limit with a burst.
 *
 * Its state is one instant: when the bucket is full again. A token taken moves it on by the time in
 * which one is added.
 */
import type { Millis } from "../units.js";

interface Allowance {
	/** Most tokens at once. */
	readonly burst: number;
	/** Tokens added per second. */
	readonly perSecond: number;
}

export class TokenBucket {
	private readonly each: Millis; // in which a token is added
	private readonly most: Millis; // until it is full again, before the last token is taken
	private fullAt: Millis;

	/** Begins full at `now`. */
	constructor({ burst, perSecond }: Allowance, now: Millis) {
		this.each = 1000 / perSecond;
		this.most = (burst - 1) * this.each;
		this.fullAt = now;
	}

	/** Takes one token if more than `reserved` are left; returns whether it did. */
	take(now: Millis, reserved = 0): boolean {
		const { each, fullAt } = this;
		const from = fullAt > now ? fullAt : now;
		if (from - now > this.most - reserved * each) return false;
		this.fullAt = from + each;
		return true;
	}
}
