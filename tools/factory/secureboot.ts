/**
 * Secure boot: the signatures behind an image (secure boot 2, ESP-IDF 6.0: one sector with up to three
 * blocks), judged before a key's digest is burnt: a chip starts nothing that was signed by another.
 */
import { constants, createHash, createPublicKey, verify } from "node:crypto";

const SECTOR = 4096;
const BLOCK = 1216;
const BLOCKS = 3;
const MAGIC = 0xe7;
const VERSION = 2;
/** RSA-3072, the one scheme of both chips. */
const RSA_BYTES = 384;
const EXPONENT_BYTES = 4;
const SALT_BYTES = 32;
const AT = { digest: 4, modulus: 36, exponent: 420, signature: 812 };

/** Digests of the keys whose signatures hold, in their order; none: unsigned. Throws for a wrong one. */
export function bootKeysOf(image: Uint8Array): readonly Buffer[] {
	const bytes = Buffer.from(image);
	if (bytes.length <= SECTOR || bytes.length % SECTOR !== 0) return [];
	const end = bytes.length - SECTOR;
	const digest = createHash("sha256").update(bytes.subarray(0, end)).digest();
	const found: Buffer[] = [];
	for (let index = 0; index < BLOCKS; index += 1) {
		const block = bytes.subarray(end + index * BLOCK, end + (index + 1) * BLOCK);
		if (block[0] !== MAGIC) break;
		if (!block.subarray(AT.digest, AT.modulus).equals(digest))
			throw new Error("the signature is of another image");
		if (!isGenuine(block, bytes.subarray(0, end))) throw new Error("the signature is wrong");
		found.push(createHash("sha256").update(block.subarray(AT.modulus, AT.signature)).digest());
	}
	return found;
}

/** RSA-PSS with SHA-256; numbers have their low byte first. */
function isGenuine(block: Buffer, signed: Buffer): boolean {
	if (block[1] !== VERSION) return false;
	const number = (from: number, bytes: number) =>
		Buffer.from(block.subarray(from, from + bytes)).reverse();
	const jwk = {
		kty: "RSA",
		n: number(AT.modulus, RSA_BYTES).toString("base64url"),
		e: number(AT.exponent, EXPONENT_BYTES).toString("base64url"),
	};
	const key = createPublicKey({ key: jwk, format: "jwk" });
	const options = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES };
	return verify("sha256", signed, options, number(AT.signature, RSA_BYTES));
}
