/**
 * Token bucket: a rate limit with a burst.
 */
import type { Millis } from "../units.js";

interface Allowance {
	/** Most tokens at once. */
	readonly burst: number;
	/** Tokens added per second. */
	readonly perSecond: number;
}

export class TokenBucket {
	private readonly allowance: Allowance;
	private left: number;
	private at: Millis;

	/** Begins full at `now`. */
	constructor(allowance: Allowance, now: Millis) {
		this.allowance = allowance;
		this.left = allowance.burst;
		this.at = now;
	}

	/** Takes one token if more than `reserved` are left; returns whether it did. */
	take(now: Millis, reserved = 0): boolean {
		if (now !== this.at) {
			const { burst, perSecond } = this.allowance;
			this.left = Math.min(burst, this.left + ((now - this.at) * perSecond) / 1000);
			this.at = now;
		}
		if (this.left < reserved + 1) return false;
		this.left -= 1;
		return true;
	}
}
