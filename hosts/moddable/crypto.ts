/**
 * Crypto: the SDK's digests and HMAC, and our ECDSA, for every host on the SDK.
 */
import { Digest } from "crypt";
import Curve from "curve";
import ECDSA from "ecdsa";
import ECPoint from "ecp";
import HMAC from "hmac";
import type { RunningDigest } from "luminode/host";
import { checkCertificate, checkKey, isPair } from "./certificate";

/** Bytes of one coordinate of P-256. */
const COORDINATE = 32;

function sha256(bytes: Uint8Array): Uint8Array {
	const digest = new Digest("SHA256");
	digest.write(exact(bytes));
	return new Uint8Array(digest.close());
}

/** The digest in progress. */
export class Running implements RunningDigest {
	private digest: Digest | undefined;

	begin(): void {
		this.digest = new Digest("SHA256");
	}

	add(bytes: Uint8Array, start: number, count: number): void {
		this.digest?.write(exact(bytes.subarray(start, start + count)));
	}

	end(): Uint8Array {
		const digest = this.digest ?? new Digest("SHA256");
		this.digest = undefined;
		return new Uint8Array(digest.close());
	}
}

function hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array {
	return new Uint8Array(new HMAC(new Digest("SHA256"), exact(key)).process(exact(bytes)));
}

/** P-256 (FIPS 186-5): `publicKey` x and y, `signature` in DER. */
function ecdsaVerify(publicKey: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
	if (publicKey.length !== 2 * COORDINATE) return false;
	const x = BigInt.fromArrayBuffer(exact(publicKey.subarray(0, COORDINATE)));
	const y = BigInt.fromArrayBuffer(exact(publicKey.subarray(COORDINATE)));
	const ecdsa = new ECDSA(new ECPoint(x, y), new Curve("secp256r1"));
	return ecdsa.verify(exact(digest), exact(signature));
}

/** The host's `Crypto` except random bytes and the running digest. */
export const crypto = Object.freeze({
	sha256,
	hmacSha256,
	ecdsaVerify,
	checkCertificate,
	checkKey,
	isPair,
});

/** The SDK's code reads whole buffers: a view into a larger one is copied. */
function exact(bytes: Uint8Array): ArrayBuffer {
	const { buffer, byteLength } = bytes;
	return (buffer.byteLength === byteLength ? buffer : bytes.slice().buffer) as ArrayBuffer;
}
