/**
 * Approach: turns movements at other poles into light ahead of a road user.
 *
 * Poles stand in a row, the same distance apart. A place is a pole counted from this one: -1 and 1
 * are the next ones, 0 is the own pole. Two poles that face each other across the street are one
 * place, and the first movement at either counts for both. The order of movements gives the
 * direction and speed of a road user: one who approaches gets light in time, one who leaves gets it
 * from the lamps ahead. Until two places have reported a movement the direction is not known, and
 * both sides light up (the light bubble).
 *
 * LwM2M names: sensor group, hop limit, auto clear (uCIFI objects 3459 to 3461, fusion OR: a
 * movement at one sensor suffices).
 */
import type { Millis } from "../units.js";

/**
 * Places to either side that can matter: at 90 km/h and 30 m apart a road user seven places away
 * needs more than 8 s, and a nearer place will have reported them by then.
 */
export const REACH = 6;
const PLACES = 2 * REACH + 1;

/** m/s, slower than any walker: a slower pair of movements is two people, not one way. */
const SLOWEST = 0.7;
/** m/s, faster than any driver between lamps: 144 km/h. */
const FASTEST = 40;
/**
 * Hits at one place within this time are one movement, ms: its report came by a second route, or
 * also from the pole across the street. No PIR makes two within the 2 s of stillness that end the
 * first.
 */
const SAME: Millis = 2_000;

/** Allowed difference of two spans of a steady pace, as a share: no pace is constant. */
const STEADY = 0.3;

interface NeighbourOptions {
	/** Between two poles, m, above 0. */
	readonly poleSpacing: number;
	/** Places to either side that light up while the direction is not known, 0 to REACH. */
	readonly neighbourBubble: number;
	/** `row`: all lamps in reach rise together, in either direction. */
	readonly neighbourMode: "ahead" | "row";
	/** How long before a road user arrives it must be light, ms. */
	readonly lightAhead: Millis;
	/** Longest light of one hit without another, ms. */
	readonly autoClear: Millis;
}

/**
 * Instant of the last hit at each place, the own one in the middle; -Infinity: never. Then, in the
 * same order, the hits before those.
 */
export type Hits = Float64Array;

export function startHits(): Hits {
	return new Float64Array(2 * PLACES).fill(Number.NEGATIVE_INFINITY);
}

/** Records a hit at `place` (-REACH to REACH). False: the movement was recorded before. */
export function noteHit(hits: Hits, place: number, at: Millis): boolean {
	const last = hits[place + REACH]!;
	if (at <= last + SAME) return false;
	hits[place + REACH + PLACES] = last;
	hits[place + REACH] = at;
	return true;
}

/**
 * Until when the hit that `noteHit` recorded at `place` requests light here; -Infinity: no light.
 * `now` may be later than the hit: its report was on the way, or the movement lasts. If several
 * road users can have caused it, the fastest decides when it gets light, the slowest how long it
 * stays.
 */
export function lightUntil(
	hits: Hits,
	place: number,
	now: Millis,
	{ poleSpacing, neighbourBubble, neighbourMode, lightAhead, autoClear }: NeighbourOptions,
): Millis {
	const away = Math.abs(place);
	const outwards = place < 0 ? -1 : 1;
	const clearAt = now + autoClear;
	if (away === 0 || neighbourMode === "row") return clearAt; // across the street, or all together
	const fastest = paceFrom(hits, place, outwards, poleSpacing, Math.min);
	if (fastest > 0) {
		// until the place before this one reports them, too, or must have, no light is needed
		if ((away - 1) * fastest > lightAhead) return Number.NEGATIVE_INFINITY;
		const slowest = paceFrom(hits, place, outwards, poleSpacing, Math.max);
		return Math.min(clearAt, now + (away + 0.5) * slowest);
	}
	if (away > neighbourBubble) return Number.NEGATIVE_INFINITY;
	const isLeaving = paceFrom(hits, place, -outwards, poleSpacing, Math.min) > 0;
	return isLeaving ? Number.NEGATIVE_INFINITY : clearAt;
}

