/**
 * Token bucket: how much of something may be done in a span of time.
 */
import type { Millis } from "../units.js";

export interface Allowance {
	/** Most at once. */
	readonly burst: number;
	/** In the long run. */
	readonly perSecond: number;
}

export class TokenBucket {
	private readonly allowance: Allowance;
	private left: number;
	private at: Millis;

	/** Full at `now`. */
	constructor(allowance: Allowance, now: Millis) {
		this.allowance = allowance;
		this.left = allowance.burst;
		this.at = now;
	}

	/** Takes one, if there is one left above `reserved`. */
	take(now: Millis, reserved = 0): boolean {
		const { burst, perSecond } = this.allowance;
		this.left = Math.min(burst, this.left + ((now - this.at) * perSecond) / 1000);
		this.at = now;
		if (this.left < reserved + 1) return false;
		this.left -= 1;
		return true;
	}
}
