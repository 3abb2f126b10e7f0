/**
 * Crypto: digests, HMAC, ECDSA and judgements on certificates by Mbed TLS, for every host on the SDK.
 */
import type { RunningDigest } from "luminode/host";
import {
	CERTIFICATE_STATES,
	certificateState,
	ecdsaVerify,
	hmacSha256,
	isPair,
	KEY_STATES,
	keyState,
	running,
	sha256,
} from "native/tls";
import { derOf } from "./pem";

const CERTIFICATE = "CERTIFICATE";
const PRIVATE_KEY = "PRIVATE KEY";

/** The digest in progress; without a beginning it is that of no byte. */
export class Running implements RunningDigest {
	private isBegun = false;

	begin(): void {
		running.begin();
		this.isBegun = true;
	}

	add(bytes: Uint8Array, start: number, count: number): void {
		if (this.isBegun) running.add(bytes.subarray(start, start + count));
	}

	end(): Uint8Array {
		if (!this.isBegun) this.begin();
		this.isBegun = false;
		return new Uint8Array(running.end());
	}
}

/** The host's `Crypto` except random bytes and the running digest. */
export const crypto = Object.freeze({
	sha256: (bytes: Uint8Array) => new Uint8Array(sha256(bytes)),
	hmacSha256: (key: Uint8Array, bytes: Uint8Array) => new Uint8Array(hmacSha256(key, bytes)),
	ecdsaVerify,
	checkCertificate(pem: string, date: number) {
		const der = derOf(pem, CERTIFICATE);
		return der ? CERTIFICATE_STATES[certificateState(der, date)]! : "malformed";
	},
	checkKey(pem: string) {
		const der = derOf(pem, PRIVATE_KEY);
		return der ? KEY_STATES[keyState(der)]! : "malformed";
	},
	isPair(certificate: string, key: string): boolean {
		const der = derOf(certificate, CERTIFICATE);
		const keyDer = derOf(key, PRIVATE_KEY);
		return der !== undefined && keyDer !== undefined && isPair(der, keyDer);
	},
});
