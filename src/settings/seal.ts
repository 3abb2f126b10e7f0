/**
 * Seal: the mark by which the lamp knows a text of its store as its own, unharmed.
 *
 * A sealed text was valid when it was written, by the same table and the same rules, so a boot need
 * not judge it again. The seal is against flash that forgets and firmware that changed, not against
 * hands that write flash: those have the key to everything else as well.
 */
import type { Crypto, Store, Utf8 } from "../host.js";
import { RULES } from "./rules.js";
import { SETTINGS } from "./table.js";

/** What a seal is made with. */
export interface SealDoors {
	readonly crypto: Pick<Crypto, "sha256">;
	readonly utf8: Pick<Utf8, "encode">;
	/** Of the firmware: another one may judge otherwise. */
	readonly version: string;
}

/** The doors of the host that the settings are given. */
export interface SettingsDoors extends SealDoors {
	readonly store: Store;
}

/** Of the digest's 32: a whole number that every engine prints alike. Torn text fits once in 2^48. */
const SEAL_BYTES = 6;
/** Where the seal ends and the JSON begins. */
const OBJECT = "{";

/** What a text means rests on these; taken once, at load. */
const FINGERPRINT = fnv1a(
	JSON.stringify([
		SETTINGS.map(({ section, name, kind }) => [section, name, kind]),
		RULES.map(({ section, name, why }) => [section, name, why]),
	]),
);

/** `text`, an object as JSON, with its seal before it. */
export function seal(key: string, text: string, doors: SealDoors): string {
	return sealOf(key, text, doors) + text;
}

/** The JSON in what the store holds, and whether the lamp may believe it unread. */
export function open(
	key: string,
	stored: string,
	doors: SealDoors,
): { readonly text: string; readonly isOwn: boolean } {
	const place = stored.indexOf(OBJECT);
	if (place <= 0) return { text: stored, isOwn: false };
	const text = stored.slice(place);
	return { text, isOwn: stored.slice(0, place) === sealOf(key, text, doors) };
}

/** Empty, so that it fits nothing, where a text is not of ASCII: settings are. */
function sealOf(key: string, text: string, { crypto, utf8, version }: SealDoors): string {
	const all = `${version} ${FINGERPRINT} ${key} ${text}`;
	const bytes = new Uint8Array(all.length);
	if (utf8.encode(all, bytes, 0) < 0) return "";
	const digest = crypto.sha256(bytes);
	let value = 0;
	for (let i = 0; i < SEAL_BYTES; i += 1) value = 256 * value + digest[i]!;
	return `${value}`;
}

/** FNV-1a, 32 bits. */
function fnv1a(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i += 1)
		hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
	return hash;
}
