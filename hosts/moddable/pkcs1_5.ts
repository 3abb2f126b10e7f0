/**
 * PKCS 1: RSA signatures (RFC 8017, 8.2.2) around the SDK's module, with bounds on numbers from
 * outside.
 *
 * The SDK computes with any modulus and exponent, and reads only the digest from the decrypted
 * block: with an exponent of 3 anyone can forge such a signature. Here the whole block must be as
 * encoded.
 */
import SDK, { type RsaKey } from "sdk/pkcs1_5";

/** 4096 bits and 65537 take a controller about two seconds; keys below 2048 bits are obsolete. */
const SHORTEST_MODULUS = 2048;
const LONGEST_MODULUS = 4096;
const LARGEST_EXPONENT = 0x1_0001n;

/**
 * DigestInfo without the digest (RFC 8017, 9.2, note 1), with places for the digest's length and
 * the hash's number.
 */
const INFO = Object.freeze([
	...[0x30, 0, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0],
	...[0x05, 0x00, 0x04, 0],
] as const);

export default class PKCS1_5 extends SDK {
	private readonly key: RsaKey;

	/** Throws for a public key that is out of bounds. */
	constructor(key: RsaKey, isPrivate = false, oid?: readonly number[]) {
		if (!isPrivate && !isBounded(key)) throw new Error("RSA key out of bounds");
		super(key, isPrivate, oid);
		this.key = key;
	}

	/** `digest`: SHA-256, SHA-384 or SHA-512, by its length. */
	override verify(digest: ArrayBuffer, signature: ArrayBuffer | Uint8Array): boolean {
		const { modulusSize, key } = this;
		if (signature.byteLength !== modulusSize) return false;
		const s = BigInt.fromArrayBuffer(new Uint8Array(signature).slice().buffer);
		if (s >= key.modulus) return false;
		return this.rsa.process(s) === encode(new Uint8Array(digest), modulusSize);
	}
}

/** EMSA-PKCS1-v1_5 (9.2). */
function encode(digest: Uint8Array, length: number): bigint {
	const block = new Uint8Array(length).fill(255);
	const start = length - digest.length;
	const info = start - INFO.length;
	block.set([0, 1]);
	block[info - 1] = 0;
	block.set(INFO, info);
	block[info + 1] = INFO.length - 2 + digest.length;
	block[info + 14] = digest.length / 16 - 1; // 1, 2, 3: SHA-256, SHA-384, SHA-512
	block[start - 1] = digest.length;
	block.set(digest, start);
	return BigInt.fromArrayBuffer(block.buffer);
}

function isBounded({ modulus, exponent }: RsaKey): boolean {
	if (typeof modulus !== "bigint" || typeof exponent !== "bigint") return false;
	const bits = BigInt.bitLength(modulus);
	if (bits < SHORTEST_MODULUS || bits > LONGEST_MODULUS || (modulus & 1n) === 0n) return false;
	return exponent >= 3n && exponent <= LARGEST_EXPONENT && (exponent & 1n) === 1n;
}
