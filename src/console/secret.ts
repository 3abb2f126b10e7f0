/**
 * Secret: the technician's secret of one lamp, stored as a salted digest only.
 *
 * PBKDF2 with HMAC-SHA-256 (RFC 8018, 5.2), one block. No two lamps are delivered with the same
 * secret (ETSI EN 303 645, 5.1-1): the technician sets it at commissioning.
 *
 * The record is `1 ROUNDS SALT DIGEST`, salt and digest in hexadecimal digits.
 */
import type { Crypto, Utf8 } from "../host.js";

/** The parts of the host that are used here. */
export interface SecretDoors {
	readonly crypto: Pick<Crypto, "hmacSha256" | "random">;
	readonly utf8: Pick<Utf8, "encode">;
}

/** 16 characters out of 32 make 80 bits. */
export const SECRET_MIN = 16;
export const SECRET_MAX = 64;
/** Repeated characters make no secret; 16 random ones of 32 differ less once in 39 million. */
const DIFFERENT_MIN = 6;
/**
 * Rounds of a new record. A round takes 970 computrons and four blocks of SHA-256, so all of them
 * 0.1 to 0.2 s of the controller, in which no other code runs; a guess is checked once a minute at
 * most. More would delay the light, and no number protects a secret out of a dictionary.
 */
export const ROUNDS = 256;
/** A record that states more is not computed: the watchdog would restart the controller. */
export const ROUNDS_MAX = 4096;
const SALT_BYTES = 12;
const DIGEST_BYTES = 32;
/** Version of the text in the store; another method would have another number. */
const FORMAT = "1";
/** Without 0, O, 1 and I, which are confused in handwriting. */
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const PROPOSAL_CHARACTERS = 20;

/** Whether `text` is a valid secret. Any other text is no guess either. */
export function isSecret(text: string): boolean {
	if (text.length < SECRET_MIN || text.length > SECRET_MAX) return false;
	let different = "";
	for (let at = 0; at < text.length; at += 1) {
		const character = text.charAt(at);
		if (character <= " " || character > "~") return false;
		if (!different.includes(character)) different += character;
	}
	return different.length >= DIFFERENT_MIN;
}

/** A random secret of 100 bits. */
export function proposal({ crypto }: SecretDoors): string {
	const bytes = new Uint8Array(PROPOSAL_CHARACTERS);
	crypto.random(bytes);
	let text = "";
	for (let at = 0; at < bytes.length; at += 1)
		text += ALPHABET.charAt(bytes[at]! % ALPHABET.length);
	return text;
}

/** The stored form of a secret. */
export function sealed(secret: string, doors: SecretDoors, rounds = ROUNDS): string {
	const salt = new Uint8Array(SALT_BYTES);
	doors.crypto.random(salt);
	return `${FORMAT} ${rounds} ${hex(salt)} ${hex(digestOf(secret, salt, rounds, doors))}`;
}

/** Rounds of a text of the store; 0: `sealed` did not make it, and no secret fits. */
export function roundsOf(stored: string): number {
	const [format, stated, salt, digest, ...more] = stored.split(" ");
	if (format !== FORMAT || salt?.length !== 2 * SALT_BYTES || more.length > 0) return 0;
	if (digest?.length !== 2 * DIGEST_BYTES) return 0;
	const rounds = Number(stated);
	return rounds >= 1 && rounds <= ROUNDS_MAX ? rounds : 0;
}

/** Whether the secret matches the stored text. Every wrong one takes the same time. */
export function fits(secret: string, stored: string, doors: SecretDoors): boolean {
	const rounds = roundsOf(stored);
	if (rounds === 0) return false;
	const [, , salt, kept] = stored.split(" ") as [string, string, string, string];
	const digest = hex(digestOf(secret, bytesOf(salt), rounds, doors));
	let difference = digest.length ^ kept.length;
	for (let at = 0; at < digest.length; at += 1)
		difference |= digest.charCodeAt(at) ^ kept.charCodeAt(at);
	return difference === 0;
}

function digestOf(
	secret: string,
	salt: Uint8Array,
	rounds: number,
	{ crypto, utf8 }: SecretDoors,
): Uint8Array {
	const password = new Uint8Array(secret.length);
	utf8.encode(secret, password, 0);
	return firstBlock(password, salt, rounds, crypto);
}

/** The first block of PBKDF2: 32 bytes. */
export function firstBlock(
	password: Uint8Array,
	salt: Uint8Array,
	rounds: number,
	crypto: Pick<Crypto, "hmacSha256">,
): Uint8Array {
	const first = new Uint8Array(salt.length + 4);
	first.set(salt);
	first[salt.length + 3] = 1; // the block's number
	let round = crypto.hmacSha256(password, first);
	const digest = round.slice();
	for (let index = 1; index < rounds; index += 1) {
		round = crypto.hmacSha256(password, round);
		for (let at = 0; at < DIGEST_BYTES; at += 1) digest[at] = digest[at]! ^ round[at]!;
	}
	return digest;
}

function hex(bytes: Uint8Array): string {
	let text = "";
	for (let at = 0; at < bytes.length; at += 1) text += (256 + bytes[at]!).toString(16).slice(1);
	return text;
}

function bytesOf(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length / 2);
	for (let at = 0; at < bytes.length; at += 1)
		bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
	return bytes;
}
