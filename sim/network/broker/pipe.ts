/**
 * Pipe: the embedded broker's end of one lamp's stream, in memory.
 *
 * It takes everything that the broker writes at once (a lamp's queue grows instead; the broker's
 * own limits apply), so that no time-out on a full socket can ever arm.
 */
import { Duplex } from "readable-stream";
import { joined } from "../../../lib/bytes.js";
import type { LampStream } from "../streams.js";

interface PipeOwner {
	/** Output waits in `taken`, or the broker closed: called once until `takeWritten`. */
	onTouched(pipe: LampPipe): void;
}

/** Above any single write of the broker: `write` never asks to wait for drain. */
const NEVER_FULL = 2 ** 30;

export class LampPipe extends Duplex {
	/** Instant of the lamp's last packet (before its CONNECT: of the opening), virtual ms. */
	receivedAt: number;
	/** Keep-alive of the lamp's CONNECT, s; undefined before, 0: none. */
	keepAlive: number | undefined;
	/** Virtual ms of the next check of its silence. */
	checkAt = Infinity;
	readonly #owner: PipeOwner;
	#taken: Uint8Array[] = [];
	#touched = false;

	constructor(
		readonly way: LampStream,
		now: number,
		owner: PipeOwner,
	) {
		super({ writableHighWaterMark: NEVER_FULL, readableHighWaterMark: NEVER_FULL });
		this.receivedAt = now;
		this.#owner = owner;
	}

	/** The broker's output since the last call, in one piece; undefined if none. */
	takeWritten(): Uint8Array | undefined {
		this.#touched = false;
		if (this.#taken.length === 0) return undefined;
		const bytes = this.#taken.length === 1 ? this.#taken[0] : joined(this.#taken);
		this.#taken = [];
		return bytes;
	}

	override _read(): void {} // bytes are pushed when they arrive

	override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
		this.#taken.push(chunk);
		this.#touch();
		done();
	}

	override _writev(chunks: { chunk: Uint8Array }[], done: () => void): void {
		for (const { chunk } of chunks) this.#taken.push(chunk);
		this.#touch();
		done();
	}

	override _destroy(_error: Error | null, done: (error: Error | null) => void): void {
		this.#touch();
		done(null);
	}

	#touch(): void {
		if (this.#touched) return;
		this.#touched = true;
		this.#owner.onTouched(this);
	}
}
