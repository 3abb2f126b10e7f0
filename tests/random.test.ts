/** Ground: random numbers, a name's own part of a spread, the lists of the indicator. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { LINK, PHOTOCELL, PRESENCE, REASON } from "../src/indication.js";
import { ownPart, positionOf } from "../src/ownpart.js";
import { randomStream } from "../src/random.js";

const SEED = 20261124;
const mask = (value: bigint) => value & 0xffffffffn;

/** xorshift32 of Marsaglia (2003), page 4: 13, 17, 5. */
function* xorshift(seed: bigint): Generator<number> {
	for (let state = seed; ; ) {
		state = mask(state ^ (state << 13n));
		state ^= state >> 17n;
		state = mask(state ^ (state << 5n));
		yield Number(state) / 2 ** 32;
	}
}

/** FNV-1a of 32 bits, then the finalizer of MurmurHash3 (Appleby). */
function positionBy(name: string): number {
	let hash = 0x811c9dc5n;
	for (const byte of Buffer.from(name, "latin1")) hash = mask((hash ^ BigInt(byte)) * 0x01000193n);
	hash = mask((hash ^ (hash >> 16n)) * 0x85ebca6bn);
	hash = mask((hash ^ (hash >> 13n)) * 0xc2b2ae35n);
	return Number(hash ^ (hash >> 16n)) / 2 ** 32;
}

describe("a stream of random numbers", () => {
	test("is xorshift32 from the four bytes of the host", () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 4, maxLength: 4 }), (bytes) => {
				const next = randomStream({ random: (into: Uint8Array) => into.set(bytes) } as never);
				const seed = BigInt(Buffer.from(bytes).readUInt32LE());
				const expected = xorshift(seed === 0n ? 1n : seed);
				for (let index = 0; index < 5; index += 1) expect(next()).toBe(expected.next().value);
			}),
			{ seed: SEED },
		);
	});
});

describe("a name's own part", () => {
	test("is FNV-1a with its bits mixed, below the spread", () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[A-Za-z0-9_/-]{0,40}$/), fc.nat(1e9), (name, spread) => {
				expect(positionOf(name)).toBe(positionBy(name));
				expect(ownPart(name, spread)).toBe(Math.floor(positionBy(name) * spread));
			}),
			{ seed: SEED },
		);
	});
});

test("the positions of the indicator's lists stand in traces and in the codes of the LED", () => {
	expect([PRESENCE, PHOTOCELL, REASON, LINK]).toEqual([
		["vacant", "moving", "holding", "settling"],
		["unknown", "day", "night"],
		["default", "program", "sensor", "override", "emergency", "systemFailure"],
		["off", "waiting", "connecting", "online"],
	]);
});
