/**
 * Pipe: the embedded broker's end of one lamp's stream, in memory.
 *
 * It takes whatever the broker writes at once (a lamp's queue grows instead; the broker's own limits
 * apply), so that no time-out on a full socket can ever arm.
 */
import { Duplex } from "node:stream";
import type { LampStream } from "../streams.js";

export interface PipeOwner {
	/** Something waits in `taken`, or the broker closed: called once until `takeWritten`. */
	onTouched(pipe: LampPipe): void;
}

/** Above anything the broker writes in one go: `write` never answers "wait for drain". */
const NEVER_FULL = 2 ** 30;

export class LampPipe extends Duplex {
	/** Last instant at which the lamp was heard (before its CONNECT: opened), virtual ms. */
	heardAt: number;
	/** Seconds of silence the lamp announced in CONNECT; undefined before, 0: any. */
	keepAlive: number | undefined;
	/** Virtual ms at which its silence is next looked at. */
	checkAt = Infinity;
	readonly #owner: PipeOwner;
	#taken: Buffer[] = [];
	#touched = false;

	constructor(
		readonly way: LampStream,
		now: number,
		owner: PipeOwner,
	) {
		super({ writableHighWaterMark: NEVER_FULL, readableHighWaterMark: NEVER_FULL });
		this.heardAt = now;
		this.#owner = owner;
	}

	/** What the broker wrote since the last call, in one piece; undefined if nothing. */
	takeWritten(): Buffer | undefined {
		this.#touched = false;
		if (this.#taken.length === 0) return undefined;
		const bytes = this.#taken.length === 1 ? this.#taken[0] : Buffer.concat(this.#taken);
		this.#taken = [];
		return bytes;
	}

	override _read(): void {} // bytes are pushed when they arrive

	override _write(chunk: Buffer, _encoding: string, done: () => void): void {
		this.#taken.push(chunk);
		this.#touch();
		done();
	}

	override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
		for (const { chunk } of chunks) this.#taken.push(chunk);
		this.#touch();
		done();
	}

	override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
		this.#touch();
		done();
	}

	#touch(): void {
		if (this.#touched) return;
		this.#touched = true;
		this.#owner.onTouched(this);
	}
}
