/**
 * Carrier: where a duty stands on a path of `Dimmer.fade`, by arithmetic.
 *
 * For hosts that move the light themselves, the simulator's world, and tests. The C of the pole
 * controller (`hosts/esp32/fade.c`) computes the same.
 */
import type { Duty, Millis } from "luminode/units";

/** Numbers of a point: ms from the start of its path, and the duty there; and its bytes. */
export const POINT = 2;
export const POINT_BYTES = 8;

/** A path from its bytes, the low one first. */
export function pathOf(bytes: Uint8Array): Uint32Array {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Uint32Array.from({ length: bytes.length / 4 }, (_, index) =>
		view.getUint32(index * 4, true),
	);
}

/** A path as text: ` +MS:DUTY` for each point. */
export function pathText(path: Uint32Array, count: number): string {
	let text = "";
	for (let index = 0; index < count; index += 1)
		text += ` +${path[index * POINT]}:${path[index * POINT + 1]}`;
	return text;
}

const NO_PATH = new Uint32Array(0);

export class Carrier {
	/** End of the piece under way, and the duty there; before `pieceFrom` the path has not begun. */
	pieceUntil: Millis = -Infinity;
	pieceTo = 0;
	private pieceFrom: Millis = -Infinity;
	private from = 0; // duty at `pieceFrom`
	private startedAt: Millis = 0;
	private path = NO_PATH;
	private next = 0; // number of the point behind the piece
	private count = 0;

	/** Of the same path at the same place. */
	copy(): Carrier {
		return Object.assign(new Carrier(), this); // a path is never changed
	}

	/** Holds a duty from `now` on. */
	write(duty: number, now: Millis): void {
		this.count = 0;
		this.next = 0;
		this.hold(duty, now);
	}

	/** Holds the duty of this instant. */
	stop(now: Millis): void {
		this.write(this.dutyAt(now), now);
	}

	/** Begins a path at `now`; copies it. */
	fade(path: Uint32Array, count: number, now: Millis): void {
		const duty = this.dutyAt(now);
		this.path = path.slice(0, count * POINT);
		this.startedAt = now;
		this.count = count;
		this.next = 0;
		this.hold(duty, now);
	}

	/** The duty at the end of the path. */
	get end(): number {
		return this.next < this.count ? this.path[this.count * POINT - 1]! : this.pieceTo;
	}

	/** When the next piece begins; Infinity: the path is at its end. */
	get nextAt(): Millis {
		return this.next < this.count || this.pieceUntil > this.pieceFrom ? this.pieceUntil : Infinity;
	}

	/** Takes up the piece that begins at `nextAt`; behind the last one the duty is held. */
	advance(): void {
		const at = this.pieceUntil;
		const duty = this.pieceTo;
		const index = this.next * POINT;
		if (this.next >= this.count) {
			this.hold(duty, at);
			return;
		}
		this.next += 1;
		this.pieceFrom = at;
		this.from = duty;
		this.pieceUntil = this.startedAt + this.path[index]!;
		this.pieceTo = this.path[index + 1]!;
	}

	/** The duty at an instant of the piece under way, to the nearest whole one. */
	dutyAt(now: Millis): Duty {
		if (now >= this.pieceUntil) return this.pieceTo as Duty;
		const share = (now - this.pieceFrom) / (this.pieceUntil - this.pieceFrom);
		return Math.round(this.from + (this.pieceTo - this.from) * share) as Duty;
	}

	private hold(duty: number, at: Millis): void {
		this.from = duty;
		this.pieceFrom = at;
		this.pieceTo = duty;
		this.pieceUntil = at;
	}
}
