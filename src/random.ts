/**
 * Random: a stream of numbers for one room, seeded once by the host.
 *
 * Each room has its own, so that what one draws cannot shift what another does (xorshift32, Marsaglia
 * 2003; it spreads reconnections, it keeps no secret).
 */
import type { Crypto } from "./host.js";

const SEED_BYTES = 4;

/** Evenly in 0 <= x < 1. */
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
