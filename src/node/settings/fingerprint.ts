/**
 * Fingerprint: the SHA-256 of a certificate's DER, by which people compare it.
 */
import { decodeBase64 } from "../../base64.js";
import type { Crypto } from "../../host.js";

/** 64 hexadecimal digits, as OpenSSL prints without colons; undefined: the text is no PEM. */
export function fingerprintOf(pem: string, crypto: Pick<Crypto, "sha256">): string | undefined {
	const from = pem.indexOf("\n");
	const to = pem.indexOf("-----END");
	if (from < 0 || to < from) return undefined;
	const der = decodeBase64(pem, to - from, { from, to, isSpaced: true });
	if (!der) return undefined;
	let text = "";
	for (const byte of crypto.sha256(der)) text += (256 + byte).toString(16).slice(1);
	return text;
}
