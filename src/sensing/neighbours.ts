/**
 * Neighbours: from the movements at other poles to light for one who is on the way here.
 *
 * Poles stand in a row, the same distance apart. A place is a pole counted from here: -1 and 1 are
 * next to us, 0 is our own. The order in which the places saw someone tells which way that one goes
 * and how fast: who comes gets light in time, who goes away leaves it to those ahead. Until two places
 * have seen them the way is not known, and both sides light up (the light bubble).
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

/** Someone came into the cone at `place` (-REACH to REACH) at `at`. */
export function noteHit(hits: Hits, place: number, at: Millis): void {
	hits[place + REACH + PLACES] = hits[place + REACH]!;
	hits[place + REACH] = at;
}

/**
 * Until when the hit that `noteHit` noted at `place` asks for light here; -Infinity: it does not.
 * `now` may be later than the hit: it was under way, or they are still there.
 */
export function lightUntil(
	hits: Hits,
	place: number,
	now: Millis,
	options: NeighbourOptions,
): Millis {
	const away = Math.abs(place);
	const outwards = place < 0 ? -1 : 1;
	const clearAt = now + options.autoClear;
	const pace = fastestFrom(hits, place, outwards, options.poleSpacing);
	if (pace > 0) {
		// the place before the last will see them, too: until then there is time
		if ((away - 1) * pace > options.lightAhead) return Number.NEGATIVE_INFINITY;
		return Math.min(clearAt, now + (away + 0.5) * pace);
	}
	if (away > options.neighbourBubble) return Number.NEGATIVE_INFINITY;
	if (fastestFrom(hits, place, -outwards, options.poleSpacing) > 0) return Number.NEGATIVE_INFINITY;
	return clearAt;
}

/**
 * Whether the hit at `place` is of one who came past here: seen at two places on the other side, then
 * at this one, at a steady pace. Returns when they were next to us; -Infinity: nobody came past.
 */
export function passedAt(hits: Hits, place: number, spacing: number): Millis {
	const outwards = place < 0 ? -1 : 1;
	const [first, second] = [hits[REACH - 2 * outwards]!, hits[REACH - outwards]!];
	const before = second - first;
	const after = (hits[place + REACH]! - second) / (Math.abs(place) + 1);
	if (!isPace(before, spacing) || !isPace(after, spacing)) return Number.NEGATIVE_INFINITY;
	const steady = Math.abs(before - after) <= STEADY * Math.max(before, after);
	return steady ? second + after : Number.NEGATIVE_INFINITY;
}

/**
 * Ms a place of the fastest who can have come to `place` from the side of `step` (-1 or 1); 0: nobody
 * can. Where several pass, one who overtakes must not be taken for the one who walks; and who was seen
 * elsewhere before the last time at `place` has been there already, and tells of nobody new.
 */
function fastestFrom(hits: Hits, place: number, step: number, spacing: number): number {
	const at = hits[place + REACH]!;
	const before = hits[place + REACH + PLACES]!;
	let fastest = 0;
	let spans = 1;
	for (let from = place + REACH + step; from >= 0 && from < PLACES; from += step) {
		const pace = (at - hits[from]!) / spans;
		if (hits[from]! > before && isPace(pace, spacing) && (fastest === 0 || pace < fastest))
			fastest = pace;
		spans += 1;
	}
	return fastest;
}

/** Whether someone can need `pace` ms for the `spacing` m to the next pole. */
function isPace(pace: number, spacing: number): boolean {
	return pace * FASTEST >= spacing * 1000 && pace * SLOWEST <= spacing * 1000;
}
