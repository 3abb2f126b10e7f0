/** Keys: which are read, and which of them a header may name. */
import { describe, expect, test } from "@jest/globals";
import { KEYS_MOST, keyOf, keysIn } from "../../src/update/keys.js";
import { Signer, sha256 } from "../support/images.js";

describe("keys", () => {
	const [first, second, third, fourth] = [new Signer(), new Signer(), new Signer(), new Signer()];
	const crypto = { sha256: (bytes: Uint8Array) => new Uint8Array(sha256(bytes)) };
	const known = keysIn([first, second, third].map(({ text }) => text).join(" "));
	test("are read in their order, what is none left out, at most three", () => {
		expect(known.map((key) => Buffer.from(key).toString("hex"))).toEqual([
			first.text,
			second.text,
			third.text,
		]);
		expect(keysIn(`x ${first.text}0 ${second.text.replace(/^./, "g")} ${third.text}`)).toHaveLength(
			1,
		);
		const files = [first, second].map(({ text }) => `${text}\n`).join("");
		expect(keysIn(files)).toEqual(known.slice(0, 2));
		const all = [first, second, third, fourth].map(({ text }) => text).join(" ");
		expect(keysIn(all)).toHaveLength(KEYS_MOST);
		expect(keysIn(undefined)).toEqual([]);
	});
	test.each([
		["the first, before any was kept", first, 0, known[0]],
		["the second before its time", second, 0, known[1]],
		["the one that was kept", second, second.id, known[1]],
		["one before it", first, second.id, "retiredKey"],
		["one after it", third, second.id, known[2]],
		["one nobody knows", fourth, 0, "unknownKey"],
		["where the kept one is gone from the list", first, fourth.id, known[0]],
	])("%s", (_why, { id }, kept, expected) => {
		expect(keyOf(known, id, kept, crypto)).toBe(expected);
	});
});
