/**
 * PEM: the bytes (DER) in a text of RFC 7468, the form in which certificates are stored.
 */
import { decodeBase64 } from "luminode/base64";

/** The first block named `label`, e.g. CERTIFICATE; undefined if none can be read. */
export function derOf(pem: string | undefined, label: string): ArrayBuffer | undefined {
	if (pem === undefined) return undefined;
	const begin = `-----BEGIN ${label}-----`;
	const start = pem.indexOf(begin);
	const to = pem.indexOf(`-----END ${label}-----`, start);
	if (start < 0 || to < 0) return undefined;
	const from = start + begin.length;
	const bytes = decodeBase64(pem, to - from, { from, to, isSpaced: true });
	return bytes && bytes.length > 0 ? (bytes.buffer as ArrayBuffer) : undefined;
}
