/**
 * Addressing: gives the drivers of a luminaire short addresses, 0, 1 ..., so that each answers for itself.
 *
 * Every driver draws a random number of 24 bits, and answers whether it is at most a number that is
 * searched: the least one is found by halves, gets the next address and is withdrawn from the search.
 * Of several answers at once the bus carries a broken one, which is a yes. About 5 s a driver; levels
 * go on in between. The drivers keep their addresses without power.
 */
import type { Millis } from "../units.js";
import type { Speaker } from "./dimmer.js";
import { NO_BUS, SILENCE, TWICE } from "./frames.js";

/** Frames: all drivers take part; draw; the number searched, by its bytes; is yours at most that? */
const INITIALISE = TWICE + 0xa500;
const RANDOMISE = TWICE + 0xa700;
const SEARCH_HIGH = 0xb100;
const SEARCH_MIDDLE = 0xb300;
const SEARCH_LOW = 0xb500;
const COMPARE = 0xa900;
/** Of the driver whose number is searched: its address, as 0AAA AAA1; out of the search. End. */
const PROGRAM = 0xb701;
const WITHDRAW = 0xab00;
const TERMINATE = 0xa100;

/** Steps, in their order. */
const BEGIN = 0;
const DRAW = 1;
const HIGH = 2;
const MIDDLE = 3;
const LOW = 4;
const ASK = 5;
const GIVE = 6;
const TAKE_OUT = 7;
const END = 8;

const MOST_NUMBER = 0xff_ffff;
/** A driver has its number so long after the command. */
const DRAWN_WITHIN: Millis = 150;

export class Addressing implements Speaker {
	dueAt: Millis = Infinity;
	/** Addresses given by the last search that ended. */
	given = 0;
	/** Searches that ended. */
	done = 0;
	private step = BEGIN;
	private count = 0;
	private most = 0; // drivers that may be found
	private least = 0; // the least number is between this ...
	private number = 0; // ... and this
	private searched = 0;

	get holds(): boolean {
		return this.step !== BEGIN;
	}

	/** Begins a search for up to `most` drivers. */
	begin(most: number, now: Millis): void {
		this.most = most;
		this.step = BEGIN;
		this.dueAt = now;
	}

	next(): number {
		const { searched } = this;
		switch (this.step) {
			case BEGIN:
				return INITIALISE;
			case DRAW:
				return RANDOMISE;
			case HIGH:
				return SEARCH_HIGH | (searched >> 16);
			case MIDDLE:
				return SEARCH_MIDDLE | ((searched >> 8) & 0xff);
			case LOW:
				return SEARCH_LOW | (searched & 0xff);
			case ASK:
				return COMPARE;
			case GIVE:
				return PROGRAM | (this.count << 1);
			case TAKE_OUT:
				return WITHDRAW;
			default:
				return TERMINATE;
		}
	}

	take(answer: number, now: Millis): void {
		const { step } = this;
		this.dueAt = now;
		if (answer === NO_BUS) this.end(0);
		else if (step === DRAW) {
			this.count = 0;
			this.dueAt = now + DRAWN_WITHIN;
			this.search();
		} else if (step === ASK) this.narrow(answer !== SILENCE);
		else if (step === LOW && this.least === this.number) this.step = GIVE;
		else if (step === TAKE_OUT) {
			this.count += 1;
			if (this.count < this.most) this.search();
			else this.step = END;
		} else if (step === END) this.end(this.count);
		else this.step = step + 1;
	}

	/** Asks first whether there is any driver. */
	private search(): void {
		this.least = -1;
		this.number = this.searched = MOST_NUMBER;
		this.step = HIGH;
	}

	/** The least number is at most the one searched, or above it. */
	private narrow(isAtMost: boolean): void {
		const { searched } = this;
		if (this.least < 0) {
			this.least = 0;
			if (!isAtMost) {
				this.step = END;
				return;
			}
		} else if (isAtMost) this.number = searched;
		else this.least = searched + 1;
		this.searched = (this.least + this.number) >> 1;
		this.step = HIGH;
	}

	private end(given: number): void {
		this.given = given;
		this.done += 1;
		this.step = BEGIN;
		this.dueAt = Infinity;
	}
}
