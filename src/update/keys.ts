/**
 * Keys: the public keys of accepted images, on the curve P-256, in the order of their use.
 *
 * They are stored as `update.key`, set at the depot: no order and no setting can change them, a list
 * that one of them signed can (keylist.ts). A kept image retires the keys before its own.
 */
import type { Crypto } from "../host.js";
import { keyIdOf } from "./header.js";

/** One in use and two in a safe; a lamp that needs more changed hands too often. */
export const KEYS_MOST = 3;
/** x and y. */
export const KEY_BYTES = 64;

/**
 * The keys in `text`, as in concatenated `.public` files: 128 hexadecimal digits each, in any case,
 * separated by spaces or line ends of any system; `#` begins a comment. `onFault` gets the number of
 * the line of each word that is no key, and of each key beyond KEYS_MOST; the lamp skips them.
 */
export function keysIn(
	text: string | undefined,
	onFault: (line: number) => void = () => {},
): readonly Uint8Array[] {
	const keys: Uint8Array[] = [];
	const lines = (text ?? "").split("\n");
	for (let index = 0; index < lines.length; index += 1) {
		const [content = ""] = lines[index]!.split("#");
		for (const word of content.split("\t").join(" ").split(" ")) {
			const digits = trimmed(word);
			if (digits === "") continue;
			const key = bytesIn(digits);
			if (key && keys.length < KEYS_MOST) keys.push(key);
			else onFault(index + 1);
		}
	}
	return keys;
}

/** Without the carriage return of a line's end and the mark of UTF-8 at a file's beginning. */
function trimmed(word: string): string {
	const start = word.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
	return word.slice(start, word.endsWith("\r") ? -1 : undefined);
}
const BYTE_ORDER_MARK = 0xfeff;

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

/**
 * The keys in `text` as a person compares them: the id of each, eight hexadecimal digits; `?` for each
 * word that is no key.
 */
export function keyNames(text: string | undefined, { sha256 }: Pick<Crypto, "sha256">): string[] {
	const unread: string[] = [];
	const keys = keysIn(text, () => unread.push("?"));
	return [...keys.map((key) => keyName(keyIdOf(sha256(key)))), ...unread];
}

/** An id of a key as text. */
export function keyName(id: number): string {
	return id.toString(16).padStart(8, "0");
}

function bytesIn(hex: string): Uint8Array | undefined {
	if (hex.length !== 2 * KEY_BYTES) return undefined;
	const bytes = new Uint8Array(KEY_BYTES);
	for (let at = 0; at < hex.length; at += 1) {
		const digit = DIGITS.indexOf(hex.charAt(at));
		if (digit < 0) return undefined;
		bytes[at >> 1] = (bytes[at >> 1]! << 4) | (digit & 15);
	}
	return bytes;
}
const DIGITS = "0123456789abcdef0123456789ABCDEF";
