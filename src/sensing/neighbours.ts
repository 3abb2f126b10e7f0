/**
 * Neighbours: from the movements at other poles to light for one who is on the way here.
 *
 * Poles stand in a row, the same distance apart. A place is a pole counted from here: -1 and 1 are
 * next to us, 0 is our own. Two that face each other across the street are one place: whoever of them
 * saw someone first has seen them for both. The order in which the places saw someone tells which way
 * that one goes and how fast: who comes gets light in time, who goes away leaves it to those ahead.
 * Until two places have seen them the way is not known, and both sides light up (the light bubble).
 *
 * LwM2M names: sensor group, hop limit, auto clear (uCIFI objects 3459 to 3461, fusion OR: whoever
 * saw someone is enough).
 */
import type { Millis } from "../units.js";

/**
 * Places to either side that can matter: at 90 km/h and 30 m apart someone seven places away needs
 * more than 8 s, and a nearer place will have seen them by then.
 */
export const REACH = 6;
const PLACES = 2 * REACH + 1;

/** Slower than an old man with a stick is not a way but two people, m/s. */
const SLOWEST = 0.7;
/** Faster than anyone drives between lamps: 144 km/h, m/s. */
const FASTEST = 40;
/**
 * Hits of one place so close together are one movement, ms: its word came by another way, or the pole
 * across the street saw them, too. No PIR makes two within the 2 s of stillness that end the first.
 */
export const SAME: Millis = 2_000;

/** Between two spans each in step with the other this share is allowed: nobody keeps a pace exactly. */
const STEADY = 0.3;

export interface NeighbourOptions {
	/** Between two poles, m, above 0. */
	readonly poleSpacing: number;
	/** Places to either side that light up while the way is not known, 0 to REACH. */
	readonly neighbourBubble: number;
	/** How long before someone arrives it shall be light, ms. */
	readonly lightAhead: Millis;
	/** Longest that one hit lights without another, ms. */
	readonly autoClear: Millis;
}

/**
 * When someone was last seen at each place, own one in the middle; -Infinity: never. Then, likewise,
 * when someone was seen the time before.
 */
export type Hits = Float64Array;

export function startHits(): Hits {
	return new Float64Array(2 * PLACES).fill(Number.NEGATIVE_INFINITY);
}

/** Someone came into the cone at `place` (-REACH to REACH) at `at`. False: that one is known. */
export function noteHit(hits: Hits, place: number, at: Millis): boolean {
	const last = hits[place + REACH]!;
	if (at <= last + SAME) return false;
	hits[place + REACH + PLACES] = last;
	hits[place + REACH] = at;
	return true;
}

/**
 * Until when the hit that `noteHit` noted at `place` asks for light here; -Infinity: it does not.
 * `now` may be later than the hit: it was under way, or they are still there. Of several who can have
 * made it the fastest decides when it gets light, the slowest how long it stays.
 */
export function lightUntil(
	hits: Hits,
	place: number,
	now: Millis,
	{ poleSpacing, neighbourBubble, lightAhead, autoClear }: NeighbourOptions,
): Millis {
	const away = Math.abs(place);
	const outwards = place < 0 ? -1 : 1;
	const clearAt = now + autoClear;
	if (away === 0) return clearAt; // seen from across the street
	const fastest = paceFrom(hits, place, outwards, poleSpacing, Math.min);
	if (fastest > 0) {
		// the place before the last will see them, too: until then there is time
		if ((away - 1) * fastest > lightAhead) return Number.NEGATIVE_INFINITY;
		const slowest = paceFrom(hits, place, outwards, poleSpacing, Math.max);
		return Math.min(clearAt, now + (away + 0.5) * slowest);
	}
	const isLeaving = paceFrom(hits, place, -outwards, poleSpacing, Math.min) > 0;
	return isLeaving || away > neighbourBubble ? Number.NEGATIVE_INFINITY : clearAt;
}

/**
 * Whether the hit at `place` is of one who came past here: seen at two places on the other side, then
 * at this one, at a steady pace. Returns when they were next to us; -Infinity: nobody came past.
 */
export function passedAt(hits: Hits, place: number, spacing: number): Millis {
	const outwards = place < 0 ? -1 : 1;
	if (place < -2 || place > 2) return Number.NEGATIVE_INFINITY; // a nearer place tells it first
	const [first, second] = [hits[REACH - 2 * outwards]!, hits[REACH - outwards]!];
	const before = second - first;
	const after = (hits[place + REACH]! - second) / (Math.abs(place) + 1);
	return isSteady(before, after, spacing) ? second + after : Number.NEGATIVE_INFINITY;
}

/**
 * Whether the hit at `place` is of one who goes away from here: seen at three places of one side, one
 * after the other, at a steady pace. Returns when they were next to us, unless they came out of a house
 * between us and the first of the three; -Infinity: nobody goes away.
 */
export function leftAt(hits: Hits, place: number, spacing: number): Millis {
	const outwards = place < 0 ? -1 : 1;
	if (place !== 3 * outwards) return Number.NEGATIVE_INFINITY;
	const first = hits[REACH + outwards]!;
	const second = hits[REACH + 2 * outwards]!;
	const third = hits[REACH + place]!;
	if (!isSteady(second - first, third - second, spacing)) return Number.NEGATIVE_INFINITY;
	return first - (third - first) / 2;
}

/** Whether two spans, ms a place, are of one person's way. */
function isSteady(before: Millis, after: Millis, spacing: number): boolean {
	if (!isPace(before, spacing) || !isPace(after, spacing)) return false;
	return Math.abs(before - after) <= STEADY * Math.max(before, after);
}

/**
 * Ms a place of who can have come to `place` from the side of `step` (-1 or 1), of several the one
 * whom `choose` takes; 0: nobody can. Who was seen elsewhere before the last time at `place` has been
 * there already; and who was seen elsewhere so long after it as one needs for the way has left from
 * there: a car that drove on must not make the next one seem to come back.
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
	let chosen = 0;
	let spans = 1;
	for (let from = place + REACH + step; from >= 0 && from < PLACES; from += step) {
		const seen = hits[from]!;
		const pace = (at - seen) / spans;
		if (seen > before && isPace(pace, spacing) && !isPace((seen - before) / spans, spacing))
			chosen = chosen === 0 ? pace : choose(chosen, pace);
		spans += 1;
	}
	return chosen;
}

/** Whether someone can need `pace` ms for the `spacing` m to the next pole. */
function isPace(pace: number, spacing: number): boolean {
	return pace * FASTEST >= spacing * 1000 && pace * SLOWEST <= spacing * 1000;
}
