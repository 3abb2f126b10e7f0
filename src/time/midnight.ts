/**
 * Midnight: the time of night without a clock, from when it becomes dark and light.
 *
 * Midnight by the sun is the middle of the dark time. The last MAX_NIGHTS nights are kept; their
 * middles say when it is midnight, for as long as this life lasts, and their durations say it from
 * one edge alone after a restart: half a night after dusk, half a night before dawn. What is learnt
 * moves at an edge only, so never while the program dims. It rests on NIGHTS_NEEDED nights at least.
 *
 * The program is laid over it by an assumed UTC: the date last known, and on it the instant of the
 * true midnight by the sun at this place. A date some days behind costs seconds; one that is on the
 * wrong side of a change of summer time costs the hour until a clock comes.
 */
import type { Millis, UtcMillis } from "../units.js";
import { DAY, HOUR, MINUTE } from "./civil.js";
import type { ClockState } from "./clock.js";
import { type Place, shortestDarkTime, sunMidnightNear } from "./sun.js";

export interface Midnight {
	/** Durations of the last nights, oldest first, also of lives before. */
	readonly lengths: readonly Millis[];
	/** The middles of those of this life, monotonic, oldest first. */
	readonly middles: readonly Millis[];
	/** When the dark time under way began; undefined by day, and if that was not seen. */
	readonly duskAt: Millis | undefined;
	/** A midnight by one edge, until this life has seen a whole night. */
	readonly guess: Millis | undefined;
	/** Nights in a row that were unlike those kept. */
	readonly odd: number;
}

/** Shorter is a storm or a cover, longer a dead sensor; at 58 degrees a night has 6 to 18 h. */
export const SHORTEST_NIGHT: Millis = 3 * HOUR;
export const LONGEST_NIGHT: Millis = 18 * HOUR;
/**
 * What a feeder that is cut at 23:00 on the wall feeds in June. Such nights count, or the date would
 * stand still for a summer, and by a date of June the nights of autumn are hours too short.
 */
export const SHORTEST_FED: Millis = 30 * MINUTE;
/** Fewer are chance. */
export const NIGHTS_NEEDED = 3;
/** More would lag: at 50 degrees a night changes by 4 min a day. */
export const MAX_NIGHTS = 4;
/** Cloud at both ends makes 20 min of difference; a night cut in two by a floodlight makes hours. */
export const ODD_NIGHT: Millis = 90 * MINUTE;
/** A dusk may be noticed so late and a dawn so early, cloud and the thresholds of the photocell included. */
const DAWN_EARLY: Millis = HOUR;
/** A feeding that ended this long before the usual end was cut short: the next boot is no dusk ... */
const CUT_SHORT: Millis = HOUR;
/** ... and so was one that lasted less than this share of the usual. */
const CUT_SHARE = 0.5;
/** So many odd nights in a row are right: the lamp was moved, or has been in a store. */
export const ODD_NIGHTS = 3;

const NO_MIDDLES: readonly Millis[] = Object.freeze([]);

/** What is known at boot: durations that were stored; those that no night has are left out. */
export function remembered(lengths: readonly Millis[]): Midnight {
	const good = lengths.filter(isFed).slice(-MAX_NIGHTS);
	return { lengths: good, middles: NO_MIDDLES, duskAt: undefined, guess: undefined, odd: 0 };
}

/**
 * Durations and that of a night that a life before saw from its feeding alone. One that was cut short
 * costs the oldest: so one does not harm, and several begin anew.
 */
export function withLived(lengths: readonly Millis[], length: Millis): readonly Millis[] {
	if (!isFed(length)) return lengths;
	const usual = usualLength(lengths);
	if (usual !== undefined && isCutShort(length, usual)) return lengths.slice(1);
	return [...lengths, length].slice(-MAX_NIGHTS);
}

/** Whether a feeding ended before its time. `usual`: how long one lasts. */
export function isCutShort(fed: Millis, usual: Millis): boolean {
	return fed < Math.max(usual - CUT_SHORT, CUT_SHARE * usual);
}

/**
 * It became dark. `sun`: how long it is dark in this night, where a feeding may be shorter: a feeder
 * that is cut in the small hours lives less than its nights, by more than weather makes.
 */
export function dusk(state: Midnight, now: Millis, sun?: Millis): Midnight {
	return { ...state, duskAt: now, guess: guessFrom(state, now, 0.5, sun) };
}

