/**
 * Reader: reads the memory banks block by block, within a budget of frames.
 *
 * A frame each FRAME_EVERY at most, 60 a minute, so that reading takes a twentieth of the bus. A bank
 * with a latch is latched first, so that the bytes of a block belong to one instant. A block whose
 * first bytes get no answer does not exist in this driver. A disturbed byte is not read again before
 * its block is due: its values are unknown until then.
 */
import type { Millis } from "../units.js";
import {
	BANK,
	BLOCK_COUNT,
	type BlockBytes,
	BYTES,
	ENERGY,
	FROM,
	IDENTITY,
	LATCHED_FROM,
	LATCHED_TO,
	MOST_BYTES,
	ofBlock,
} from "./banks.js";
import type { Speaker } from "./dimmer.js";
import {
	commandTo,
	DTR0,
	DTR1,
	ENABLE_WRITE,
	isByte,
	LATCH_ADDRESS,
	NO_BUS,
	READ_MEMORY,
	WRITE_LATCH,
} from "./frames.js";

const FRAME_EVERY: Millis = 1000;
/** The set-up of a driver comes first. */
const FIRST: Millis = 10_000;
const QUARTER: Millis = 900_000;
/** In an hour. */
const ROUNDS = 4;
/** So many bytes at the start without an answer end a block. */
const MOST_SILENT = 3;

/** Steps: the bank, three for its latch, the first address, the bytes. */
const TO_ADDRESS = 4;
const TO_BYTES = 5;

/** Receives a block that was read; a byte below 0 is unknown. */
export interface BlockOwner {
	onBlock(index: number, bytes: BlockBytes, now: Millis, driver: number): void;
}

export class Reader implements Speaker {
	dueAt: Millis;
	/** So many drivers are read, one after the other. */
	drivers = 1;
	private driver = 0; // the one that is read
	private readonly bytes = new Int16Array(MOST_BYTES);
	private block = 0;
	private ahead = 0; // the block after this one
	private round = 0; // of ROUNDS; all blocks are read in the first one, else the energy
	private step = 0;
	private count = 0; // bytes read
	private isThere = false; // one of them had an answer

	constructor(
		private readonly owner: BlockOwner,
		now: Millis,
	) {
		this.dueAt = now + FIRST;
	}

	get holds(): boolean {
		return this.step > 0;
	}

	/** Reads all blocks again, from the identity on. */
	restart(now: Millis): void {
		this.ahead = this.round = this.driver = 0;
		if (!this.holds) this.dueAt = Math.min(this.dueAt, now + FRAME_EVERY);
	}

	next(): number {
		if (this.step === 0) this.pick();
		switch (this.step) {
			case 0:
				return DTR1 | ofBlock(this.block, BANK);
			case 1:
				return ENABLE_WRITE;
			case 2:
				return DTR0 | LATCH_ADDRESS;
			case 3:
				return WRITE_LATCH;
			case TO_ADDRESS:
				return DTR0 | ofBlock(this.block, FROM);
			default:
				return this.drivers > 1 ? commandTo(this.driver) | (READ_MEMORY & 0xff) : READ_MEMORY;
		}
	}

	take(answer: number, now: Millis): void {
		const { block } = this;
		this.dueAt = now + FRAME_EVERY;
		if (answer === NO_BUS) this.end(now);
		else if (this.step < TO_BYTES) {
			const bank = ofBlock(block, BANK);
			const isPlain = this.step === 0 && (bank < LATCHED_FROM || bank > LATCHED_TO);
			this.step = isPlain ? TO_ADDRESS : this.step + 1;
		} else {
			const isKnown = isByte(answer);
			if (isKnown) this.bytes[this.count] = answer;
			this.isThere ||= isKnown;
			this.count += 1;
			const isMissing = this.count >= MOST_SILENT && !this.isThere;
			if (!isMissing && this.count < ofBlock(block, BYTES)) return;
			const { driver } = this;
			this.end(now);
			this.owner.onBlock(block, this.bytes, now, driver);
		}
	}

	private pick(): void {
		this.block = this.ahead;
		this.ahead = this.round === 0 ? this.block + 1 : BLOCK_COUNT;
		this.count = 0;
		this.isThere = false;
		this.bytes.fill(-1);
	}

	private end(now: Millis): void {
		this.step = 0;
		if (this.ahead < BLOCK_COUNT) return;
		const isLast = this.driver + 1 >= this.drivers;
		this.driver = isLast ? 0 : this.driver + 1;
		if (!isLast) {
			this.ahead = this.round === 0 ? IDENTITY : ENERGY;
			return;
		}
		this.round = (this.round + 1) % ROUNDS;
		this.ahead = this.round === 0 ? IDENTITY : ENERGY;
		this.dueAt = now + QUARTER;
	}
}
