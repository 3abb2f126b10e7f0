/**
 * Random: numbers from a seed, in streams with names.
 *
 * Each user of random numbers has a stream of its own, so that one more car does not shift the
 * clouds. xoshiro128** (Blackman, Vigna, "Scrambled linear pseudorandom number generators", 2021),
 * its state filled from the seed and the name by the finaliser of MurmurHash3.
 */

export interface Random {
	/** Evenly in [0, 1), 32 bits. */
	next(): number;
	/** Evenly in [low, high). */
	between(low: number, high: number): number;
	/** Waiting time of a Poisson process with that mean, same unit as the mean. */
	wait(mean: number): number;
}

/** Stream `name` of `seed`; the same pair always gives the same numbers. */
export function random(seed: number, name: string): Random {
	let hash = mix(seed >>> 0) ^ mix(Math.floor(seed / 2 ** 32));
	for (let i = 0; i < name.length; i++) hash = mix(hash ^ name.charCodeAt(i));
	let a = (hash = mix(hash + 0x9e3779b9));
	let b = (hash = mix(hash + 0x9e3779b9));
	let c = (hash = mix(hash + 0x9e3779b9));
	let d = mix(hash + 0x9e3779b9) | 1; // never all zero, a state that it would not leave
	const next = () => {
		const result = Math.imul(turn(Math.imul(b, 5), 7), 9);
		const t = b << 9;
		c ^= a;
		d ^= b;
		b ^= c;
		a ^= d;
		c ^= t;
		d = turn(d, 11);
		return (result >>> 0) / 2 ** 32;
	};
	return {
		next,
		between: (low, high) => low + (high - low) * next(),
		wait: (mean) => -mean * Math.log(1 - next()),
	};
}

/** A number in [0, 1) that belongs to the two whole numbers, without a stream between them. */
export function chance(seed: number, of: number): number {
	return (mix(mix(seed) + Math.imul(of, 0x9e3779b9)) >>> 0) / 2 ** 32;
}

function mix(value: number): number {
	let h = value | 0;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return h ^ (h >>> 16);
}

function turn(value: number, bits: number): number {
	return (value << bits) | (value >>> (32 - bits));
}
