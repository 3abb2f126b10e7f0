/**
 * Paths: the duty of each lamp along its fades, and the order in which their pieces begin.
 *
 * A binary heap of the lamps whose duty moves, by the begin of the next piece, then by number; each
 * lamp stands in it once, so a piece allocates nothing.
 */
import { Carrier, POINT, pathOf } from "../../hosts/moddable/carrier.js";

export class Paths {
	readonly #carriers: readonly Carrier[];
	readonly #next: Float64Array; // begin of each lamp's next piece; Infinity: its duty is held
	readonly #heap: Int32Array;
	readonly #place: Int32Array; // of each lamp in the heap; -1: none
	#count = 0;

	constructor(lamps: number) {
		this.#carriers = Array.from({ length: lamps }, () => new Carrier());
		this.#next = new Float64Array(lamps).fill(Infinity);
		this.#heap = new Int32Array(lamps);
		this.#place = new Int32Array(lamps).fill(-1);
		for (const carrier of this.#carriers) carrier.write(0, 0);
	}

	/** When the next piece of any lamp begins; behind a last piece the duty is held. */
	get next(): number {
		return this.#count > 0 ? this.#next[this.#heap[0]!]! : Infinity;
	}

	/** The lamp whose piece that is. */
	get first(): number {
		return this.#heap[0]!;
	}

	/** Where the duty of a lamp stands, and the piece under way. */
	of(lamp: number): Carrier {
		return this.#carriers[lamp]!;
	}

	isMoving(lamp: number): boolean {
		return this.#place[lamp]! >= 0;
	}

	write(at: number, lamp: number, duty: number): void {
		this.#carriers[lamp]!.write(duty, at);
		this.#settle(at, lamp);
	}

	/** The points of EFFECT.fade; none: the duty of this instant is held. */
	fade(at: number, lamp: number, bytes: Uint8Array): void {
		const carrier = this.#carriers[lamp]!;
		const path = pathOf(bytes);
		if (path.length > 0) carrier.fade(path, path.length / POINT, at);
		else carrier.stop(at);
		this.#settle(at, lamp);
	}

	/** A duty, and points behind it as of Dimmer.fade. */
	follow(at: number, lamp: number, duty: number, path: Uint32Array): void {
		const carrier = this.#carriers[lamp]!;
		carrier.write(duty, at);
		if (path.length > 0) carrier.fade(path, path.length / POINT, at);
		this.#settle(at, lamp);
	}

	/** Takes up the next piece; of several at one instant the last one, for the others are jumps. */
	advance(): void {
		this.#settle(this.next, this.first);
	}

	#settle(at: number, lamp: number): void {
		const carrier = this.#carriers[lamp]!;
		while (carrier.nextAt <= at) carrier.advance();
		this.#next[lamp] = carrier.nextAt;
		const place = this.#place[lamp]!;
		if (this.#next[lamp]! < Infinity) this.#lift(lamp, place < 0 ? this.#count++ : place);
		else if (place >= 0) this.#remove(lamp, place);
	}

	#remove(lamp: number, place: number): void {
		this.#place[lamp] = -1;
		const last = this.#heap[--this.#count]!;
		if (last !== lamp) this.#lift(last, place);
	}

	/** Puts a lamp where it belongs, from a place that is free or its own. */
	#lift(lamp: number, place: number): void {
		let hole = place;
		while (hole > 0) {
			const parent = (hole - 1) >> 1;
			if (!this.#isBefore(lamp, this.#heap[parent]!)) break;
			this.#put(this.#heap[parent]!, hole);
			hole = parent;
		}
		for (;;) {
			let child = 2 * hole + 1;
			if (child >= this.#count) break;
			const other = child + 1;
			if (other < this.#count && this.#isBefore(this.#heap[other]!, this.#heap[child]!))
				child = other;
			if (!this.#isBefore(this.#heap[child]!, lamp)) break;
			this.#put(this.#heap[child]!, hole);
			hole = child;
		}
		this.#put(lamp, hole);
	}

	#put(lamp: number, place: number): void {
		this.#heap[place] = lamp;
		this.#place[lamp] = place;
	}

	#isBefore(lamp: number, other: number): boolean {
		const at = this.#next[lamp]!;
		const others = this.#next[other]!;
		return at < others || (at === others && lamp < other);
	}
}
