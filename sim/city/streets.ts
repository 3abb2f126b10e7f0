/**
 * Streets: a city as streets that share nothing but the broker, and the part of it that one process
 * lives. Numbers of lamps and seeds are those of the whole, so each street is the same in any part.
 */

import { random } from "../../lib/random.js";
import type { Options } from "../options/options.js";
import type { Shard } from "../util/shard.js";

export interface CityStreet {
	/** From 1. */
	readonly number: number;
	/** Number of its first lamp. */
	readonly first: number;
	/** With this seed and first lamp the street runs alone, too. */
	readonly seed: number;
}

type City = Pick<Options, "lamps" | "seed" | "part"> & { readonly streets: number };

export function streetsOf({ streets, lamps, seed, part }: City): CityStreet[] {
	return Array.from({ length: streets }, (_, index) => ({
		number: index + 1,
		first: part.first + index * lamps,
		seed: index === 0 ? seed : seedOf(seed, index + 1),
	}));
}

/** The streets of a part; those of all N parts are all streets, each once. */
export function streetsIn<T>(all: readonly T[], { index, of }: Shard): readonly T[] {
	const end = (part: number) => Math.floor((all.length * part) / of);
	return all.slice(end(index - 1), end(index));
}

const seedOf = (seed: number, street: number): number =>
	Math.floor(random(seed, `street ${street}`).next() * 2 ** 32);
