/**
 * Download: an image from its server into the inactive slot, hashed on the way.
 *
 * Inputs only record; `tick` takes one bounded piece, so that no callback delays an edge of the
 * PIR: a piece erases one sector of flash at most. After a lost connection the download resumes
 * where it ended.
 */
import type { Host, StreamEnd, StreamId, StreamTarget } from "../host.js";
import type { Millis } from "../units.js";
import { type HttpFault, REQUEST_BYTES, ResponseHead, writeRequest } from "./http.js";
import type { ImageSource } from "./offer.js";

/** 1 KB: a hundredth of a second of flash and digest; at most one erase (45 ms, W25Q32). */
export const TAKE_BYTES = 1024;
/** Pause between two pieces, in which other inputs get their turn. */
const TAKE_PAUSE: Millis = 5;
/** From opening the stream to the end of the head: DNS, TCP, a TLS handshake, the server. */
export const ANSWER_TIMEOUT: Millis = 30_000;
/** Three times the longest round trip of cellular and mesh backhaul. */
export const SILENCE_TIMEOUT: Millis = 30_000;
/** Least average pace, bytes a second: a tenth of the slowest backhaul (mesh, 20 kbit/s). */
const PACE_LEAST = 256;
/** Of one connection: a slower link continues in the next, after a session of the broker. */
const CONNECTION_TIME_MAX: Millis = 900_000;

export type DownloadFault =
	| HttpFault
	| StreamEnd
	| "notAvailable" // no stream is free
	| "slotFailed"
	| "wrongHash";

export type DownloadDoors = Pick<Host, "streams" | "images" | "crypto" | "utf8">;

type State = "closed" | "opening" | "head" | "body";

export class Download {
	/** Bytes of the image that are written and hashed. */
	received = 0;
	dueAt: Millis = Infinity;
	private readonly doors: DownloadDoors;
	private readonly source: ImageSource;
	private readonly length: number;
	private readonly digest: Uint8Array;
	private readonly bytes = new Uint8Array(Math.max(TAKE_BYTES, REQUEST_BYTES));
	private state: State = "closed";
	private stream: StreamId = -1;
	private head: ResponseHead;
	private end: StreamEnd | undefined;
	private from = 0; // first byte that was requested, then of the body
	private timeoutAt: Millis = Infinity;
	private bodyAt: Millis = 0; // end of the head
	private hasBegun = false;

	constructor(doors: DownloadDoors, source: ImageSource, length: number, digest: Uint8Array) {
		this.doors = doors;
		this.source = source;
		this.length = length;
		this.digest = digest;
		this.head = new ResponseHead(doors.utf8);
	}

	/** Opens the stream, and the slot the first time; `tick` returns the result. */
	connect(now: Millis, target: StreamTarget): DownloadFault | undefined {
		if (!this.hasBegun && !this.begin()) return "slotFailed";
		const stream = this.doors.streams.open(target);
		if (stream === "notAvailable") return "notAvailable";
		this.stream = stream;
		this.state = "opening";
		this.end = undefined;
		this.head = new ResponseHead(this.doors.utf8);
		this.timeoutAt = now + ANSWER_TIMEOUT;
		this.dueAt = this.timeoutAt;
		return undefined;
	}

	owns(id: StreamId): boolean {
		return this.state !== "closed" && this.stream === id;
	}

	/** The stream is open, readable, or has room to write. */
	onReady(now: Millis): void {
		this.dueAt = Math.min(this.dueAt, Math.max(now, this.nextTakeAt));
	}

	/** The stream closed; bytes that came before can still be read. */
	onClosed(now: Millis, end: StreamEnd): void {
		this.end = end;
		this.onReady(now);
	}

	/** `"whole"`: the slot holds the image with the signed digest. A fault ends the connection. */
	tick(now: Millis): "whole" | DownloadFault | undefined {
		const outcome = this.state === "opening" ? this.ask() : this.takePiece(now);
		if (outcome === undefined) {
			if (now < this.timeoutAt) return undefined;
			this.close();
			return "timedOut";
		}
		this.close();
		return outcome;
	}

	/** Closes the stream; the received bytes stay. */
	close(): void {
		if (this.state !== "closed" && this.end === undefined) this.doors.streams.close(this.stream);
		this.state = "closed";
		this.dueAt = Infinity;
		this.timeoutAt = Infinity;
	}

	private nextTakeAt: Millis = 0;

	private begin(): boolean {
		this.received = 0;
		this.hasBegun = this.doors.images.begin(this.length) === true;
		this.doors.crypto.running.begin();
		return this.hasBegun;
	}

	private ask(): DownloadFault | undefined {
		this.dueAt = this.timeoutAt;
		if (this.end !== undefined) return this.end;
		const { streams, utf8 } = this.doors;
		if (streams.writable(this.stream) < REQUEST_BYTES) return undefined;
		this.from = this.received;
		const count = writeRequest(this.source, this.from, utf8, this.bytes);
		if (count < 0 || !streams.write(this.stream, this.bytes, 0, count)) return "badResponse";
		this.state = "head";
		return undefined;
	}

	private takePiece(now: Millis): "whole" | DownloadFault | undefined {
		if (this.state === "closed") return undefined;
		const count = this.doors.streams.read(this.stream, this.bytes);
		if (count === 0) {
			this.dueAt = this.timeoutAt;
			return this.end;
		}
		this.nextTakeAt = now + TAKE_PAUSE;
		this.dueAt = this.nextTakeAt;
		let start = 0;
		if (this.state === "head") {
			start = this.head.take(this.bytes, 0, count);
			if (this.head.fault) return this.head.fault;
			if (!this.head.isDone) return undefined;
			const at = this.head.start(this.from, this.length);
			if (typeof at !== "number") return at;
			if (at !== this.received && !this.begin()) return "slotFailed";
			this.state = "body";
			this.from = at;
			this.bodyAt = now;
		}
		const outcome = this.keep(start, count - start);
		const paid = SILENCE_TIMEOUT + (1000 * (this.received - this.from)) / PACE_LEAST;
		this.timeoutAt = Math.min(
			now + SILENCE_TIMEOUT,
			this.bodyAt + Math.min(paid, CONNECTION_TIME_MAX),
		);
		return outcome;
	}

	private keep(start: number, count: number): "whole" | DownloadFault | undefined {
		if (count > this.length - this.received) return "wrongLength";
		if (count > 0) {
			const { images, crypto } = this.doors;
			if (images.write(this.bytes, start, count) !== true) {
				this.hasBegun = false;
				return "slotFailed";
			}
			crypto.running.add(this.bytes, start, count);
			this.received += count;
		}
		if (this.received < this.length) return undefined;
		this.hasBegun = false; // a further attempt starts at byte 0
		return isSame(this.doors.crypto.running.end(), this.digest) ? "whole" : "wrongHash";
	}
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
	for (let at = 0; at < b.length; at += 1) if (a[at] !== b[at]) return false;
	return a.length === b.length;
}
