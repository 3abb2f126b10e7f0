/**
 * P256: verifies an ECDSA signature over a digest that is already made (FIPS 186-5, 6.4.2).
 *
 * Node's own crypto hashes the message itself and accepts no digest; the device's library takes one.
 */
import { p256 } from "@noble/curves/nist.js";

/** As on the device: s may lie in the upper half of its range, and the digest is not hashed again. */
const OPTIONS = { format: "der", lowS: false, prehash: false } as const;
const UNCOMPRESSED = 0x04;

/** `key`: 64 bytes x, y; `digest`: 32 bytes; `signature`: DER SEQUENCE of r and s. Never throws. */
export function verify(key: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
	if (key.length !== 64) return false;
	try {
		return p256.verify(signature, digest, Uint8Array.of(UNCOMPRESSED, ...key), OPTIONS);
	} catch {
		return false; // DER that is not strict, r or s out of range, a point that is on no curve
	}
}
