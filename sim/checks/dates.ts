/**
 * Dates: whether a lamp must have the right date, and which wrong one it may have, from the answers
 * that reached it (docs/broker.md, telemetry).
 *
 * A lamp has the date from its first answer on, for as long as it has power. An answer that is far
 * off waits for a second one that agrees with it; a lamp without a date takes the first. From then
 * on its date may be wrong by as much, until two right answers came a minute apart, or until the city
 * has told it the date, after which it takes no wrong one in that life.
 */

import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import type { Witness } from "../street/witness.js";

/** An answer that is further off is a wrong one, ms. */
const RIGHT_WITHIN = 30_000;
/** Answers agree within this, and one that moves the clock by less is accepted at once. */
const AGREED_WITHIN = 20 * MINUTE;
/** Of two answers that agree the second is this much later at least. */
const CONFIRMED_AFTER = MINUTE;
/** The clock and the program are set in the turn of the answer; the light falls in at most so long. */
const SETTLED_AFTER = 15_000;
/** A clock that is wrong by more, day and night apart, may be in conflict with the sun ... */
const CONFLICT_ERROR = 4 * HOUR;
/** ... until a noon or midnight after it is right again. */
const CONFLICT_LASTS = 14 * HOUR;
/** Error of a program by a midnight learnt from the nights (docs/time.md) ... */
const MIDNIGHT_ERROR = 15 * MINUTE;
/** ... once so many nights have been learnt. */
const LEARNT_AFTER = 4 * DAY;
/** A switched feeder that was off for less did not end the night. */
const NIGHT_OFF = 3 * HOUR;
/** A lamp that boots in less light than this did not boot at dusk, lux. */
const DEEP_NIGHT = 5;
/** Wrong answers of different sizes that are kept apart; more count as any. */
const MOST_ERRORS = 6;

/** The errors that one lamp's date may have. */
interface Doubt {
	/** Errors that its clock may have beside none, ms; empty: it is right, or absent. */
	errors: number[];
	/** A wrong answer that waits for one that agrees. */
	waiting: { readonly at: number; readonly error: number } | undefined;
	/** The first right answer since its clock may be wrong. */
	rightAt: number;
	/** Its clock may be in conflict with the sun until then. */
	conflictUntil: number;
}

export class Dates implements Witness {
	readonly #rightFrom: Float64Array; // Infinity: it need not have the date
	readonly #doubts: Doubt[];
	readonly #endedAt: Float64Array;
	/** It has no midnight of this night: no program without a date until the day. */
	readonly #timeless: Uint8Array;
	/** Until then nothing disturbed the nights that it learns from; Infinity: nothing did. */
	readonly #learntUntil: Float64Array;
	/** The city has told it the date in this life. */
	readonly #isTold: Uint8Array;
	/** A wrong date, or other light by night, may have made it doubt its light sensor until a night. */
	readonly mayDoubt: Uint8Array;
	#lux = 0;

	constructor(
		count: number,
		private readonly isSwitched: boolean,
		private readonly dayLevel: number,
	) {
		this.#rightFrom = new Float64Array(count).fill(Infinity);
		this.#doubts = Array.from({ length: count }, certain);
		this.#endedAt = new Float64Array(count).fill(-Infinity);
		this.#isTold = new Uint8Array(count);
		this.#timeless = new Uint8Array(count);
		this.mayDoubt = new Uint8Array(count);
		this.#learntUntil = new Float64Array(count).fill(Infinity);
	}

	/** It must have the right date. */
	isRight(at: number, lamp: number): boolean {
		return at >= this.#rightFrom[lamp]!;
	}

	/** It may have a wrong one. */
	mayBeWrong(lamp: number): boolean {
		return this.#doubts[lamp]!.errors.length > 0;
	}

	/** Errors that its date may have, ms. */
	errors(lamp: number): readonly number[] {
		return this.#doubts[lamp]!.errors;
	}

	/** How wrong the instants of its program may be, ms; Infinity: it need not have a program. */
	errorOf(at: number, lamp: number): number {
		const { errors, conflictUntil } = this.#doubts[lamp]!;
		if (at < conflictUntil) return Infinity;
		if (this.isRight(at, lamp)) return 0;
		if (errors.length > 0 || this.#timeless[lamp]) return Infinity;
		const hasLearnt = at >= LEARNT_AFTER && this.#learntUntil[lamp]! >= at;
		return hasLearnt ? MIDNIGHT_ERROR : Infinity;
	}

	/** Something other than the sky ruled one of its nights. */
	disturb(at: number, lamp: number): void {
		this.#learntUntil[lamp] = Math.min(this.#learntUntil[lamp]!, at);
	}

	/** The city has told it the date. */
	onCity(at: number, lamp: number): void {
		const { errors } = this.#doubts[lamp]!;
		if (errors.length > 0)
			this.#doubts[lamp] = { ...certain(), conflictUntil: conflictOf(errors, at) };
		this.#isTold[lamp] = 1;
		this.#rightFrom[lamp] = Math.min(this.#rightFrom[lamp]!, at + SETTLED_AFTER);
	}

	onTime(at: number, lamp: number, error: number): void {
		if (this.#isTold[lamp]) return;
		if (Math.abs(error) > RIGHT_WITHIN) this.#onWrong(at, lamp, error);
		else this.#onRight(at, lamp);
	}

	#onRight(at: number, lamp: number): void {
		const doubt = this.#doubts[lamp]!;
		doubt.waiting = undefined;
		if (doubt.errors.length > 0) {
			const isNear = doubt.errors.every((error) => Math.abs(error) < AGREED_WITHIN / 2);
			if (doubt.rightAt === Infinity && !isNear) doubt.rightAt = at;
			const isConfirmed = isNear || at >= doubt.rightAt + CONFIRMED_AFTER;
			if (!isConfirmed) return;
			this.#doubts[lamp] = { ...certain(), conflictUntil: conflictOf(doubt.errors, at) };
			this.#rightFrom[lamp] = at + SETTLED_AFTER;
		} else this.#rightFrom[lamp] = Math.min(this.#rightFrom[lamp]!, at + SETTLED_AFTER);
	}

	#onWrong(at: number, lamp: number, error: number): void {
		const doubt = this.#doubts[lamp]!;
		const isSmall = Math.abs(error) < AGREED_WITHIN;
		const isHeld = this.#rightFrom[lamp]! < Infinity && !isSmall;
		const isAgreed =
			doubt.waiting !== undefined && Math.abs(doubt.waiting.error - error) < AGREED_WITHIN;
		doubt.rightAt = Infinity;
		if (isHeld && !isAgreed) {
			doubt.waiting = { at, error };
			return;
		}
		if (doubt.errors.length < MOST_ERRORS) doubt.errors.push(error);
		this.#rightFrom[lamp] = Infinity;
		this.disturb(at, lamp);
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		if (!restarted) this.#rightFrom[lamp] = Infinity;
		const doubt = this.#doubts[lamp]!;
		doubt.rightAt = Infinity; // an answer that waits is in no memory
		doubt.waiting = undefined;
		this.#isTold[lamp] = 0;
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

function certain(): Doubt {
	return {
		errors: [],
		waiting: undefined,
		rightAt: Infinity,
		conflictUntil: -Infinity,
	};
}

/** A clock of such errors may do without its date until then. */
function conflictOf(errors: readonly number[], at: number): number {
	const isFar = errors.some((error) => {
		const ofDay = Math.abs(error) % DAY;
		return Math.min(ofDay, DAY - ofDay) > CONFLICT_ERROR;
	});
	return isFar ? at + CONFLICT_LASTS : -Infinity;
}
