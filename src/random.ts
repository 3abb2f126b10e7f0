/**
 * Random: streams of pseudo-random numbers, seeded once by the host (xorshift32, Marsaglia 2003).
 *
 * Each room has a stream of its own, so that one room's draws do not shift another's. For spreading
 * attempts in time; unsuitable for secrets.
 */
import type { Crypto } from "./host.js";

const SEED_BYTES = 4;

/** A stream of numbers, evenly in 0 <= x < 1. */
export function randomStream(crypto: Crypto): () => number {
	const seed = new Uint8Array(SEED_BYTES);
	crypto.random(seed);
	let state = seed[0]! | (seed[1]! << 8) | (seed[2]! << 16) | (seed[3]! << 24) || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 0x1_0000_0000;
	};
}
