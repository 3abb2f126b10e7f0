/**
 * Lamp streams: the path between a lamp's streams and the broker, embedded or external.
 *
 * A packet takes LATENCY and some jitter each way; the order within a stream is kept, as TCP does.
 * The jitter of lamp n is its own random stream, so that no lamp's traffic shifts another's. A
 * stream here lives from the lamp's `open` to the end of either side. With a slow link the latency
 * is that of slowlink.ts.
 */
import type { InputKind } from "../../hosts/virtual/protocol.js";
import {
	INPUT,
	SEND_WINDOW_BYTES,
	STAGED_BYTES,
	STREAM_END,
	STREAMS,
} from "../../hosts/virtual/protocol.js";
import type { StreamEnd } from "../../src/host.js";
import type { Post } from "../street/network.js";
import { LOOKAHEAD } from "../street/network.js";
import { TimedQueue } from "../util/timedqueue.js";
import { HANDSHAKE_BYTES, HANDSHAKE_TRIPS, leftAt, type SlowLink } from "./slowlink.js";

/**
 * Latency of one way through the network, ms: above LOOKAHEAD, so that no answer comes into a
 * running window. There and back it is the 100 ms of a mobile network for machines (LTE-M).
 */
export const LATENCY = LOOKAHEAD + 1;
/** On top of it 0..JITTER ms, evenly. */
export const JITTER = 8;
/**
 * The lamp learns in steps of this many bytes that its send window has room again, as receivers
 * avoid silly windows (RFC 9293, 3.8.6.2.2): a wake-up for each small report would double its cost.
 */
const WINDOW_STEP_BYTES = SEND_WINDOW_BYTES / 4;

/** One stream of one lamp. */
export class LampStream {
	/** The lamp has it open; else nothing is delivered any more. */
	live = true;
	/** Instant of the last delivery each way: nothing overtakes. */
	lastDown = 0;
	lastUp = 0;
	/** Until then a slow link is busy with earlier bytes, each way. */
	busyDown = 0;
	busyUp = 0;
	/** Bytes that arrived and are not yet reported to the lamp's send window. */
	unreported = 0;

	constructor(
		readonly lamp: number,
		readonly channel: number,
	) {}
}

interface Delivery {
	readonly at: number;
	readonly lamp: number;
	readonly way: LampStream;
	readonly kind: InputKind;
	readonly value: number;
	readonly bytes: Uint8Array | undefined;
}

/** All streams of all lamps, and their data on the way down. */
export class LampStreams {
	readonly #ways = new Map<number, LampStream>();
	readonly #down = new TimedQueue<Delivery>();
	readonly #jitter = new Map<number, number>();

	constructor(
		readonly seed: number,
		private readonly slow?: SlowLink,
	) {}

	/** The lamp opens a stream; an earlier one of the same number is lost, as after a reset. */
	open(lamp: number, channel: number): LampStream {
		const way = new LampStream(lamp, channel);
		const key = lamp * STREAMS + channel;
		const before = this.#ways.get(key);
		if (before) before.live = false;
		this.#ways.set(key, way);
		return way;
	}

	get(lamp: number, channel: number): LampStream | undefined {
		const way = this.#ways.get(lamp * STREAMS + channel);
		return way?.live ? way : undefined;
	}

	/** The machine is gone with all its streams; the peer receives no end. */
	lose(lamp: number): void {
		for (let channel = 0; channel < STREAMS; channel++) this.end(lamp, channel);
	}

	/** All open streams of a lamp. */
	of(lamp: number): LampStream[] {
		const open: LampStream[] = [];
		for (let channel = 0; channel < STREAMS; channel++) {
			const way = this.get(lamp, channel);
			if (way) open.push(way);
		}
		return open;
	}

	/** The lamp closed: nothing more is delivered. */
	end(lamp: number, channel: number): void {
		const key = lamp * STREAMS + channel;
		const way = this.#ways.get(key);
		if (way) way.live = false;
		this.#ways.delete(key);
	}

	nextDue(): number {
		return this.#down.nextDue();
	}

	/** The instant at which `count` bytes that the lamp writes at `at` have reached the broker. */
	arrival(way: LampStream, at: number, count = 0): number {
		const { slow } = this;
		if (!slow)
			return (way.lastUp = Math.max(at + LATENCY + this.#nextJitter(way.lamp), way.lastUp));
		way.busyUp = this.#leftAt(slow, way, Math.max(at, way.busyUp), count);
		return (way.lastUp = Math.max(way.busyUp + slow.delay, way.lastUp));
	}

	/** Likewise of a TLS handshake that begins at `at`. */
	secured(way: LampStream, at: number): number {
		if (!this.slow) return this.arrival(way, at);
		const from = at + 2 * HANDSHAKE_TRIPS * this.slow.delay;
		return this.arrival(way, from, HANDSHAKE_BYTES);
	}

	/** Sends an input down to the lamp, from the broker's instant `now`. */
	send(way: LampStream, now: number, kind: InputKind, value: number, bytes?: Uint8Array): void {
		const due = this.#dueDown(way, now, bytes?.length ?? 0);
		const at = (way.lastDown = Math.max(due, way.lastDown));
		this.#down.push({ at, lamp: way.lamp, way, kind, value, bytes });
	}

	/** Sends bytes of the stream, in the pieces that a lamp's host takes at a time. */
	sendBytes(way: LampStream, now: number, bytes: Uint8Array): void {
		for (let start = 0; start < bytes.length; start += STAGED_BYTES) {
			const piece = bytes.subarray(start, start + STAGED_BYTES);
			this.send(way, now, INPUT.streamReadable, piece.length, piece);
		}
	}

	sendEnd(way: LampStream, now: number, end: StreamEnd): void {
		this.send(way, now, INPUT.streamClosed, STREAM_END.indexOf(end));
	}

	/** Counts bytes that reached the other side; the send window opens in steps. */
	reached(way: LampStream, now: number, count: number): void {
		way.unreported += count;
		if (way.unreported < WINDOW_STEP_BYTES) return;
		this.send(way, now, INPUT.streamWritable, way.unreported);
		way.unreported = 0;
	}

	/** Posts due inputs; those of a stream that has ended are dropped. */
	deliver(until: number, post: Post): void {
		for (let due = this.#down.take(until); due; due = this.#down.take(until)) {
			const { at, lamp, way, kind, value, bytes } = due;
			if (!way.live) continue;
			if (kind === INPUT.streamClosed) this.end(lamp, way.channel);
			post(lamp, at, kind, value, way.channel, bytes);
		}
	}

	#dueDown(way: LampStream, now: number, count: number): number {
		const { slow } = this;
		if (!slow) return now + LATENCY + this.#nextJitter(way.lamp);
		way.busyDown = this.#leftAt(slow, way, Math.max(now, way.busyDown), count);
		return way.busyDown + slow.delay;
	}

	#leftAt(slow: SlowLink, { lamp }: LampStream, from: number, count: number): number {
		return leftAt(slow, from, count, () => this.#draw(lamp) / 2 ** 32);
	}

	#nextJitter(lamp: number): number {
		return this.#draw(lamp) % (JITTER + 1);
	}

	/** splitmix32 of (seed, lamp, number of draws): the whole state is one number a lamp. */
	#draw(lamp: number): number {
		const state = ((this.#jitter.get(lamp) ?? start(this.seed, lamp)) + 0x9e3779b9) | 0;
		this.#jitter.set(lamp, state);
		let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	}
}

function start(seed: number, lamp: number): number {
	return Math.imul(seed ^ 0x6c756d69, 0x85ebca6b) ^ Math.imul(lamp, 0xc2b2ae35);
}
