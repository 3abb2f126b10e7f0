/**
 * Records: layout of inputs and effects in memory, for the machine's C and for both sides of a
 * thread.
 *
 * One record: instant (float64), value (float64), lamp (uint32), kind and channel (uint16), length
 * and offset of its bytes (uint32). The same layout is `Item` in `machine/fleet.c`.
 */
import { type EffectKind, STAGED_BYTES } from "../protocol.js";
import type { EffectVisitor, Statistics } from "./fleet.js";

export const RECORD_BYTES = 32;
/** Records that the machine takes in one call (STAGED_RECORDS of fleet.c). */
export const STAGED_RECORDS = 1024;
export const STAGE_BYTES = STAGED_RECORDS * RECORD_BYTES + STAGED_BYTES;

const NOTHING = new Uint8Array(0);

/** The views through which a buffer of records is written and read. */
export class Views {
	readonly float64: Float64Array;
	readonly uint32: Uint32Array;
	readonly uint16: Uint16Array;
	readonly uint8: Uint8Array;

	constructor(buffer: ArrayBufferLike) {
		this.float64 = new Float64Array(buffer);
		this.uint32 = new Uint32Array(buffer);
		this.uint16 = new Uint16Array(buffer);
		this.uint8 = new Uint8Array(buffer);
	}
}

/** Inputs on their way to a machine, which takes them in one call. */
export class Stage {
	count = 0;
	bytesUsed = 0;
	earliest = Infinity;

	/** `at`: begin of the stage in the buffer of `views`, a multiple of 8. */
	constructor(
		public views: Views,
		readonly at: number,
	) {}

	hasRoom(bytes: number): boolean {
		return this.count < STAGED_RECORDS && this.bytesUsed + bytes <= STAGED_BYTES;
	}

	put(
		lamp: number,
		at: number,
		kind: number,
		value: number,
		channel: number,
		bytes: Uint8Array | undefined,
	): void {
		const { float64, uint32, uint16, uint8 } = this.views;
		const byte = this.at + this.count * RECORD_BYTES;
		const length = bytes === undefined ? 0 : bytes.length;
		float64[byte >> 3] = at;
		float64[(byte >> 3) + 1] = value;
		uint32[(byte >> 2) + 4] = lamp;
		uint16[(byte >> 1) + 10] = kind;
		uint16[(byte >> 1) + 11] = channel;
		uint32[(byte >> 2) + 6] = length;
		uint32[(byte >> 2) + 7] = this.bytesUsed;
		if (bytes !== undefined) {
			uint8.set(bytes, this.at + STAGED_RECORDS * RECORD_BYTES + this.bytesUsed);
			this.bytesUsed += length;
		}
		this.count++;
		if (at < this.earliest) this.earliest = at;
	}

	clear(): void {
		this.count = 0;
		this.bytesUsed = 0;
		this.earliest = Infinity;
	}
}

/** Effects of one machine, in its order, to be walked once. */
export class Effects {
	private next = 0;
	private count = 0;
	private recordsAt = 0;
	private bytesAt = 0;
	private views: Views | undefined;

	reset(views: Views, recordsAt: number, bytesAt: number, count: number): void {
		this.views = views;
		this.recordsAt = recordsAt;
		this.bytesAt = bytesAt;
		this.count = count;
		this.next = 0;
	}

	drop(): void {
		this.count = 0;
		this.next = 0;
	}

	rewind(): void {
		this.next = 0;
	}

	get left(): number {
		return this.count - this.next;
	}

	/** Instant of the next one; valid while `left` is not 0. */
	get at(): number {
		return this.views!.float64[(this.recordsAt >> 3) + this.next * 4]!;
	}

	take(visit: EffectVisitor): void {
		const { float64, uint32, uint16, uint8 } = this.views!;
		const byte = this.recordsAt + this.next++ * RECORD_BYTES;
		const word = byte >> 2;
		const length = uint32[word + 6]!;
		const from = this.bytesAt + uint32[word + 7]!;
		visit(
			uint16[(byte >> 1) + 10] as EffectKind,
			float64[byte >> 3]!,
			uint32[word + 4]!,
			float64[(byte >> 3) + 1]!,
			uint16[(byte >> 1) + 11]!,
			length ? uint8.subarray(from, from + length) : NOTHING,
		);
	}
}

/** The figures of a machine in the order of `fleetStatistics` (fleet.c). */
export function statisticsOf(figure: (index: number) => number): Statistics {
	return {
		computrons: figure(0),
		turns: figure(1),
		slotsLive: figure(2),
		slotsPeak: figure(3),
		chunksLive_bytes: figure(4),
		chunksPeak_bytes: figure(5),
		stackPeak_slots: figure(6),
		collections: figure(7),
		flashErases: figure(8),
		flashBytesWritten: figure(9),
		storeWrites: figure(10),
	};
}
