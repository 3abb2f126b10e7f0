/**
 * Procession: road users of one kind and pace, one after the other, from alternating ends of the
 * street: traffic without randomness.
 */
import type { Arrival, Timetable, UserKind } from "./timetable.js";
import { USER_KINDS } from "./timetable.js";

export interface Procession {
	readonly kind: UserKind;
	/** m/s. */
	readonly speed: number;
	/** Interval, ms. */
	readonly every: number;
}

/** Start of the first one, ms: every lamp has settled by then. */
const FIRST_AFTER = 300_000;
const KMH = 1 / 3.6;
const FASTEST = 200; // km/h: a faster vehicle is no road user

/** Parses `car@50/90s`: a car at 50 km/h each 90 s; undefined for an invalid text. */
export function readProcession(text: string): Procession | undefined {
	const match = /^(\w+)@(\d{1,3}(?:\.\d)?)\/(\d{1,4})s$/.exec(text);
	const kind = USER_KINDS.find((userKind) => userKind === match?.[1]);
	const [speed, every] = [Number(match?.[2]), Number(match?.[3])];
	if (!kind || !(speed > 0 && speed <= FASTEST && every > 0)) return undefined;
	return { kind, speed: speed * KMH, every: every * 1000 };
}

/**
 * From `epochUtc` on; `duration`: of the run, ms: a road user that cannot pass the street by then
 * is left out.
 */
export function createProcession(
	{ kind, speed, every }: Procession,
	epochUtc: number,
	end: number,
): Timetable {
	const arrivals: Arrival[] = [];
	for (let at = FIRST_AFTER; at < end; at += every)
		arrivals.push({ at: epochUtc + at, kind, forth: arrivals.length % 2 === 0, speed });
	const batch = { from: epochUtc, until: Infinity, arrivals };
	return { take: (from) => (from < Infinity ? batch : undefined) };
}
