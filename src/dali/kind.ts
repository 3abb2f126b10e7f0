/**
 * Kind: what a driver says that it is, and what it says has failed: its device types and, of an LED
 * driver (part 207), its failure status.
 *
 * A D4i driver has several types: 255, and each question for the next one gives one. Any other frame
 * in between ends the row, so it is asked for again from its beginning, MOST_TRIES times.
 */
import type { Millis } from "../units.js";
import { CLEAR, CLEAR_OF_PAIR, type Speaker } from "./dimmer.js";
import {
	COMMAND,
	commandTo,
	isByte,
	LED_NEXT,
	NO_BUS,
	QUERY_DEVICE_TYPE,
	QUERY_FAILURE,
	QUERY_NEXT_TYPE,
} from "./frames.js";

const SEVERAL_TYPES = 255;
const NO_MORE = 254;
const LED = 6;
const MOST_TYPES = 16;
const MOST_TRIES = 3;
const AGAIN_AFTER: Millis = 1000;
/** Of the types of a D4i driver: seven frames and their answers. */
const CLEAR_OF_ROW: Millis = 345;

/** Steps. */
const TYPE = 0;
const NEXT = 1;
const TYPED = 2;
const FAILURE = 3;

export class Kind implements Speaker {
	dueAt: Millis = Infinity;
	/** So many drivers are asked, one after the other. */
	drivers = 1;
	/** Of each driver: its types, once read. */
	readonly types: (readonly number[])[] = [];
	/** Of each driver: bits of FAILURES, once read. */
	readonly failures: (number | undefined)[] = [];
	private driver = 0;
	private step = TYPE;
	private found: number[] = [];
	private tries = 0;

	get holds(): boolean {
		return this.step !== TYPE && this.dueAt < Infinity;
	}

	get clear(): Millis {
		if (this.step === TYPE) return CLEAR_OF_ROW;
		return this.step === TYPED ? CLEAR_OF_PAIR : CLEAR;
	}

	/** Asks all drivers. */
	begin(now: Millis): void {
		if (!this.holds) this.ask(0, now);
	}

	next(): number {
		const { step } = this;
		if (step === TYPED) return LED_NEXT;
		const command = this.drivers > 1 ? commandTo(this.driver) : COMMAND;
		if (step === TYPE) return command | QUERY_DEVICE_TYPE;
		return command | (step === NEXT ? QUERY_NEXT_TYPE : QUERY_FAILURE);
	}

	take(answer: number, now: Millis): void {
		this.dueAt = now;
		if (answer === NO_BUS) {
			this.step = TYPE;
			this.dueAt = Infinity; // the next set-up asks again
		} else if (this.step === TYPED) this.step = FAILURE;
		else if (this.step === FAILURE) {
			this.failures[this.driver] = isByte(answer) ? answer : undefined;
			this.pass(now);
		} else this.takeType(answer, now);
	}

	private takeType(answer: number, now: Millis): void {
		const { found, step } = this;
		const isType = isByte(answer) && answer !== NO_MORE && answer !== SEVERAL_TYPES;
		if (isType) found.push(answer);
		const goesOn = step === TYPE ? answer === SEVERAL_TYPES : isType && found.length < MOST_TYPES;
		if (goesOn) this.step = NEXT;
		else if (isType || answer === NO_MORE) {
			this.types[this.driver] = found;
			this.step = TYPED;
			if (!found.includes(LED)) this.pass(now);
		} else if (this.tries < MOST_TRIES) {
			this.tries += 1;
			this.begun(now + AGAIN_AFTER);
		} else this.step = TYPED; // an LED driver may say so all the same
	}

	private begun(at: Millis): void {
		this.step = TYPE;
		this.found = [];
		this.dueAt = at;
	}

	private ask(driver: number, at: Millis): void {
		this.driver = driver;
		this.tries = 0;
		this.begun(at);
	}

	private pass(now: Millis): void {
		const isLast = this.driver + 1 >= this.drivers;
		this.ask(isLast ? 0 : this.driver + 1, isLast ? Infinity : now);
	}
}

/** Bits of the failure status, from the lowest on: names of the contract. */
const FAILURES =
	"shortCircuit openCircuit loadDecrease loadIncrease currentProtector thermalShutdown thermalReduction" +
	" referenceFailed";

/** Types and failures of a driver as members of a JSON object, each after a comma. */
export function kindMembers({ types, failures }: Kind, driver: number): string {
	const of = types[driver];
	const bits = failures[driver];
	const text = of ? `,"deviceTypes":[${of.join(",")}]` : "";
	if (bits === undefined) return text;
	const names = FAILURES.split(" ").filter((_, bit) => (bits & (1 << bit)) !== 0);
	return `${text},"failureStatus":${JSON.stringify(names)}`;
}
