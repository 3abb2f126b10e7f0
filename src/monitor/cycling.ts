/**
 * Cycling: detects a lamp that its photocell switches on and off again and again (TALQ
 * cyclingFailure).
 *
 * Causes are a photocell that receives the light of its own lamp, a branch in the wind, or a
 * failing sensor.
 */
import type { Millis } from "../units.js";

/** Dusk and dawn are two; a thunderstorm adds two. */
const TURNS_AN_HOUR = 4;
const HOUR: Millis = 3_600_000;

export class Cycling {
	/** Cycling was found and has not ended. */
	isFound = false;
	private turns = 0;
	private from: Millis = 0;

	/** Day and night changed; returns whether cycling was found just now. */
	turn(now: Millis): boolean {
		if (now - this.from >= HOUR) {
			this.from = now;
			this.turns = 0;
		}
		this.turns += 1;
		if (this.isFound || this.turns <= TURNS_AN_HOUR) return false;
		this.isFound = true;
		return true;
	}

	/** Time passes; returns whether cycling ended: after two hours with fewer changes. */
	pass(now: Millis): boolean {
		if (!this.isFound || now - this.from < 2 * HOUR) return false;
		this.isFound = false;
		return true;
	}
}
