/** Lengths and types of TLS records, however the bytes come in pieces. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { LONGEST_RECORD, Records } from "../../../hosts/moddable/records.js";

const headerOf = (length: number, type = 22) => [type, 3, 3, length >> 8, length & 255];
/** Records of those lengths, one after the other. */
const streamOf = (lengths: readonly number[]) =>
	Uint8Array.from(
		lengths.flatMap((length) => [...headerOf(length), ...new Array(length).fill(255)]),
	);

describe("a record", () => {
	test.each([0, 1, 255, 256, 4096, LONGEST_RECORD])("of %d bytes is let through", (length) => {
		expect(new Records().follow(streamOf([length, length]))).toBe(true);
	});

	test.each([LONGEST_RECORD + 1, 32_763, 65_535])("of %d bytes is seen by its header", (length) => {
		expect(new Records().follow(Uint8Array.from(headerOf(length)))).toBe(false);
	});

	const HANDSHAKE = [...headerOf(2), 1, 2];
	const KEYS = [...headerOf(1, 20), 1];
	const DATA = [...headerOf(3, 23), 1, 2, 3];
	test.each([
		["data first of all", DATA, false],
		["data in the handshake", [...HANDSHAKE, ...DATA], false],
		["data where keys hold", [...HANDSHAKE, ...KEYS, ...HANDSHAKE, ...DATA, ...DATA], true],
		["the handshake", [...HANDSHAKE, ...KEYS, ...HANDSHAKE], true],
	])("%s", (_what, bytes, isSound) => {
		for (const step of [1, 2, 5, 100]) {
			const records = new Records();
			let isTaken = true;
			for (let at = 0; at < bytes.length; at += step)
				isTaken &&= records.follow(Uint8Array.from(bytes.slice(at, at + step)));
			expect(isTaken).toBe(isSound);
		}
	});

	test("that is too long is seen behind any others, at its header's last byte (seed 7)", () => {
		const lengths = fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 5 });
		const pieces = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 9 });
		fc.assert(
			fc.property(lengths, pieces, (before, cuts) => {
				const records = new Records();
				const sound = streamOf(before);
				for (let at = 0, nth = 0; at < sound.length; nth += 1) {
					const next = at + cuts[nth % cuts.length]!;
					expect(records.follow(sound.subarray(at, next))).toBe(true);
					at = next;
				}
				const [last, ...first] = headerOf(20_000).reverse();
				for (const byte of first.reverse()) expect(records.follow(Uint8Array.of(byte))).toBe(true);
				expect(records.follow(Uint8Array.of(last!))).toBe(false);
			}),
			{ seed: 7, numRuns: 300 },
		);
	});
});
