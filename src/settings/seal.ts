/**
 * Seal: a checksum that identifies a text of the store as written by this firmware, and intact.
 *
 * A sealed text was valid when it was written, by the same table and the same rules, so a boot need
 * not validate it again. The seal protects against corrupted flash and changed firmware. It does
 * not protect against an attacker who can write flash, who has every other key as well.
 */
import type { Crypto, Store, Utf8 } from "../host.js";
import { MEANS } from "./classes.js";
import { RULES, type Rule } from "./rules.js";
import { SETTINGS, type Setting } from "./table.js";

/** The functions of the host that a seal needs. */
interface SealDoors {
	readonly crypto: Pick<Crypto, "sha256">;
	readonly utf8: Pick<Utf8, "encode">;
	/** Of the firmware: the code of another version may validate differently. */
	readonly version: string;
}

/** The doors of the host for the settings. */
export interface SettingsDoors extends SealDoors {
	readonly store: Store;
}

/**
 * A seal is six of the digest's 32 bytes, in two halves: a whole number that every engine prints
 * alike. A torn text matches once in 2^48.
 */
const HALF = 2 ** 24;
/** First character of the JSON, after the seal. */
const OBJECT = "{";

/** Of this firmware's tables; computed once, at load. */
const FINGERPRINT = fingerprintOf(SETTINGS, RULES, MEANS);

/**
 * Hash of the tables on which the validity of a stored text depends: names, ranges and defaults of
 * the settings, ids of the rules, means of the lighting classes. No sentence is part of it.
 */
export function fingerprintOf(
	settings: readonly Omit<Setting, "meaning">[],
	rules: readonly Pick<Rule, "id">[],
	means: Readonly<Record<string, number>>,
): number {
	const rows = settings.map(({ section, name, kind, initial }) => [section, name, kind, initial]);
	return fnv1a(JSON.stringify([rows, rules.map(({ id }) => id), means]));
}

/** `text`, a JSON object, prefixed with its seal. */
export function seal(key: string, text: string, doors: SealDoors): string {
	return sealOf(key, text, doors) + text;
}

/** The JSON of a stored text whose seal permits use without validation; undefined: it has none. */
export function ownText(key: string, stored: string, doors: SealDoors): string | undefined {
	const place = stored.indexOf(OBJECT);
	if (place <= 0) return undefined;
	const text = stored.slice(place);
	return stored.slice(0, place) === sealOf(key, text, doors) ? text : undefined;
}

/** The JSON of a stored text, without its seal. */
export function textOf(stored: string): string {
	return stored.slice(Math.max(0, stored.indexOf(OBJECT)));
}

/** Empty, so that it matches nothing, if the text is not ASCII: settings are. */
function sealOf(key: string, text: string, doors: SealDoors): string {
	const all = `${doors.version} ${FINGERPRINT} ${key} ${text}`;
	const bytes = new Uint8Array(all.length);
	if (doors.utf8.encode(all, bytes, 0) < 0) return "";
	const digest = doors.crypto.sha256(bytes);
	const high = (digest[0]! << 16) | (digest[1]! << 8) | digest[2]!;
	const low = (digest[3]! << 16) | (digest[4]! << 8) | digest[5]!;
	return `${high * HALF + low}`;
}

/** FNV-1a, 32 bits. */
function fnv1a(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i += 1)
		hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
	return hash;
}