/** It became light: a night is over, and kept if it was one. */
export function dawn(state: Midnight, now: Millis): Midnight {
	const { duskAt } = state;
	const seen = { ...state, duskAt: undefined, guess: guessFrom(state, now, -0.5) };
	if (duskAt === undefined) return seen;
	const length = now - duskAt;
	if (!isNight(length)) return { ...state, duskAt: undefined };
	const middle = duskAt + length / 2;
	if (isOdd(state, length, middle)) {
		const odd = state.odd + 1;
		if (odd < ODD_NIGHTS) return { ...state, duskAt: undefined, odd };
		return { ...remembered([length]), middles: [middle] };
	}
	return {
		lengths: [...state.lengths, length].slice(-MAX_NIGHTS),
		middles: [...state.middles, middle].slice(-MAX_NIGHTS),
		duskAt: undefined,
		guess: undefined,
		odd: 0,
	};
}

/** The light sensor fell silent: the edge that comes next is not the next one. */
export function unseen(state: Midnight): Midnight {
	return state.duskAt === undefined ? state : { ...state, duskAt: undefined };
}

/** A midnight by the sun on the monotonic clock of this life, or undefined if none is learnt. */
export function midnightOf(state: Midnight): Millis | undefined {
	const { lengths, middles, guess } = state;
	if (lengths.length < NIGHTS_NEEDED) return undefined;
	const last = middles.at(-1);
	if (last === undefined) return guess;
	return last + meanOf(middles.map((middle) => withinDay(middle - last)));
}

/**
 * What a night lasts, ms; undefined before NIGHTS_NEEDED. Their median: an afternoon's commissioning
 * is a feeding, too, and one that was stored badly would shift a mean by a quarter of it.
 */
export function usualLength(lengths: readonly Millis[]): Millis | undefined {
	if (lengths.length < NIGHTS_NEEDED) return undefined;
	const sorted = [...lengths].sort((a, b) => a - b);
	const half = lengths.length >> 1;
	return meanOf(sorted.slice(lengths.length - 1 - half, half + 1));
}

/**
 * How long after a dusk no dawn comes: the shortest dark time of the place, and of the nights learnt
 * what weather and a lamp that was moved leave of it.
 */
export function earliestDawn(lengths: readonly Millis[], { latitude }: Place): Millis {
	const usual = usualLength(lengths) ?? 0;
	return Math.max(0, shortestDarkTime(latitude) - DAWN_EARLY, usual - ODD_NIGHT);
}

/**
 * The clock by which the program is laid over the night: midnight at `midnight` or whole days from
 * it. `about`: the date at `now` as far as it is known, right to half a day.
 */
export function assumedClock(
	midnight: Millis,
	about: UtcMillis,
	now: Millis,
	place: Place,
): ClockState {
	const nearest = now + withinDay(midnight - now);
	const utc = sunMidnightNear(place, (about + nearest - now) as UtcMillis);
	return { kind: "midnight", offset: utc - nearest };
}

/**
 * The same where `atLeast` is a date at or before `now`: time without power was not counted. The
 * first midnight from there on is meant, less what a guess may be early; of a boot that `isDusk`, where
 * `atLeast` lies in the dark time before, the first whose dusk is later.
 */
export function firstAssumedClock(
	midnight: Millis,
	atLeast: UtcMillis,
	now: Millis,
	place: Place,
	isDusk: boolean,
): ClockState {
	const later = isDusk ? DAY / 2 + 3 * HOUR : DAY / 2 - 2 * HOUR;
	return assumedClock(midnight, (atLeast + later) as UtcMillis, now, place);
}

/** How much too late a date calls it midnight, ms, -12 h to 12 h: what it says at a learnt one. */
export function midnightOffset(
	midnight: Millis,
	offset: number,
	now: Millis,
	place: Place,
): Millis {
	const said = (now + withinDay(midnight - now) + offset) as UtcMillis;
	return said - sunMidnightNear(place, said);
}

function isFed(length: Millis): boolean {
	return length >= SHORTEST_FED && length <= LONGEST_NIGHT;
}

function isNight(length: Millis): boolean {
	return length >= SHORTEST_NIGHT && length <= LONGEST_NIGHT;
}

function isOdd(state: Midnight, length: Millis, middle: Millis): boolean {
	const usual = usualLength(state.lengths);
	if (usual === undefined) return false;
	if (Math.abs(length - usual) > ODD_NIGHT) return true;
	const expected = state.middles.length > 0 ? midnightOf(state) : undefined;
	return expected !== undefined && Math.abs(withinDay(middle - expected)) > ODD_NIGHT;
}

function guessFrom(state: Midnight, now: Millis, nights: number, sun = 0): Millis | undefined {
	const usual = usualLength(state.lengths);
	if (usual === undefined || state.middles.length > 0) return undefined;
	return now + nights * (sun - usual > ODD_NIGHT ? sun : usual);
}

function meanOf(spans: readonly Millis[]): Millis {
	let sum = 0;
	for (const span of spans) sum += span;
	return sum / spans.length;
}

/** The difference of two times of day, -12 h to 12 h. */
function withinDay(span: Millis): Millis {
	return span - Math.round(span / DAY) * DAY;
}
