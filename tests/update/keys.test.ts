/** Keys: which are read, and which of them a header may name. */
import { describe, expect, test } from "@jest/globals";
import { KEYS_MOST, keyOf, keysIn } from "../../src/update/keys.js";
import { Signer, sha256 } from "../support/images.js";
import { KEY_TEXTS } from "../support/keytexts.js";

describe("keys", () => {
	const [first, second, third, fourth] = [new Signer(), new Signer(), new Signer(), new Signer()];
	const crypto = { sha256: (bytes: Uint8Array) => new Uint8Array(sha256(bytes)) };
	const known = keysIn([first, second, third].map(({ text }) => text).join(" "));
	test("are read in their order, at most three", () => {
		expect(known.map((key) => Buffer.from(key).toString("hex"))).toEqual([
			first.text,
			second.text,
			third.text,
		]);
		const all = [first, second, third, fourth].map(({ text }) => text).join(" ");
		expect(keysIn(all)).toHaveLength(KEYS_MOST);
		expect(keysIn(undefined)).toEqual([]);
	});
	test.each(KEY_TEXTS)("in a text with $what", ({ text, keys, faults }) => {
		const lines: number[] = [];
		const read = keysIn(text(first.text, second.text), (line) => lines.push(line));
		expect([read, lines]).toEqual([keys.map((index) => known[index]), faults]);
	});
	test.each([
		["the first, before any was kept", first, 0, known[0]],
		["the second before its time", second, 0, known[1]],
		["the one that was kept", second, second.id, known[1]],
		["one before it", first, second.id, "retiredKey"],
		["one after it", third, second.id, known[2]],
		["an unknown one", fourth, 0, "unknownKey"],
		["where the kept one is gone from the list", first, fourth.id, known[0]],
	])("%s", (_why, { id }, kept, expected) => {
		expect(keyOf(known, id, kept, crypto)).toBe(expected);
	});
});
