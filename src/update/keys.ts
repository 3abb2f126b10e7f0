/**
 * Keys: the public keys of accepted images, on the curve P-256, in the order of their use.
 *
 * They are stored as `update.key`, set at the depot: no order and no setting can change them. A
 * kept image retires the keys before its own (docs/update.md).
 */
import type { Crypto } from "../host.js";
import { keyIdOf } from "./header.js";

/** One in use and two in a safe; a lamp that needs more changed hands too often. */
export const KEYS_MOST = 3;
const KEY_BYTES = 64;

/**
 * The keys in `text`, hexadecimal, separated by spaces or line ends, as in concatenated `.public`
 * files; invalid words are skipped.
 */
export function keysIn(text: string | undefined): readonly Uint8Array[] {
	const keys: Uint8Array[] = [];
	for (const word of text?.split("\n").join(" ").split(" ") ?? []) {
		const key = bytesIn(word);
		if (key && keys.length < KEYS_MOST) keys.push(key);
	}
	return keys;
}

/**
 * The key with this id, or why its images are refused. `kept`: id of the key of the last kept
 * image, which retires the keys before it; 0: none was kept.
 */
export function keyOf(
	keys: readonly Uint8Array[],
	id: number,
	kept: number,
	{ sha256 }: Pick<Crypto, "sha256">,
): Uint8Array | "unknownKey" | "retiredKey" {
	let found: Uint8Array | "unknownKey" | "retiredKey" = "unknownKey";
	for (const key of keys) {
		const its = keyIdOf(sha256(key));
		if (its === id) found = key;
		else if (its === kept && found !== "unknownKey") found = "retiredKey";
	}
	return found;
}

function bytesIn(hex: string): Uint8Array | undefined {
	if (hex.length !== 2 * KEY_BYTES) return undefined;
	const bytes = new Uint8Array(KEY_BYTES);
	for (let at = 0; at < hex.length; at += 1) {
		const digit = DIGITS.indexOf(hex.charAt(at));
		if (digit < 0) return undefined;
		bytes[at >> 1] = (bytes[at >> 1]! << 4) | digit;
	}
	return bytes;
}
const DIGITS = "0123456789abcdef";
