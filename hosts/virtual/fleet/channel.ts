/**
 * Channel: memory shared by a fleet's thread and the street: words, inputs, effects.
 *
 * One side asks, the other answers; both sleep on one word. Atomics order everything else.
 */
import type { FleetOptions } from "./fleet.js";
import { RECORD_BYTES, STAGE_BYTES, Stage, Views } from "./records.js";

/** Requests of the street to a thread. */
export const ASK = {
	run: 0, // until; effects come in portions
	more: 1, // the next portion
	take: 2, // staged inputs, without running
	statistics: 3,
	arm: 4,
	storeRead: 5,
	storeWrite: 6,
	memory: 7,
	end: 8,
	wear: 9,
	luck: 10,
} as const;

/** Effects in one portion; further ones come in further portions. */
export const PORTION_RECORDS = 8192;
export const PORTION_BYTES = 1 << 20; // larger than any one effect

/** Positions of the 32-bit words. */
export const WORD = {
	requested: 0,
	answered: 1,
	ask: 2,
	lamp: 3,
	staged: 4, // inputs
	count: 5, // effects of the run, or length of a text
	portion: 6, // effects in this portion
	portionBytes: 7,
	failed: 8, // 0, or 1: the text says why
	textLength: 9,
} as const;
/** Positions of the float64 numbers, behind the words. */
export const NUMBER = { argument: 8, nextDue: 9, figures: 10 } as const;

const HEAD_BYTES = 256;
const TEXT_BYTES = 8192;
const TEXT_AT = HEAD_BYTES;
const STAGE_AT = TEXT_AT + TEXT_BYTES;
export const RECORDS_AT = STAGE_AT + STAGE_BYTES;
export const BYTES_AT = RECORDS_AT + PORTION_RECORDS * RECORD_BYTES;
const CHANNEL_BYTES = BYTES_AT + PORTION_BYTES;

export interface ThreadData {
	readonly engine: WebAssembly.Module;
	readonly options: FleetOptions;
	readonly buffer: SharedArrayBuffer;
	/** Polls before the thread sleeps. */
	readonly spins: number;
}

export class Channel {
	readonly words: Int32Array;
	readonly numbers: Float64Array;
	readonly views: Views;
	readonly stage: Stage;
	private readonly text: Uint8Array;

	/** `spins`: polls before a side sleeps. */
	constructor(
		readonly spins: number,
		readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(CHANNEL_BYTES),
	) {
		this.words = new Int32Array(buffer, 0, 16);
		this.numbers = new Float64Array(buffer, 0, 32);
		this.text = new Uint8Array(buffer, TEXT_AT, TEXT_BYTES);
		this.views = new Views(buffer);
		this.stage = new Stage(this.views, STAGE_AT);
	}

	/** The stage's own bytes, for a plain copy. */
	stageBytes(): Uint8Array {
		return this.views.uint8.subarray(STAGE_AT, STAGE_AT + STAGE_BYTES);
	}

	/** Wakes the thread with a request. */
	ask(ask: number, lamp = 0, argument = 0): void {
		const { words } = this;
		words[WORD.ask] = ask;
		words[WORD.lamp] = lamp;
		words[WORD.staged] = this.stage.count;
		this.numbers[NUMBER.argument] = argument;
		this.stage.clear();
		Atomics.add(words, WORD.requested, 1);
		Atomics.notify(words, WORD.requested);
	}

	/** Waits for the answer to the last request. */
	wait(): void {
		const last = Atomics.load(this.words, WORD.requested) - 1;
		sleepWhile(this.words, WORD.answered, last, this.spins);
	}

	/** The thread's side: sleeps until a request after the `last` one. */
	waitForAsk(last: number): number {
		sleepWhile(this.words, WORD.requested, last, this.spins);
		return Atomics.load(this.words, WORD.requested);
	}

	answer(requested: number): void {
		Atomics.store(this.words, WORD.answered, requested);
		Atomics.notify(this.words, WORD.answered);
	}

	writeText(value: string): void {
		const bytes = new TextEncoder().encode(value).subarray(0, TEXT_BYTES);
		this.text.set(bytes);
		this.words[WORD.textLength] = bytes.length;
	}

	readText(): string {
		return Buffer.from(this.text.slice(0, this.words[WORD.textLength])).toString("utf8");
	}
}

function sleepWhile(words: Int32Array, index: number, value: number, spins: number): void {
	for (let spin = 0; spin < spins; spin++) if (Atomics.load(words, index) !== value) return;
	while (Atomics.load(words, index) === value) Atomics.wait(words, index, value);
}
