/**
 * Persons: single road users that enter the street at stated times, besides its traffic.
 *
 * `bicycle@6m` enters at the first lamp after six minutes, `pedestrian@20m/back` at the last one.
 */
import { msOfSpan } from "../../lib/spans.js";
import type { Batch, Timetable, UserKind } from "./timetable.js";
import { sortArrivals, USER_KINDS } from "./timetable.js";

export interface Person {
	readonly kind: UserKind;
	/** Virtual ms. */
	readonly at: number;
	readonly forth: boolean;
}

/** Parses one; undefined for anything else. */
export function readPerson(text: string): Person | undefined {
	const [, kind, span = "", back] = /^(\w+)@(\w+)(\/back)?$/.exec(text) ?? [];
	const at = msOfSpan(span);
	if (!USER_KINDS.includes(kind as UserKind) || at === undefined) return undefined;
	return { kind: kind as UserKind, at, forth: back === undefined };
}

/** `traffic` with these persons; a quiet street has them alone. */
export function withPersons(
	traffic: Timetable,
	persons: readonly Person[],
	epochUtc: number,
	quiet: boolean,
): Timetable {
	if (persons.length === 0 && !quiet) return traffic;
	const mine = persons.map(({ kind, at, forth }) => ({ kind, at: epochUtc + at, forth }));
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
