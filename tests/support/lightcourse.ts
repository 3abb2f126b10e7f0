/** Light course: the light of a lamp as the checks see it, compared in levels of the DALI curve. */
import { CURVE } from "../../lib/dali/timing.js";
import type { Witness } from "../../sim/street/witness.js";

const FULL_DUTY = 4095;
const FULL_LEVEL = 254;
/** Between two samples, ms. */
const EACH = 100;

/** A relay that closes, and the driver behind it, ms; a driver on a bus has none. */
const SWITCHES = 3000;

interface Piece {
	readonly at: number;
	readonly duty: number;
	readonly to: number;
	readonly until: number;
}

/** Level of a duty, between two whole ones too; 0: off. */
function levelOf(duty: number): number {
	const { steps } = CURVE;
	return duty > 0 ? Math.max(0, FULL_LEVEL + steps.number * Math.log10(duty / FULL_DUTY)) : 0;
}

export class LightCourse implements Witness {
	readonly #pieces: Piece[] = [];

	onDuty(at: number, _lamp: number, duty: number, to: number, until: number): void {
		this.#pieces.push({ at, duty, to, until });
	}

	/** Duties each EACH ms until `until`, and as they were if no piece was cut short. */
	duties(until: number): Duties {
		const count = Math.floor(until / EACH);
		const [given, uncut] = [new Float64Array(count), new Float64Array(count)];
		let index = -1;
		for (const place of given.keys()) {
			const now = place * EACH;
			while (index + 1 < this.#pieces.length && this.#pieces[index + 1]!.at <= now) index++;
			const piece = this.#pieces[index];
			given[place] = piece ? dutyOf(piece, now) : 0;
			const before = this.#pieces[index - 1];
			uncut[place] = before && now < before.until ? dutyOf(before, now) : given[place];
		}
		return { given, uncut };
	}
}

export interface Duties {
	readonly given: Float64Array;
	/** In a piece that follows one which it cuts short: that one, going on. */
	readonly uncut: Float64Array;
}

function dutyOf({ at, duty, to, until }: Piece, now: number): number {
	return now >= until ? to : duty + ((to - duty) * (now - at)) / (until - at);
}

export interface Apart {
	/** Greatest distance from all light of the other one within `within` ms, levels. */
	most: number;
	/** Samples further than a level from it. */
	beyond: number;
	/** Samples, and those beyond one level at the same instant; switching on is none of them. */
	samples: number;
	late: number;
}

/** Levels between two duties, of which each may be half of a whole number off. */
function apart(duty: number, other: number): number {
	const [less, more] = duty < other ? [duty, other] : [other, duty];
	return Math.max(0, levelOf(more - 0.5) - levelOf(less + 0.5));
}

/**
 * How far one light is from another, which may be earlier or later by `within` ms: so a fade of it that
 * is turned may go on for as long.
 */
export function compareLight({ given: duties }: Duties, another: Duties, within: number): Apart {
	const { given: other, uncut } = another;
	const reach = Math.round(within / EACH);
	const found: Apart = { most: 0, beyond: 0, samples: duties.length, late: 0 };
	let switchedAt = -Infinity;
	for (const [index, duty] of duties.entries()) {
		if ((duty === 0) !== (other[index] === 0)) switchedAt = index;
		if (index < switchedAt + SWITCHES / EACH) continue;
		if (apart(duty, other[index]!) > 1) found.late++;
		let [least, most] = [Infinity, -Infinity];
		const last = Math.min(other.length - 1, index + reach);
		for (let place = Math.max(0, index - reach); place <= last; place++) {
			least = Math.min(least, other[place]!, uncut[place]!);
			most = Math.max(most, other[place]!, uncut[place]!);
		}
		const away = duty < least ? apart(duty, least) : duty > most ? apart(duty, most) : 0;
		if (away > 1) found.beyond++;
		found.most = Math.max(found.most, away);
	}
	return found;
}
