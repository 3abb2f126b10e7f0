/**
 * Cycling: whether the lamp goes on and off by its photocell again and again (TALQ cyclingFailure):
 * one that sees its own lamp, a branch in the wind, a sensor that fails.
 */
import type { Millis } from "../units.js";

/** Dusk and dawn are two; a thunderstorm adds two. */
export const TURNS_AN_HOUR = 4;
const HOUR: Millis = 3_600_000;

export class Cycling {
	/** Since it was found. */
	isFound = false;
	private turns = 0;
	private from: Millis = 0;

	/** Day and night changed places; returns whether cycling was found just now. */
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

	/** Time passes; returns whether it is over: two hours with less. */
	pass(now: Millis): boolean {
		if (!this.isFound || now - this.from < 2 * HOUR) return false;
		this.isFound = false;
		return true;
	}
}
