/**
 * Corroboration: the date as far as an independent witness vouches for it.
 *
 * Time servers are not authenticated, so their date alone may neither darken a street below its floor
 * nor make an order stale. A witness leaves an anchor: the difference between its date and the
 * monotonic clock at that moment. The monotonic clock runs by itself, so the anchor gives a date at
 * every later instant, and the clock is compared with the anchor, never with the clock before: many
 * small steps add up like one large step.
 *
 * - The city (an answer over TLS to the lamp's own question) and a technician who is logged in vouch
 *   for date and time of day.
 * - The photocell's dusk and dawn vouch for the time of day alone. A date that is whole days away has
 *   nearly the same dusks, so the photocell cannot confirm one. A single edge agrees with dates of other
 *   seasons at other hours, too: it permits lights out, and only a dusk and a dawn together bound the
 *   error (PHOTOCELL_ERROR).
 */
import type { Millis, UtcMillis } from "../units.js";
import { HOUR, MINUTE } from "./civil.js";
import { type ClockState, DRIFT, isDated, uncertaintyAt } from "./clock.js";
import { darkTimeNear, type Place, passageNear } from "./sun.js";

export type Witness = "city" | "console" | "photocell";

/** The last word of a witness. */
export interface Anchor {
	readonly by: Witness;
	/** The witness's date minus `now`, ms; of the photocell: the date that it found plausible. */
	readonly offset: number;
	/** The monotonic instant of its word. */
	readonly since: Millis;
	/** A clock that was right agreed with `offset` to this, ms. */
	readonly near: Millis;
	/** The true date was no further from `offset`, ms; of one edge ONE_EDGE. */
	readonly error: Millis;
	/** Of the photocell: the edge was a dusk. */
	readonly isDusk?: boolean;
}

/**
 * Largest difference between the clock's dusk or dawn and the photocell's. Clouds move an edge by up
 * to 10 min, a thunderstorm or trees by half an hour.
 */
export const EDGE_TOLERANCE: Millis = 30 * MINUTE;
/**
 * Error of a clock that agreed with a dusk and a dawn: off by the tolerance on one side while the weather
 * is on the other, and the difference of the equation of time between two dates with the same nights,
 * 3 November and 6 February.
 */
export const PHOTOCELL_ERROR: Millis = 2 * EDGE_TOLERANCE + 32 * MINUTE;
/** One edge bounds nothing: half a day is the greatest difference of two times of day. */
export const ONE_EDGE: Millis = 12 * HOUR;
/** Time servers that are right may differ by this; it counts once per anchor, not once per answer. */
export const SERVERS_DIFFER: Millis = MINUTE;
/** The learnt nights and the night of the date differ by more: it is a date of another season. */
const OTHER_SEASON: Millis = 90 * MINUTE;

/** The anchor of a witness that knows the date `utc` to `error` ms. */
export function anchored(
	by: "city" | "console",
	utc: UtcMillis,
	error: Millis,
	now: Millis,
): Anchor {
	return { by, offset: utc - now, since: now, near: error, error };
}

/** How far from the truth the anchor's date may be at `now`, ms; Infinity without an anchor. */
export function errorOf(anchor: Anchor | undefined, now: Millis): Millis {
	return anchor === undefined ? Infinity : anchor.error + driftSince(anchor, now);
}

/**
 * Whether the clock's date is corroborated: the difference from the anchor is no more than drift and
 * network explain. False if no witness has spoken in this life.
 */
export function agrees(anchor: Anchor | undefined, clock: ClockState, now: Millis): boolean {
	if (anchor === undefined || clock.kind === "none" || !isDated(clock)) return false;
	const moved = Math.abs(clock.offset - anchor.offset);
	const drift = driftSince(anchor, now);
	return moved <= anchor.near + drift + uncertaintyAt(clock, now) + SERVERS_DIFFER;
}

/** Whether the anchor contradicts a date by more than drift and network explain. */
export function contradicts(anchor: Anchor, utc: UtcMillis, now: Millis): boolean {
	const moved = Math.abs(utc - now - anchor.offset);
	return !(moved <= anchor.near + driftSince(anchor, now) + SERVERS_DIFFER);
}

/** Whether the witness knows which day it is. */
export function knowsDay(anchor: Anchor | undefined): boolean {
	return anchor !== undefined && anchor.by !== "photocell";
}

/** A date that is surely past at `now` by the city's word; undefined without one. */
export function pastDate(anchor: Anchor | undefined, now: Millis): UtcMillis | undefined {
	if (anchor?.by !== "city") return undefined;
	return (now + anchor.offset - errorOf(anchor, now)) as UtcMillis;
}

/**
 * The anchor after an edge of a trusted photocell (`dark`: a dusk): a new one if the clock's sun
 * passes at that time in that direction, else the one before. An anchor of the city or a technician
 * stays, because it is more exact for as long as a life lasts. `usual`: the duration of the learnt
 * nights, if there are some: without an anchor it shows whether the date's season is the right one.
 */
export function afterEdge(
	anchor: Anchor | undefined,
	clock: ClockState,
	dark: boolean,
	now: Millis,
	place: Place,
	usual?: Millis,
): Anchor | undefined {
	if (knowsDay(anchor) || clock.kind === "none" || !isDated(clock)) return anchor;
	const isSame = agrees(anchor, clock, now);
	if (isSame && anchor!.error < ONE_EDGE) return anchor; // the clock may not move it bit by bit
	if (anchor && Math.abs(clock.offset - anchor.offset) > ONE_EDGE) return anchor; // another day
	const utc = (now + clock.offset) as UtcMillis;
	const passage = passageNear(place, utc, dark);
	if (passage === undefined || Math.abs(utc - passage) > EDGE_TOLERANCE) return anchor;
	const night = anchor || usual === undefined ? undefined : darkTimeNear(place, utc);
	if (night !== undefined && Math.abs(night - usual!) > OTHER_SEASON) return anchor;
	const { offset } = clock;
	const near = uncertaintyAt(clock, now);
	const error = isSame && anchor!.isDusk !== dark ? PHOTOCELL_ERROR : ONE_EDGE;
	return { by: "photocell", offset, since: now, near, error, isDusk: dark };
}

function driftSince({ since }: Anchor, now: Millis): Millis {
	return Math.ceil((now - since) * DRIFT);
}
