/**
 * Key list: the keys of updates for the time to come, signed by one of the present keys.
 *
 * 16 bytes, numbers with the high byte first, then x and y of each key in the order of their use,
 * then an ECDSA signature (P-256, DER) over the SHA-256 of all that. No serial number is in it: one
 * list is for all lamps of a city (docs/update.md).
 */
import { frozen } from "../frozen.js";
import { SIGNATURE_LEAST, SIGNATURE_MOST, u32 } from "./header.js";
import { KEY_BYTES, KEYS_MOST, keysIn } from "./keys.js";
import type { OfferRefusal } from "./offer.js";

/** "LUK", and the version of this layout; no header of an image begins so. */
export const LIST_MAGIC = 0x4c_55_4b_01;
export const LIST_AT = frozen({ magic: 0, keyId: 4, counter: 8, count: 12, keys: 16 });
export const LIST_BYTES_MAX = LIST_AT.keys + KEYS_MOST * KEY_BYTES + SIGNATURE_MOST;
/**
 * A counter grows by this at most, so that a stolen key cannot use them up: each list takes a
 * confirmation, and four thousand million of them the life of the lamp.
 */
export const COUNTER_STEP_MOST = 1000;
/** Before the counter in a stored text; for a reader of keys a comment. */
const COUNTER_MARK = "#counter ";

export interface KeyList {
	/** The signing key, as in a header. */
	readonly keyId: number;
	/** Above that of the present list. */
	readonly counter: number;
	readonly keys: readonly Uint8Array[];
	readonly signed: Uint8Array;
	readonly signature: Uint8Array;
}

/** Keys with the counter of their list; 0: they are the factory's. */
export interface KeyRecord {
	readonly counter: number;
	readonly keys: readonly Uint8Array[];
}

/** Parses a list; undefined if `bytes` is malformed. The signature is not verified. */
export function parseList(bytes: Uint8Array): KeyList | undefined {
	if (bytes.length < LIST_AT.keys || u32(bytes, LIST_AT.magic) !== LIST_MAGIC) return undefined;
	const count = u32(bytes, LIST_AT.count);
	const end = LIST_AT.keys + count * KEY_BYTES;
	const rest = bytes.length - end;
	if (count < 1 || count > KEYS_MOST) return undefined;
	if (rest < SIGNATURE_LEAST || rest > SIGNATURE_MOST) return undefined;
	const keys: Uint8Array[] = [];
	for (let at = LIST_AT.keys; at < end; at += KEY_BYTES) keys.push(bytes.slice(at, at + KEY_BYTES));
	return {
		keys,
		keyId: u32(bytes, LIST_AT.keyId),
		counter: u32(bytes, LIST_AT.counter),
		signed: bytes.slice(0, end),
		signature: bytes.slice(end),
	};
}

/** The text for the store: one value, so that counter and keys are replaced by one write. */
export function listText({ counter, keys }: KeyRecord): string {
	let text = `${COUNTER_MARK}${counter}`;
	for (const key of keys) {
		text += "\n";
		for (let at = 0; at < KEY_BYTES; at += 1) text += key[at]!.toString(16).padStart(2, "0");
	}
	return text;
}

export function storedKeys(text: string | undefined): KeyRecord {
	const [line = ""] = text?.split("\n") ?? [];
	const counter = line.startsWith(COUNTER_MARK) ? Number(line.slice(COUNTER_MARK.length)) : 0;
	return { counter: counter >>> 0, keys: keysIn(text) };
}

/**
 * Why a list is refused, before its signature is verified; `signer`: place of its key among the
 * present ones. A key replaces itself and those before it alone, so that a stolen key never
 * displaces the one in the safe.
 */
export function refusalOfList(
	list: KeyList,
	present: KeyRecord,
	signer: number,
): OfferRefusal | undefined {
	const step = list.counter - present.counter;
	if (step < 1 || step > COUNTER_STEP_MOST) return "olderCounter";
	const later = present.keys.slice(signer + 1);
	const last = list.keys.slice(list.keys.length - later.length);
	const isWhole = list.keys.length >= later.length && isSameList(last, later);
	return isWhole ? undefined : "laterKeyMissing";
}

export function isSameList(ones: readonly Uint8Array[], others: readonly Uint8Array[]): boolean {
	return (
		ones.length === others.length && ones.every((key, index) => isSameKey(key, others[index]!))
	);
}

export function isSameKey(key: Uint8Array, other: Uint8Array): boolean {
	return key.every((byte, at) => byte === other[at]);
}
