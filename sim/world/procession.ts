/**
 * Procession: road users of one kind and pace, one after the other, from either end of the street by
 * turns: traffic of which everything is known.
 */
import type { Arrival, Timetable, UserKind } from "./timetable.js";
import { USER_KINDS } from "./timetable.js";

export interface Procession {
	readonly kind: UserKind;
	/** m/s. */
	readonly speed: number;
	/** One each so many ms. */
	readonly every: number;
}

/** The first comes so late that every lamp has settled, ms. */
const FIRST_AFTER = 300_000;
const KMH = 1 / 3.6;
const FASTEST = 200; // km/h: what drives there is no road user

/** Reads `car@50/90s`: a car at 50 km/h each 90 s; undefined: it is none. */
export function readProcession(text: string): Procession | undefined {
	const match = /^(\w+)@(\d{1,3}(?:\.\d)?)\/(\d{1,4})s$/.exec(text);
	const kind = USER_KINDS.find((one) => one === match?.[1]);
	const [speed, every] = [Number(match?.[2]), Number(match?.[3])];
	if (!kind || !(speed > 0 && speed <= FASTEST && every > 0)) return undefined;
	return { kind, speed: speed * KMH, every: every * 1000 };
}

/** From `epochUtc` on; `duration`: of the run, ms: who cannot pass the street by then does not come. */
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