/**
 * When the first road user who can come this way by the hit at `place` is here; Infinity: none comes.
 * `now`: the movement lasts, which counts as a delay once the next place should have been reached.
 */
export function arrivalAt(hits: Hits, place: number, now: Millis, spacing: number): Millis {
	const pace = paceFrom(hits, place, place < 0 ? -1 : 1, spacing, Math.min);
	if (place === 0 || pace === 0) return Infinity;
	return Math.max(hits[place + REACH]!, now - pace) + Math.abs(place) * pace;
}

/**
 * Whether the hit at `place` is of a road user who passed this pole: two hits on the other side,
 * then this one, at a steady pace. Returns when they were at this pole; -Infinity: none passed.
 */
export function passedAt(hits: Hits, place: number, spacing: number): Millis {
	const outwards = place < 0 ? -1 : 1;
	if (place < -2 || place > 2) return Number.NEGATIVE_INFINITY; // a nearer place reports it first
	const first = hits[REACH - 2 * outwards]!;
	if (first === Number.NEGATIVE_INFINITY) return first; // most: nobody was there
	const second = hits[REACH - outwards]!;
	const before = second - first;
	const after = (hits[place + REACH]! - second) / (Math.abs(place) + 1);
	return isSteady(before, after, spacing) ? second + after : Number.NEGATIVE_INFINITY;
}

/**
 * Whether the hit at `place` is of a road user who leaves this pole: hits at three places of one
 * side in order, at a steady pace. Returns when they were at this pole, unless they came out of a
 * house between it and the first of the three; -Infinity: none leaves.
 */
export function leftAt(hits: Hits, place: number, spacing: number): Millis {
	if (place !== 3 && place !== -3) return Number.NEGATIVE_INFINITY;
	const outwards = place / 3;
	const first = hits[REACH + outwards]!;
	const second = hits[REACH + 2 * outwards]!;
	const third = hits[REACH + place]!;
	if (!isSteady(second - first, third - second, spacing)) return Number.NEGATIVE_INFINITY;
	return first - (third - first) / 2;
}

/** Whether two spans, ms a place, belong to the way of one person. */
function isSteady(before: Millis, after: Millis, spacing: number): boolean {
	if (!isPace(before, spacing) || !isPace(after, spacing)) return false;
	return Math.abs(before - after) <= STEADY * Math.max(before, after);
}

/**
 * The pace, ms a place, of a road user who can have come to `place` from the side of `step` (-1 or
 * 1); of several paces the one that `choose` picks; 0: none. Two kinds of hits are left out: those
 * before the last hit at `place`, whose road user has been there already, and those that follow it
 * at a possible pace, whose road user left from there. So a car that drove on does not make the
 * next one seem to come back.
 */
function paceFrom(
	hits: Hits,
	place: number,
	step: number,
	spacing: number,
	choose: (a: number, b: number) => number,
): number {
	const at = hits[place + REACH]!;
	const before = hits[place + REACH + PLACES]!;
	const end = step < 0 ? -1 : PLACES;
	let chosen = 0;
	for (let from = place + REACH + step; from !== end; from += step) {
		const seen = hits[from]!;
		if (seen <= before) continue; // most: nobody was there
		const spans = (from - place - REACH) * step;
		const pace = (at - seen) / spans;
		if (isPace(pace, spacing) && !isPace((seen - before) / spans, spacing))
			chosen = chosen === 0 ? pace : choose(chosen, pace);
	}
	return chosen;
}

/** Whether a road user can need `pace` ms for the `spacing` m to the next pole. */
function isPace(pace: number, spacing: number): boolean {
	return pace * FASTEST >= spacing * 1000 && pace * SLOWEST <= spacing * 1000;
}
