/**
 * Midnight: the time of night without a clock, learnt from dusk and dawn.
 *
 * Midnight by the sun is the middle of the dark time. The last MAX_NIGHTS nights are stored. Their
 * middles give midnight for the rest of this life. After a restart their durations give it from one
 * edge alone: half a night after dusk, half a night before dawn. A learnt value changes at an edge
 * only, so never while the program dims. It needs at least NIGHTS_NEEDED nights.
 *
 * The program is laid over an assumed UTC: the last known date, and on it the true midnight by the
 * sun at this place. A date some days behind costs seconds; one on the wrong side of a change of
 * summer time costs an hour until the clock is set.
 */
import type { Millis, UtcMillis } from "../units.js";
import { DAY, HOUR, MINUTE } from "./civil.js";
import type { ClockState } from "./clock.js";
import { type Place, shortestDarkTime, sunMidnightNear } from "./sun.js";

export interface Midnight {
	/** Durations of the last nights, oldest first, also of earlier lives. */
	readonly lengths: readonly Millis[];
	/** Middles of the nights of this life, monotonic, oldest first. */
	readonly middles: readonly Millis[];
	/** When the present dark time began; undefined by day, and if its begin was not measured. */
	readonly duskAt: Millis | undefined;
	/** A midnight from one edge, until this life has measured a whole night. */
	readonly guess: Millis | undefined;
	/** Nights in a row that differed from those stored. */
	readonly odd: number;
}

/** Shorter: a storm or a cover; longer: a dead sensor. At 58 degrees a night has 6 to 18 h. */
const SHORTEST_NIGHT: Millis = 3 * HOUR;
const LONGEST_NIGHT: Millis = 18 * HOUR;
/**
 * The time on of a feeder in June that is cut at 23:00. Such nights count: otherwise the date would
 * stand still for a summer, and by a date of June the nights of autumn are hours too short.
 */
export const SHORTEST_FED: Millis = 30 * MINUTE;
/** Fewer nights may agree by chance. */
export const NIGHTS_NEEDED = 3;
/** More nights would lag: at 50 degrees a night changes by 4 min a day. */
const MAX_NIGHTS = 4;
/** Cloud at both ends changes a night by 20 min, a floodlight that cuts it in two by hours. */
const ODD_NIGHT: Millis = 90 * MINUTE;
/** Largest delay of a dusk and lead of a dawn, with cloud and the thresholds of the photocell. */
const DAWN_EARLY: Millis = HOUR;
/** A feeding that ended this long before its time was cut short: the next boot is no dusk ... */
const CUT_SHORT: Millis = HOUR;
/** ... and so was a feeding shorter than this share of the usual one. */
const CUT_SHARE = 0.5;
/** This many odd nights in a row are right: the lamp was moved, or was in a store. */
const ODD_NIGHTS = 3;

const NO_MIDDLES: readonly Millis[] = Object.freeze([]);

/** The state at boot, from the stored durations; those that no night can have are dropped. */
export function remembered(lengths: readonly Millis[]): Midnight {
	const good = lengths.filter(isFed).slice(-MAX_NIGHTS);
	return { lengths: good, middles: NO_MIDDLES, duskAt: undefined, guess: undefined, odd: 0 };
}

/**
 * Adds the duration of a night that an earlier life measured from its feeding alone. One that was
 * cut short removes the oldest instead: a single one does no harm, and several start anew.
 */
export function withLived(lengths: readonly Millis[], length: Millis): readonly Millis[] {
	if (!isFed(length)) return lengths;
	const usual = usualLength(lengths);
	if (usual !== undefined && isCutShort(length, usual)) return lengths.slice(1);
	return [...lengths, length].slice(-MAX_NIGHTS);
}

/** Whether a feeding ended early. `usual`: its usual duration. */
export function isCutShort(fed: Millis, usual: Millis): boolean {
	return fed < Math.max(usual - CUT_SHORT, CUT_SHARE * usual);
}

/**
 * Dusk. `sun`: the dark time of this night by the sun, where a feeding may be shorter: a feeder
 * that is cut in the small hours is on for less than the night, by more than the weather explains.
 */
export function dusk(state: Midnight, now: Millis, sun?: Millis): Midnight {
	return { ...state, duskAt: now, guess: guessFrom(state, now, 0.5, sun) };
}

/** Dawn: a night ends, and its duration is stored if it is plausible. */
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

/** The light sensor became silent, so the next edge may not belong to the present night. */
export function unseen(state: Midnight): Midnight {
	return state.duskAt === undefined ? state : { ...state, duskAt: undefined };
}

/** A midnight by the sun on the monotonic clock of this life; undefined if none is learnt. */
export function midnightOf(state: Midnight): Millis | undefined {
	const { lengths, middles, guess } = state;
	if (lengths.length < NIGHTS_NEEDED) return undefined;
	const last = middles.at(-1);
	if (last === undefined) return guess;
	return last + meanOf(middles.map((middle) => withinDay(middle - last)));
}

/**
 * The usual duration of a night, ms; undefined before NIGHTS_NEEDED. A median: an afternoon's
 * commissioning counts as a feeding, too, and one badly stored duration would shift a mean by a
 * quarter of it.
 */
export function usualLength(lengths: readonly Millis[]): Millis | undefined {
	if (lengths.length < NIGHTS_NEEDED) return undefined;
	const sorted = [...lengths].sort((a, b) => a - b);
	const half = lengths.length >> 1;
	return meanOf(sorted.slice(lengths.length - 1 - half, half + 1));
}

/**
 * The time after a dusk within which no dawn comes: the longer of the shortest dark time of the
 * place and the usual night, each less a margin for weather and for a lamp that was moved.
 */
export function earliestDawn(lengths: readonly Millis[], { latitude }: Place): Millis {
	const usual = usualLength(lengths) ?? 0;
	return Math.max(0, shortestDarkTime(latitude) - DAWN_EARLY, usual - ODD_NIGHT);
}

/**
 * The clock by which the program is laid over the night: midnight is at `midnight` and whole days
 * from it. `about`: the date at `now` as far as it is known, right to half a day.
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
 * The same if `atLeast` is a date at or before `now`: time without power was not counted. Takes the
 * first midnight from there on, less the lead of a guess; for a boot that `isDusk`, where `atLeast`
 * lies in the dark time before, the first midnight whose dusk is later.
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

/** How much too late a date shows midnight, ms, -12 h to 12 h: its time at a learnt midnight. */
export function midnightOffset(
	midnight: Millis,
	offset: number,
	now: Millis,
	place: Place,
): Millis {
	const shown = (now + withinDay(midnight - now) + offset) as UtcMillis;
	return shown - sunMidnightNear(place, shown);
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
