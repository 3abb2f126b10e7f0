/**
 * Check: a promise of the lamp, compared with the PWM and the world, never with the firmware's
 * state.
 */
import type { Witness } from "../street/witness.js";

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
	/** One line for the person at the terminal: how many chances to fail were checked. */
	readonly tried: number;
}

/** Counts offences and stores the first. */
export abstract class Tally implements Check {
	abstract readonly name: string;
	count = 0;
	tried = 0;
	first: Offence | undefined;

	get ok(): boolean {
		return this.count === 0;
	}

	protected offend(at: number, lamp: number, what: string): void {
		this.count++;
		if (this.first && this.first.at <= at) return;
		this.first = { at, lamp: lamp + 1, what };
	}
}
