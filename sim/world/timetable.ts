/**
 * Timetable: instants at which road users enter the street.
 *
 * Without a recording, they come by a rate for each hour of the day, as a Poisson process.
 */
import { random } from "../../lib/random.js";
import { HOUR } from "../../lib/spans.js";
import type { Zone } from "../../lib/zone.js";

export type UserKind = "pedestrian" | "bicycle" | "car";
export const USER_KINDS: readonly UserKind[] = ["pedestrian", "bicycle", "car"];

export interface Arrival {
	/** UTC ms. */
	readonly at: number;
	readonly kind: UserKind;
	/** From the first lamp to the last; else the other way. */
	readonly forth: boolean;
	/** m/s; absent: random, around the mean of that kind (MANNERS). */
	readonly speed?: number;
}

/** Arrivals in [from, until), in order. */
export interface Batch {
	readonly from: number;
	readonly until: number;
	readonly arrivals: readonly Arrival[];
}

export interface Timetable {
	/** The next batch that does not end by `from` (UTC ms); undefined after the last one. */
	take(from: number): Batch | undefined;
}

/** Arrivals an hour on a residential street, by hour of the day, both ways together. */
const PROFILE: Readonly<Record<UserKind, readonly number[]>> = {
	pedestrian: [1, 0.5, 0.3, 0.3, 0.3, 1, 3, 7, 9, 5, 5, 6, 7, 6, 6, 8, 10, 11, 9, 7, 5, 4, 3, 2],
	bicycle: [0.5, 0.3, 0.2, 0.2, 0.3, 0.5, 2, 7, 8, 4, 4, 4, 5, 4, 4, 6, 9, 10, 7, 5, 3, 2, 1.5, 1],
	car: [4, 3, 2, 1.5, 2, 4, 12, 30, 34, 25, 24, 25, 27, 25, 27, 32, 39, 42, 32, 24, 17, 12, 8, 6],
};

/**
 * Sorted by instant; of the same instant by kind and direction, so that there is one order only.
 */
export function sortArrivals(arrivals: Arrival[]): Arrival[] {
	const rank = (arrival: Arrival) => USER_KINDS.indexOf(arrival.kind) * 2 + Number(arrival.forth);
	return arrivals.sort((a, b) => a.at - b.at || rank(a) - rank(b));
}

/** Motor vehicles a day of that street. */
export const VEHICLES_DAY: number = PROFILE.car.reduce((sum, rate) => sum + rate, 0);

/** Walkers and bicycles a day of that street. */
export const WALKERS_DAY: number = [...PROFILE.pedestrian, ...PROFILE.bicycle].reduce(
	(sum, rate) => sum + rate,
	0,
);

/** Arrivals of that street between two hours of the day. */
export function usersBetween(from: number, to: number): Readonly<Record<UserKind, number>> {
	const of = (kind: UserKind) => PROFILE[kind].slice(from, to).reduce((sum, rate) => sum + rate, 0);
	return { pedestrian: of("pedestrian"), bicycle: of("bicycle"), car: of("car") };
}

/**
 * Traffic by the profile of a residential street, the hours being those of `zone`; `vehicles` and
 * `walkers`: of another street, motor vehicles a day, and people on foot and by bicycle, in the same
 * hours.
 */
export function createTimetable(
	seed: number,
	zone: Zone,
	vehicles = VEHICLES_DAY,
	walkers = WALKERS_DAY,
): Timetable {
	let next = -Infinity;
	const cars = vehicles / VEHICLES_DAY;
	const others = walkers / WALKERS_DAY;
	return {
		take(from) {
			const start = Math.max(next, Math.floor(from / HOUR) * HOUR);
			next = start + HOUR;
			const hour = new Date(zone.localOf(start)).getUTCHours();
			const arrivals: Arrival[] = [];
			for (const kind of USER_KINDS) {
				const stream = random(seed, `${kind} ${start}`);
				const mean = HOUR / (PROFILE[kind][hour]! * (kind === "car" ? cars : others));
				for (let at = start + stream.wait(mean); at < next; at += stream.wait(mean))
					arrivals.push({ at: Math.floor(at), kind, forth: stream.next() < 0.5 });
			}
			return { from: start, until: next, arrivals: sortArrivals(arrivals) };
		},
	};
}
