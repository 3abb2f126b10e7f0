/**
 * Timetable: who enters the street when.
 *
 * Without a recording, people come by a rate for each hour of the day, as a Poisson process.
 */
import { random } from "../random.js";
import type { Zone } from "../zone.js";

export type UserKind = "pedestrian" | "bicycle" | "car";
export const USER_KINDS: readonly UserKind[] = Object.freeze(["pedestrian", "bicycle", "car"]);

export interface Arrival {
	/** UTC ms. */
	readonly at: number;
	readonly kind: UserKind;
	/** From the first lamp to the last; else the other way. */
	readonly forth: boolean;
}

/** Who comes in [from, until), in order. */
export interface Batch {
	readonly from: number;
	readonly until: number;
	readonly arrivals: readonly Arrival[];
}

export interface Timetable {
	/** The next batch that does not end by `from` (UTC ms); undefined when there are no more. */
	take(from: number): Batch | undefined;
}

const HOUR = 3600_000;

/** Arrivals an hour on a residential street, by hour of the day, both ways together. */
const PROFILE: Readonly<Record<UserKind, readonly number[]>> = Object.freeze({
	pedestrian: [
		2, 1, 0.5, 0.5, 0.5, 2, 6, 14, 18, 10, 10, 12, 14, 12, 12, 16, 20, 22, 18, 14, 10, 8, 6, 4,
	],
	bicycle: [1, 0.5, 0.3, 0.3, 0.5, 1, 4, 14, 16, 8, 7, 8, 9, 8, 8, 12, 18, 20, 14, 9, 6, 4, 3, 2],
	car: [6, 4, 2.5, 2, 3, 6, 18, 42, 48, 36, 34, 36, 38, 36, 38, 46, 56, 60, 46, 34, 24, 18, 12, 8],
});

/** Orders by instant; of the same instant the kind and the way decide, so that one order exists. */
export function sortArrivals(arrivals: Arrival[]): Arrival[] {
	const rank = (one: Arrival) => USER_KINDS.indexOf(one.kind) * 2 + Number(one.forth);
	return arrivals.sort((a, b) => a.at - b.at || rank(a) - rank(b));
}

/** Traffic by the profile of a residential street, the hours being those of `zone`. */
export function createTimetable(seed: number, zone: Zone): Timetable {
	let next = -Infinity;
	return {
		take(from) {
			const start = Math.max(next, Math.floor(from / HOUR) * HOUR);
			next = start + HOUR;
			const hour = new Date(zone.localOf(start)).getUTCHours();
			const arrivals: Arrival[] = [];
			for (const kind of USER_KINDS) {
				const stream = random(seed, `${kind} ${start}`);
				const mean = HOUR / PROFILE[kind][hour]!;
				for (let at = start + stream.wait(mean); at < next; at += stream.wait(mean))
					arrivals.push({ at: Math.floor(at), kind, forth: stream.next() < 0.5 });
			}
			return { from: start, until: next, arrivals: sortArrivals(arrivals) };
		},
	};
}
