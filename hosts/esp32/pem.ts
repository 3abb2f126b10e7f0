/**
 * PEM: the bytes (DER) in a text of RFC 7468, the form in which certificates come into the store.
 */

/** The first block named `label`, e.g. CERTIFICATE; undefined where there is none that can be read. */
export function derOf(pem: string | undefined, label: string): ArrayBuffer | undefined {
	if (pem === undefined) return undefined;
	const begin = `-----BEGIN ${label}-----`;
	const from = pem.indexOf(begin);
	const to = pem.indexOf(`-----END ${label}-----`, from);
	if (from < 0 || to < 0) return undefined;
	try {
		const bytes = Uint8Array.fromBase64(pem.slice(from + begin.length, to));
		return bytes.buffer as ArrayBuffer;
	} catch {
		return undefined;
	}
}
