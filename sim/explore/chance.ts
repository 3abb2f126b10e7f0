/** Chance: a whole number or an element of a list, by a random stream. */
import type { Random } from "../../lib/random.js";

export function integer(chance: Random, least: number, most: number): number {
	return least + Math.floor(chance.next() * (most - least + 1));
}

export function pick<T>(chance: Random, from: readonly T[]): T {
	return from[Math.floor(chance.next() * from.length)]!;
}
