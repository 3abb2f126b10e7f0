/**
 * Base 64: decodes text by RFC 4648, in its canonical form only (section 3.5).
 *
 * Written here because not every engine that runs the firmware has a decoder, and so rare a use
 * need not be fast. It reads one digit at a time and makes no strings, so that a certificate leaves
 * no garbage in memory.
 */

/** The characters `from` (included) to `to` (excluded) of a text. */
interface Stretch {
	readonly from: number;
	readonly to: number;
	/** True: white space is skipped (RFC 7468). False: it is an error (RFC 4648, section 3.3). */
	readonly isSpaced: boolean;
}

/**
 * The bytes of `text`, or of a stretch of it; undefined if it is not canonical base 64, or contains
 * more than `most` bytes.
 */
export function decodeBase64(
	text: string,
	most: number,
	{ from, to, isSpaced }: Stretch = { from: 0, to: text.length, isSpaced: false },
): Uint8Array | undefined {
	const bytes = new Uint8Array(Math.min(most, Math.ceil(((to - from) * 3) / 4)));
	let count = 0;
	let digits = 0;
	let padding = 0;
	let held = 0;
	for (let at = from; at < to; at += 1) {
		const code = text.charCodeAt(at);
		if (isSpaced && code <= SPACE) continue;
		digits += 1;
		if (code === PAD) {
			padding += 1;
			continue;
		}
		const value = sextetOf(code);
		if (value < 0 || padding > 0) return undefined;
		held = ((held << 6) | value) & 0xffff;
		const rest = (6 * digits) % 8; // bits of the incomplete byte
		if (rest === 6) continue;
		if (count === most) return undefined;
		bytes[count++] = held >> rest;
	}
	const rest = (6 * (digits - padding)) % 8;
	const isCanonical = digits % 4 === 0 && padding <= 2 && (held & ((1 << rest) - 1)) === 0;
	if (!isCanonical) return undefined;
	return count === bytes.length ? bytes : bytes.slice(0, count);
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
