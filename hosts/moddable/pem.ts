/**
 * PEM: the bytes (DER) in a text of RFC 7468, the form in which certificates come into the store.
 *
 * Base64 (RFC 4648) by hand: the engines of the simulator and of Node 20 have none of their own, and
 * what is read so rarely need not be quick.
 */

/** The first block named `label`, e.g. CERTIFICATE; undefined where there is none that can be read. */
export function derOf(pem: string | undefined, label: string): ArrayBuffer | undefined {
	if (pem === undefined) return undefined;
	const begin = `-----BEGIN ${label}-----`;
	const from = pem.indexOf(begin);
	const to = pem.indexOf(`-----END ${label}-----`, from);
	return from < 0 || to < 0 ? undefined : bytesOf(pem, from + begin.length, to);
}

/** White space is passed over; anything else that is no base64 gives undefined. */
function bytesOf(text: string, from: number, to: number): ArrayBuffer | undefined {
	const bytes = new Uint8Array(Math.ceil(((to - from) * 3) / 4));
	let count = 0;
	let digits = 0;
	let padding = 0;
	let bits = 0;
	for (let at = from; at < to; at += 1) {
		const code = text.charCodeAt(at);
		if (code <= SPACE) continue;
		digits += 1;
		if (code === PAD) {
			padding += 1;
			continue;
		}
		const value = sextetOf(code);
		if (value < 0 || padding > 0) return undefined;
		bits = ((bits << 6) | value) & 0xffff;
		const held = (6 * digits) % 8; // bits of the byte that is under way
		if (held < 6) bytes[count++] = (bits >> held) & 255;
	}
	const isWhole = digits > 0 && digits % 4 === 0 && padding <= 2;
	return isWhole ? bytes.buffer.slice(0, count) : undefined;
}

const SPACE = 32;
const PAD = 61; // =

function sextetOf(code: number): number {
	if (code >= 65 && code <= 90) return code - 65; // A-Z
	if (code >= 97 && code <= 122) return code - 71; // a-z
	if (code >= 48 && code <= 57) return code + 4; // 0-9
	if (code === 43) return 62; // +
	return code === 47 ? 63 : -1; // /
}
