/**
 * Set-up: the settings that a driver must have so that it gives full light when the controller fails.
 *
 * Full light when power comes and when the bus fails, the whole range of levels on the standard curve,
 * and the shortest fade. Each is read first and written only if it differs, because a driver keeps it
 * in memory that wears; then it is read back.
 */
import { FULL_STEP } from "../lighting/curve.js";
import type { Millis } from "../units.js";
import { CLEAR, CLEAR_OF_PAIR, type Speaker } from "./dimmer.js";
import {
	COMMAND,
	commandTo,
	DTR0,
	isByte,
	LED_NEXT,
	NO_BUS,
	QUERY_PHYSICAL_MINIMUM,
	TWICE,
} from "./frames.js";

/**
 * Query, command, its data, bits of the answer, and the answer in them. The dimming curve comes first,
 * because the physical minimum depends on it. The fade time and the fade rate share a byte; a fade time
 * of 0 lets the extended one count (FADE_TIME of levelpath.ts). The least level must be the physical
 * minimum that the driver has told.
 */
// biome-ignore format: a row a setting
const ROWS = Uint8Array.of(
	238, 227, 0, 0xff, 0, // dimming curve: the standard one, logarithmic
	161, 42, 254, 0xff, 254, // highest level
	163, 45, 254, 0xff, 254, // when power comes
	164, 44, 254, 0xff, 254, // when the bus fails
	165, 46, 0, 0xf0, 0, // fade time
	168, 48, 0x10, 0xff, 0x10, // extended fade time
	162, 43, 1, 0xff, 0, // least level
);
const COLUMNS = 5;
const LEAST_LEVEL_AT: number = ROWS.length - COLUMNS;

/** Steps, in this order for a setting that differs; DATA and SET have no answer. */
const PHYSICAL = 0; // before the least level alone
const QUERY = 1;
const DATA = 2;
const SET = 3;
const CHECK = 4;

/** A driver that does not accept a setting twice will not. */
const MOST_TRIES = 2;
const AGAIN_AFTER: Millis = 1000;
/** After this many times without an answer, or with a nonsensical one, the set-up is put off, longer each time. */
const MOST_SILENT = 3;
const PUT_OFF: Millis = 60_000;
/** A driver may lose its settings, or be set by another tool: they are read again each hour. */
const EACH: Millis = 3_600_000;

export class Setup implements Speaker {
	dueAt: Millis = 0;
	/** Settings that differed when they were read, of the last set-up. */
	differed = 0;
	/** Settings that the driver has not accepted, of the last set-up. */
	refused = 0;
	/** Whole set-ups so far. */
	done = 0;
	/** Physical minimum of the driver, a level, of two the greater; 0: not read. */
	least = 0;
	/** So many drivers are set up, one after the other. */
	drivers = 1;
	private driver = 0;
	private physical = 0; // minimum of this driver
	private step = QUERY;
	private row = 0; // of ROWS, by its first place
	private isTyped = false; // the next command is one of LED drivers, as the curve's are
	private tries = 0;
	private silent = 0;
	private putOff: Millis = PUT_OFF;

	get holds(): boolean {
		return this.driver > 0 || this.row > 0 || this.step !== QUERY || this.isTyped;
	}

	get clear(): Millis {
		return this.isPair ? CLEAR_OF_PAIR : CLEAR;
	}

	private get isPair(): boolean {
		return this.row === 0 && this.step !== DATA && !this.isTyped;
	}

	/** Begins anew, at `at`: the driver may have lost its settings. */
	begin(at: Millis): void {
		this.driver = 0;
		this.first(at);
	}

	private first(at: Millis): void {
		this.step = QUERY;
		this.isTyped = false;
		this.row = this.tries = this.silent = 0;
		this.dueAt = at;
	}

	next(): number {
		const { step, row } = this;
		const command = this.drivers > 1 ? commandTo(this.driver) : COMMAND;
		if (step === PHYSICAL) return command | QUERY_PHYSICAL_MINIMUM;
		if (step === DATA) return DTR0 | ROWS[row + 2]!;
		if (this.isPair) return LED_NEXT;
		if (step === SET) return TWICE + (command | ROWS[row + 1]!);
		return command | ROWS[row]!;
	}

	take(answer: number, now: Millis): void {
		this.dueAt = now;
		const { step } = this;
		const isCommand = step === DATA || step === SET;
		const { isPair: isTyping } = this;
		this.isTyped = isTyping && answer !== NO_BUS;
		if (this.isTyped) return;
		const isLevel = step !== PHYSICAL || (answer > 0 && answer <= FULL_STEP);
		if (isCommand || isTyping ? answer === NO_BUS : !(isByte(answer) && isLevel)) {
			this.silent += 1;
			this.dueAt = now + AGAIN_AFTER;
			if (isCommand) this.step = DATA;
			if (this.silent < MOST_SILENT) return;
			if (this.row === 0 && step === QUERY && answer !== NO_BUS) {
				this.count();
				this.pass(now); // a driver without a choice of curves
			} else {
				this.begin(now + this.putOff);
				this.putOff = Math.min(2 * this.putOff, EACH);
			}
			return;
		}
		if (!isCommand) this.silent = 0;
		if (isCommand) this.step = step + 1;
		else if (step === PHYSICAL) {
			this.physical = answer;
			this.step = QUERY;
		} else this.compare(answer, now);
	}

	private compare(answer: number, now: Millis): void {
		const { row, step } = this;
		if (row === 0 && step === QUERY) this.count();
		const wanted = row === LEAST_LEVEL_AT ? this.physical : ROWS[row + 4]!;
		const isSame = (answer & ROWS[row + 3]!) === wanted;
		if (!isSame && step !== CHECK) this.differed += 1;
		if (!isSame && this.tries < MOST_TRIES) {
			this.tries += 1;
			this.step = DATA;
			return;
		}
		if (!isSame) this.refused += 1;
		else if (row === LEAST_LEVEL_AT)
			// two answers agree
			this.least = this.driver > 0 ? Math.max(this.least, this.physical) : this.physical;
		this.pass(now);
	}

	/** A set-up begins: with the first driver. */
	private count(): void {
		if (this.driver === 0) this.differed = this.refused = 0;
	}

	/** The setting is done with. */
	private pass(now: Millis): void {
		this.tries = this.silent = 0;
		this.row += COLUMNS;
		this.step = this.row === LEAST_LEVEL_AT ? PHYSICAL : QUERY;
		if (this.row < ROWS.length) return;
		if (this.driver + 1 < this.drivers) {
			this.driver += 1;
			this.first(now);
			return;
		}
		this.done += 1;
		this.putOff = PUT_OFF;
		this.begin(now + EACH);
	}
}
