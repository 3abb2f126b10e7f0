/**
 * Check: a promise of the lamp, compared with the PWM, the world and the wire, never with the
 * firmware's state.
 */
import type { Witness } from "../street/witness.js";
import { Chances } from "./chances.js";

/** The first time a promise was broken. Lamps are counted from 1. */
interface Offence {
	readonly at: number;
	readonly lamp: number;
	readonly what: string;
}

export interface Check extends Witness {
	readonly name: string;
	/** Offences so far. */
	readonly count: number;
	readonly first: Offence | undefined;
	/** Whether the promise was kept; most allow no offence. */
	readonly ok: boolean;
	/** How often it could have failed, and how often it judged. */
	readonly chances: Chances;
	/** One line for the person at the terminal: how many chances to fail were judged. */
	readonly tried: number;
}

/** Counts offences and stores the first. */
export abstract class Tally implements Check {
	abstract readonly name: string;
	count = 0;
	first: Offence | undefined;
	readonly chances = new Chances();

	get ok(): boolean {
		return this.count === 0;
	}

	get tried(): number {
		return this.chances.judged;
	}

	/** A chance that is compared now. */
	protected judge(): void {
		this.chances.judged++;
	}

	/** A chance that is not compared, and why. */
	protected leave(why: string): void {
		this.chances.leave(why);
	}

	protected offend(at: number, lamp: number, what: string): void {
		this.count++;
		if (this.first && this.first.at <= at) return;
		this.first = { at, lamp: lamp + 1, what };
	}
}
