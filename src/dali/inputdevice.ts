/**
 * Input device: the sensor in the lower socket of a luminaire (IEC 62386-103), with an instance for
 * occupancy (303) and one for light (304).
 *
 * It is asked, alone on the bus and by broadcast: its events are switched off. The movement is asked for
 * each POLL, in every fade, too; its hold timer is the shortest, so that a movement between two questions
 * is seen by the next one. A device that gives no movement for LOST_AFTER is lost, and looked for anew.
 */
import type { Millis } from "../units.js";
import { BANK, type BlockBytes, BYTES, FROM, IDENTITY, ofBlock } from "./banks.js";
import { CLEAR, type Speaker } from "./dimmer.js";
import {
	DEVICE,
	DEVICE_DTR0,
	DEVICE_DTR1,
	INSTANCE,
	isByte,
	NO_BUS,
	QUERY_INPUT,
	QUERY_INPUT_NEXT,
	QUERY_INSTANCES,
	QUERY_RESOLUTION,
	QUERY_TYPE,
	READ_DEVICE_MEMORY,
	SILENCE,
	TWICE,
} from "./frames.js";

/** Receives what the device says. */
export interface InputOwner {
	onSensed(isMoving: boolean, now: Millis): void;
	/** Illuminance as a share of the largest value. */
	onShare(share: number, now: Millis): void;
	onFound(isFound: boolean, now: Millis): void;
	/** The bytes of IDENTITY; below 0: not read. */
	onIdentity(bytes: BlockBytes, now: Millis): void;
}

/** From one question to the next, so that light follows a movement within 0.6 s (docs/dali.md). */
const POLL: Millis = 420;
/** It fits between two levels of the fastest fade. */
const CLEAR_OF_POLL: Millis = 50;
const LIGHT_EVERY: Millis = 5000;
export const LOST_AFTER: Millis = 10_000;
/** Behind so many questions for movement without an answer, another device may be in the socket. */
const MISSED = 2;
const STEP: Millis = 100;
const AGAIN_AFTER: Millis = 1000;
/** Its settings may be lost, or another tool's: they are read again each hour. */
const EACH: Millis = 3_600_000;
/** It is written to this often at most: its memory wears, and a bus may be disturbed for long. */
const WRITE_EVERY: Millis = 600_000;
/** It starts with the lamp, and takes its time. */
const FIRST: Millis = 1000;

const OCCUPANCY = 3;
const LIGHT = 4;
const MOST_INSTANCES = 8;
const MOST_RESOLUTION = 32;
/** Neither occupied nor movement; the other three answers of part 303 are either or both. */
const VACANT = 0;
const SEEN: readonly number[] = Object.freeze([0x55, 0xaa, 0xff]);

/**
 * Of each setting: whose (OCCUPANCY, LIGHT), question, command, its data, and the least and most answer
 * that is right; a no is silence, -1. A hold timer of 0 is 1 s, and one of 1 is 10 s.
 */
// biome-ignore format: a row a setting
const ROWS = Int16Array.of(
	OCCUPANCY, 0x90, 0x68, 0, 0, 0, // no events
	OCCUPANCY, 0x86, 0x62, 0, 255, 255, // enabled
	OCCUPANCY, 0x2d, 0x21, 0, 0, 1, // hold timer
	LIGHT, 0x90, 0x68, 0, 0, 0,
	LIGHT, 0x86, 0x62, 0, 255, 255,
);
const COLUMNS = 6;
const MOST_TRIES = 3;

/** Steps: ask for the instances and their types, then the settings, then the identity. */
const COUNT = 0;
const TYPES = 1;
const RESOLUTION = 2;
const QUERY = 3;
const DATA = 4;
const SET = 5;
const TO_BANK = 6;
const TO_ADDRESS = 7;
const READ = 8;

/** What was asked last. */
const STEPPED = 0;
const POLLED = 1;
const LOOKED = 2;

