/**
 * Vault content: the content of a vault's file, and the form of its first line (vault.ts).
 *
 * Without a function of Node, because the page at the pole opens the same file.
 */

import type { Text } from "../text/bilingual.js";
import { text } from "../text/texts.js";
import type { FactoryRecord } from "./factoryrecord.js";

export const VERSION = 1;
/** Memory that the header of a foreign file may demand: 1 GB. */
export const MEMORY_MAX = 2 ** 30;
export const NONCE_BYTES = 12; // NIST SP 800-38D, 5.2.1.1
export const KEY_BYTES = 32;
export const CHECKED = "luminode vault";
/**
 * Four random words; scrypt makes each guess expensive, but cannot protect a short word from a
 * thousand guesses.
 */
export const PASSPHRASE_MIN = 12;
/** Stored data of one lamp. */
export interface LampSecrets {
	/** Unknown until the first visit at the lamp: made for a pole (`--to-text`). */
	readonly serial?: string;
	/** All names that the lamp had at its poles, the latest last. */
	readonly nodes: readonly string[];
	/** The password of its console. */
	readonly secret: string;
	/** Its private key, PKCS #8 in PEM. */
	readonly key?: string;
	/** Settings that are secrets, for this lamp alone. */
	readonly settings?: Readonly<Record<string, string>>;
	/** Instant from which it has no account at the broker, RFC 3339. */
	readonly revoked?: string;
	/** Checksum of the export of its predecessor. */
	readonly replaced?: string;
	/** How far it came at a flash station. */
	readonly factory?: FactoryRecord;
	/** Instant of creation, RFC 3339. */
	readonly made: string;
}

export interface Content {
	/** Settings that are secrets, for every lamp that has none of its own. */
	readonly shared: Readonly<Record<string, string>>;
	/** Passwords of the programs at the broker, by their user. */
	readonly roles?: Readonly<Record<string, string>>;
	readonly lamps: readonly LampSecrets[];
}

export const EMPTY: Content = { shared: {}, lamps: [] };

/** Parameters of scrypt. */
export interface Cost {
	readonly N: number;
	readonly r: number;
	readonly p: number;
}

export interface Header extends Cost {
	readonly luminodeVault: number;
	readonly salt: string;
	readonly nonce: string;
	readonly check: string;
}

/** The encrypted part of a vault: the content, and the number of its writes. */
export interface Written {
	readonly content: Content;
	/** Counts up with each write, so that a program notices an older copy of what it has seen. */
	readonly revision: number;
}

export const NEW: Written = { content: EMPTY, revision: 0 };
/** Of a vault that was written once, or by a version that did not count. */
const FIRST = 1;

/** Earlier versions read and keep the number as a field of the content, and do not count it up. */
export function textOfWritten({ content, revision }: Written): string {
	return JSON.stringify({ ...content, revision });
}

/** Throws for any text but that of JSON. */
export function writtenIn(text: string): Written {
	const { revision = FIRST, ...content } = JSON.parse(text) as Content & {
		readonly revision?: number;
	};
	return { content, revision };
}

/** The secrets of the lamps, as a program reads and changes them. */
export interface SecretStore {
	read(): Content;
	/**
	 * Stores what `change` makes of the content as it is stored now. It may run again, if another
	 * program has written meanwhile.
	 */
	update(change: (content: Content) => Content): void | Promise<void>;
	/** Adds to a lamp as it is stored now; its other data stays. */
	amend(lamp: LampSecrets, more: Addition): LampSecrets | Promise<LampSecrets>;
}

export type Addition = Partial<LampSecrets> | ((stored: LampSecrets) => Partial<LampSecrets>);

/** The content with an addition to the lamp of that secret, and the lamp; undefined: it is not there. */
export function withAddition(
	content: Content,
	{ secret }: LampSecrets,
	more: Addition,
): readonly [Content, LampSecrets] | undefined {
	const stored = content.lamps.find((lamp) => lamp.secret === secret);
	if (!stored) return undefined;
	const after = { ...stored, ...(typeof more === "function" ? more(stored) : more) };
	return [withLamp(content, after, stored), after];
}

/** The header in the first line, or its fault. */
export function headerOf(line: string): Header | { readonly fault: Text } {
	let header: Header;
	try {
		header = JSON.parse(line);
	} catch {
		return { fault: text("noVault") };
	}
	if (typeof header !== "object" || header === null || !("luminodeVault" in header))
		return { fault: text("noVault") };
	const { luminodeVault, N, r, p, salt, nonce, check } = header;
	if (luminodeVault !== VERSION) return { fault: text("version", luminodeVault, VERSION) };
	const areIntegers = [N, r, p].every((number) => Number.isInteger(number) && number >= 1);
	const texts = [salt, nonce, check].every((text) => typeof text === "string");
	const isMine =
		areIntegers && texts && N >= 2 && (N & (N - 1)) === 0 && 128 * N * r * p <= MEMORY_MAX;
	if (!isMine || bytesIn(check) !== KEY_BYTES) return { fault: text("damaged") };
	return bytesIn(nonce) === NONCE_BYTES ? header : { fault: text("damaged") };
}

/** Bytes of a text in base 64. */
function bytesIn(text: string): number {
	return Math.floor((text.replace(/=+$/, "").length * 3) / 4);
}

/** The lamps with that serial number or name, the latest at a pole first. */
export function lampsCalled({ lamps }: Content, name: string): readonly LampSecrets[] {
	const bySerial = lamps.filter(({ serial }) => serial === name);
	const byNode = lamps.filter(({ serial, nodes }) => serial !== name && nodes.includes(name));
	return [...bySerial, ...byNode.reverse()];
}

/** The content with `after` in the place of `before`, or added. */
export function withLamp(
	content: Content,
	after: LampSecrets,
	before: LampSecrets | undefined,
): Content {
	const at = content.lamps.findIndex((lamp) => lamp.secret === before?.secret);
	const others = content.lamps.filter((_lamp, index) => index !== at);
	return { ...content, lamps: [...others, after] };
}
