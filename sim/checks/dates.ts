/**
 * Dates: whether a lamp must have the right date, from the answers that reached it.
 *
 * A lamp has the date from its first answer on, for as long as it has power. After a wrong answer
 * nothing is required of it any more: it may wait for others that agree, or keep a bound in its
 * store, so the checks allow for every date.
 */

import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import type { Witness } from "../street/witness.js";

/** An answer that is further off is a wrong one, ms. */
const RIGHT_WITHIN = 30_000;
/** The clock and the program are set in the turn of the answer; the light falls in at most so long. */
const SETTLED_AFTER = 15_000;
/** Error of a program by a midnight learnt from the nights (docs/time.md) ... */
const MIDNIGHT_ERROR = 15 * MINUTE;
/** ... once so many nights have been learnt. */
const LEARNT_AFTER = 4 * DAY;
/** A switched feeder that was off for less did not end the night. */
const NIGHT_OFF = 3 * HOUR;
/** A lamp that boots in less light than this did not boot at dusk, lux. */
const DEEP_NIGHT = 5;

export class Dates implements Witness {
	readonly #rightFrom: Float64Array; // Infinity: it need not have the date
	readonly #lied: Uint8Array; // an answer was wrong
	readonly #endedAt: Float64Array;
	/** It has no midnight of this night: no program without a date until the day. */
	readonly #timeless: Uint8Array;
	/** Until then nothing disturbed the nights that it learns from; Infinity: nothing did. */
	readonly #learntUntil: Float64Array;
	#lux = 0;

	constructor(
		count: number,
		private readonly isSwitched: boolean,
		private readonly dayLevel: number,
	) {
		this.#rightFrom = new Float64Array(count).fill(Infinity);
		this.#lied = new Uint8Array(count);
		this.#endedAt = new Float64Array(count).fill(-Infinity);
		this.#timeless = new Uint8Array(count);
		this.#learntUntil = new Float64Array(count).fill(Infinity);
	}

	/** It must have the right date. */
	isRight(at: number, lamp: number): boolean {
		return at >= this.#rightFrom[lamp]!;
	}

	/** It may have a wrong one. */
	mayBeWrong(lamp: number): boolean {
		return this.#lied[lamp] === 1;
	}

	/** How wrong the instants of its program may be, ms; Infinity: it need not have a program. */
	errorOf(at: number, lamp: number): number {
		if (this.isRight(at, lamp)) return 0;
		if (this.#lied[lamp] || this.#timeless[lamp]) return Infinity;
		const hasLearnt = at >= LEARNT_AFTER && this.#learntUntil[lamp]! >= at;
		return hasLearnt ? MIDNIGHT_ERROR : Infinity;
	}

	/** Something other than the sky ruled one of its nights. */
	disturb(at: number, lamp: number): void {
		this.#learntUntil[lamp] = Math.min(this.#learntUntil[lamp]!, at);
	}

	onTime(at: number, lamp: number, error: number): void {
		if (Math.abs(error) > RIGHT_WITHIN) {
			this.#lied[lamp] = 1;
			this.#rightFrom[lamp] = Infinity;
		} else if (!this.#lied[lamp])
			this.#rightFrom[lamp] = Math.min(this.#rightFrom[lamp]!, at + SETTLED_AFTER);
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		if (!restarted) this.#rightFrom[lamp] = Infinity;
		const isRest = this.isSwitched && at - this.#endedAt[lamp]! < NIGHT_OFF;
		if (isRest || this.#lux < DEEP_NIGHT) this.#timeless[lamp] = 1;
	}

	onEnd(at: number, lamp: number): void {
		this.#endedAt[lamp] = at;
	}

	onDaylight(_at: number, lux: number): void {
		this.#lux = lux;
		if (lux >= this.dayLevel) this.#timeless.fill(0);
	}
}