export class InputDevice implements Speaker {
	readonly holds = false;
	private step = COUNT;
	private stepAt: Millis;
	private pollAt: Millis = Infinity;
	private lightAt: Millis = Infinity;
	private lostAt: Millis;
	private asked = STEPPED;
	private count = 0; // instances
	private types: number[] = []; // of the instances, as far as they were asked for
	private missed = 0; // questions for movement in a row
	private movement = -1; // number of the instance, below 0: none
	private light = -1;
	private resolution = 0; // bits of the light's value
	private row = 0; // of ROWS, by its first place
	private tries = 0;
	private writableAt: Millis = 0;
	private hasWritten = false; // in this set-up
	private isPutOff = false; // a setting that differs waits for `writableAt`
	private readonly refused: number[] = []; // rows that the device did not accept
	private readonly bytes = new Int16Array(ofBlock(IDENTITY, BYTES));
	private place = 0; // in it
	private value = 0; // of the light, as far as it is read
	private bits = 0; // of it; 0: a new value is due

	constructor(
		private readonly owner: InputOwner,
		/** It was lost in the life before, and has not answered since. */
		private isLost: boolean,
		now: Millis,
	) {
		this.stepAt = now + FIRST;
		this.lostAt = now + LOST_AFTER;
	}

	get dueAt(): Millis {
		return Math.min(this.stepAt, this.pollAt, this.lightAt);
	}

	get clear(): Millis {
		const isPolled = this.pollAt <= this.stepAt && this.pollAt <= this.lightAt;
		return isPolled ? CLEAR_OF_POLL : CLEAR;
	}

	/** Another device, which was not written to. */
	renew(now: Millis): void {
		this.writableAt = this.refused.length = 0;
		this.begin(now);
	}

	/** Looks for the device anew. */
	begin(now: Millis): void {
		this.step = COUNT;
		this.stepAt = now;
		this.tries = 0;
	}

	next(now: Millis): number {
		if (now >= this.pollAt) {
			this.asked = POLLED;
			this.pollAt = now + POLL;
			return this.to(this.movement, QUERY_INPUT);
		}
		if (now >= this.lightAt) {
			this.asked = LOOKED;
			return this.to(this.light, this.bits > 0 ? QUERY_INPUT_NEXT : QUERY_INPUT);
		}
		this.asked = STEPPED;
		return this.frame();
	}

	take(answer: number, now: Millis): void {
		if (this.asked === POLLED) this.takeMovement(answer, now);
		else if (this.asked === LOOKED) this.takeLight(answer, now);
		else {
			this.stepAt = now + STEP;
			this.takeStep(answer, now);
		}
		if (now < this.lostAt || this.isLost) return;
		this.isLost = true;
		this.refused.length = this.missed = 0;
		this.pollAt = this.lightAt = Infinity;
		this.begin(now);
		this.owner.onFound(false, now);
	}

	private to(instance: number, opcode: number): number {
		return INSTANCE | (instance << 8) | opcode;
	}

	/** The frame of the step. */
	private frame(): number {
		const { step, row } = this;
		switch (step) {
			case COUNT:
				return DEVICE | QUERY_INSTANCES;
			case TYPES:
				return this.to(this.types.length, QUERY_TYPE);
			case RESOLUTION:
				return this.to(this.light, QUERY_RESOLUTION);
			case QUERY:
				return this.to(this.owned, ROWS[row + 1]!);
			case DATA:
				return DEVICE_DTR0 | ROWS[row + 3]!;
			case SET:
				return TWICE + this.to(this.owned, ROWS[row + 2]!);
			case TO_BANK:
				return DEVICE_DTR1 | ofBlock(IDENTITY, BANK);
			case TO_ADDRESS:
				return DEVICE_DTR0 | ofBlock(IDENTITY, FROM);
			default:
				return DEVICE | READ_DEVICE_MEMORY;
		}
	}

	/** The instance of the row. */
	private get owned(): number {
		return ROWS[this.row] === OCCUPANCY ? this.movement : this.light;
	}

