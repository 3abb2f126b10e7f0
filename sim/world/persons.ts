/**
 * Persons: single road users that enter the street at stated times, besides its traffic.
 *
 * `bicycle@6m` enters at the first lamp after six minutes, `pedestrian@20m/back` at the last one;
 * `car@1200.5s/45m/back` is set down 45 m from the first lamp.
 */
import { msOfSpan, SPAN } from "../../lib/spans.js";
import type { Batch, Timetable, UserKind } from "./timetable.js";
import { sortArrivals, USER_KINDS } from "./timetable.js";

export interface Person {
	readonly kind: UserKind;
	/** Virtual ms. */
	readonly at: number;
	readonly forth: boolean;
	/** Where it is set down, m from the first lamp; absent: it enters at an end. */
	readonly place?: number;
}

const PERSON = new RegExp(String.raw`^(\w+)@(${SPAN})(?:/(-?\d{1,6}(?:\.\d)?)m)?(/back)?$`);

/** Parses one; undefined for anything else. */
export function readPerson(text: string): Person | undefined {
	const [, kind, span = "", place, back] = PERSON.exec(text) ?? [];
	const at = msOfSpan(span);
	if (!USER_KINDS.includes(kind as UserKind) || at === undefined) return undefined;
	const person = { kind: kind as UserKind, at, forth: back === undefined };
	return place === undefined ? person : { ...person, place: Number(place) };
}

/** `traffic` with those of these persons that enter at an end; a quiet street has them alone. */
export function withPersons(
	traffic: Timetable,
	persons: readonly Person[],
	epochUtc: number,
	quiet: boolean,
): Timetable {
	const mine = persons
		.filter(({ place }) => place === undefined)
		.map(({ kind, at, forth }) => ({ kind, at: epochUtc + at, forth }));
	if (mine.length === 0 && !quiet) return traffic;
	let isTaken = false;
	return {
		take(from): Batch | undefined {
			if (!quiet) {
				const batch = traffic.take(from);
				if (!batch) return undefined;
				const here = mine.filter(({ at }) => at >= batch.from && at < batch.until);
				return { ...batch, arrivals: sortArrivals([...batch.arrivals, ...here]) };
			}
			if (isTaken) return undefined;
			isTaken = true;
			return { from, until: Infinity, arrivals: sortArrivals(mine) };
		},
	};
}
