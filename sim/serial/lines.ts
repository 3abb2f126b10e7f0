/**
 * Lines: the lamps' serial lines.
 *
 * 115200 8N1: a byte takes 10 bits, 86.8 us of virtual time, each way. A line without a terminal is
 * sent all the same.
 */
import { INPUT, SERIAL_FIFO_BYTES } from "../../hosts/virtual/protocol.js";
import { LOOKAHEAD, type Post, SHORT_LOOKAHEAD } from "../street/network.js";
import { TimedQueue } from "../util/timedqueue.js";

const BYTES_PER_MS = 115_200 / 10 / 1_000;
/** Bytes delivered to the lamp at a time: half its FIFO, the UART driver's threshold. */
const TAKE_BYTES = SERIAL_FIFO_BYTES / 2;
/**
 * Pasted text waits here for the line; bytes beyond it are lost, as on a wire without handshake.
 */
const PASTE_MAX_BYTES = 16_384;
/**
 * A lamp logs out ten minutes of its time after the last byte, which at 600x is a second. A page at
 * the line sends NUL this often, ms: the lamp's editor ignores it.
 */
const ATTEND_EVERY = 5 * 60_000;
const NUL = new Uint8Array(1);

interface Arrival {
	readonly at: number;
	readonly lamp: number;
	/** Bytes for the lamp; absent: a number of bytes that left its FIFO. */
	readonly bytes: Uint8Array | undefined;
	readonly count: number;
	/** A NUL, sent again and again while a page is at the line. */
	readonly isKept?: boolean;
}

interface Line {
	/** Instants until which the wire is busy, each way. */
	outBusy: number;
	inBusy: number;
	inWaiting: number;
	readonly listeners: Set<(bytes: Uint8Array) => void>;
	/** Pages at the line, and whether a NUL is on its way. */
	pages: number;
	isAttended: boolean;
}

export class SerialLines {
	readonly #lines = new Map<number, Line>();
	readonly #queue = new TimedQueue<Arrival>();
	#terminals = 0; // listeners of all lines
	/** Last instant of the window that the street is in. */
	#windowEnd = -1;

	constructor(
		readonly lamps: number,
		readonly now: () => number,
	) {}

	/** The longest window, ms: a terminal shall not wait for the FIFO's room. */
	get lookahead(): number {
		return this.#terminals > 0 ? SHORT_LOOKAHEAD : LOOKAHEAD;
	}

	/** The lamp wrote `bytes` into its FIFO at `at`; they leave one by one. */
	onWrite(lamp: number, at: number, bytes: Uint8Array): void {
		const line = this.#line(lamp);
		line.outBusy = Math.max(line.outBusy, at) + bytes.length / BYTES_PER_MS;
		// a terminal plugged in during a window shortens the next one, not the one under way
		const soonest = Math.max(at + this.lookahead, this.#windowEnd) + 1;
		const left = Math.ceil(Math.max(line.outBusy, soonest));
		this.#queue.push({ at: left, lamp, bytes: undefined, count: bytes.length });
		if (line.listeners.size === 0) return;
		const copy = Uint8Array.from(bytes);
		for (const listener of line.listeners) listener(copy);
	}

	/** Types `bytes` at lamp `lamp`. */
	type(lamp: number, bytes: Uint8Array): void {
		const line = this.#line(lamp);
		for (let start = 0; start < bytes.length; start += TAKE_BYTES) {
			const take = Uint8Array.from(bytes.subarray(start, start + TAKE_BYTES));
			if (line.inWaiting + take.length > PASTE_MAX_BYTES) return;
			line.inWaiting += take.length;
			line.inBusy = Math.max(line.inBusy, this.now()) + take.length / BYTES_PER_MS;
			this.#queue.push({ at: Math.ceil(line.inBusy), lamp, bytes: take, count: take.length });
		}
	}

	/** Calls back with all output of lamp `lamp` from now on. @returns ends the calls */
	listen(lamp: number, listener: (bytes: Uint8Array) => void): () => void {
		const { listeners } = this.#line(lamp);
		listeners.add(listener);
		this.#terminals++;
		return () => {
			if (listeners.delete(listener)) this.#terminals--;
		};
	}

	/** Likewise for a page, which keeps the session open while it is at the line. */
	attend(lamp: number, listener: (bytes: Uint8Array) => void): () => void {
		const line = this.#line(lamp);
		const unplug = this.listen(lamp, listener);
		let isThere = true;
		line.pages++;
		if (!line.isAttended) this.#keep(lamp, line, this.now());
		return () => {
			unplug();
			if (isThere) line.pages--;
			isThere = false;
		};
	}

	/** The next NUL, after `at`. */
	#keep(lamp: number, line: Line, at: number): void {
		line.isAttended = true;
		const due = Math.ceil(at + ATTEND_EVERY);
		this.#queue.push({ at: due, lamp, bytes: NUL, count: 1, isKept: true });
	}

	nextDue(): number {
		return this.#queue.nextDue();
	}

	deliver(until: number, post: Post): void {
		this.#windowEnd = until;
		for (let due = this.#queue.take(until); due; due = this.#queue.take(until)) {
			const { at, lamp, bytes, count, isKept } = due;
			const line = this.#line(lamp);
			if (isKept) {
				line.isAttended = false;
				if (line.pages === 0) continue;
				this.#keep(lamp, line, at);
			} else if (bytes) line.inWaiting -= count;
			post(lamp, at, bytes ? INPUT.serialReadable : INPUT.serialWritable, count, 0, bytes);
		}
	}

	#line(lamp: number): Line {
		let line = this.#lines.get(lamp);
		if (!line) {
			line = {
				outBusy: 0,
				inBusy: 0,
				inWaiting: 0,
				listeners: new Set(),
				pages: 0,
				isAttended: false,
			};
			this.#lines.set(lamp, line);
		}
		return line;
	}
}