	private takeMovement(answer: number, now: Millis): void {
		if (answer !== VACANT && !SEEN.includes(answer)) {
			this.missed += 1;
			return;
		}
		if (this.missed >= MISSED) this.begin(now);
		this.missed = 0;
		this.lostAt = now + LOST_AFTER;
		if (this.isLost) {
			this.isLost = false;
			this.owner.onFound(true, now);
		}
		this.owner.onSensed(answer !== VACANT, now);
	}

	/** Bytes of the value, the highest first; its lowest bits are filled up. */
	private takeLight(answer: number, now: Millis): void {
		const { resolution } = this;
		const isKnown = isByte(answer);
		if (isKnown) {
			this.value = (this.bits > 0 ? this.value * 256 : 0) + answer;
			this.bits += 8;
			if (this.bits < resolution) return; // the next byte at once
			const value = Math.floor(this.value / 2 ** (this.bits - resolution));
			this.owner.onShare(value / (2 ** resolution - 1), now);
		}
		this.bits = 0;
		this.lightAt = now + LIGHT_EVERY;
	}

	private takeStep(answer: number, now: Millis): void {
		switch (this.step) {
			case COUNT:
				this.count = isByte(answer) ? Math.min(answer, MOST_INSTANCES) : 0;
				this.types = [];
				if (this.count > 0) this.step = TYPES;
				else this.stepAt = now + AGAIN_AFTER;
				break;
			case TYPES:
				this.takeType(answer, now);
				break;
			case RESOLUTION:
				this.resolution = answer > 0 && answer <= MOST_RESOLUTION ? answer : 0;
				if (this.resolution > 0) this.lightAt = now;
				this.firstRow();
				break;
			case QUERY:
				this.compare(answer, now);
				break;
			case DATA:
			case SET:
				this.step = answer === NO_BUS ? QUERY : this.step === DATA ? SET : QUERY;
				break;
			case TO_BANK:
				this.step = TO_ADDRESS;
				break;
			case TO_ADDRESS:
				this.step = READ;
				this.place = 0;
				break;
			default:
				this.bytes[this.place] = isByte(answer) ? answer : SILENCE;
				this.place += 1;
				if (this.place < this.bytes.length) return;
				this.begin(this.isPutOff ? this.writableAt : now + EACH);
				this.owner.onIdentity(this.bytes, now);
		}
	}

	/** Of instances of a type the first one counts. */
	private takeType(answer: number, now: Millis): void {
		if (!isByte(answer) && this.tries < MOST_TRIES) {
			this.tries += 1;
			return;
		}
		this.tries = 0;
		if (this.types.push(answer) < this.count) return;
		this.movement = this.types.indexOf(OCCUPANCY);
		this.light = this.types.indexOf(LIGHT);
		this.pollAt = this.movement < 0 ? Infinity : now;
		this.lightAt = Infinity;
		this.bits = 0;
		if (this.light >= 0) this.step = RESOLUTION;
		else if (this.movement >= 0) this.firstRow();
		else this.begin(now + AGAIN_AFTER);
	}

	private firstRow(): void {
		this.row = -COLUMNS;
		this.hasWritten = this.isPutOff = false;
		this.pass();
	}

	private compare(answer: number, now: Millis): void {
		const { row, refused } = this;
		const isRight = answer >= ROWS[row + 4]! && answer <= ROWS[row + 5]!;
		if (!isRight && now < this.writableAt && !this.hasWritten) {
			this.isPutOff = true;
			this.pass();
			return;
		}
		if (isRight || refused.includes(row) || this.tries >= MOST_TRIES) {
			if (!isRight && answer >= SILENCE && !refused.includes(row)) refused.push(row);
			this.pass();
			return;
		}
		this.tries += 1;
		if (answer < SILENCE) this.stepAt = now + AGAIN_AFTER;
		else {
			this.step = DATA;
			this.hasWritten = true;
			this.writableAt = now + WRITE_EVERY;
		}
	}

	/** The next setting of an instance that the device has. */
	private pass(): void {
		this.tries = 0;
		this.step = QUERY;
		do this.row += COLUMNS;
		while (this.row < ROWS.length && this.owned < 0);
		if (this.row >= ROWS.length) this.step = TO_BANK;
	}
}
