/**
 * Base 64: the bytes of a text as RFC 4648 writes them, in its one canonical form (section 3.5).
 *
 * By hand: not every engine that runs us has one of its own, and what is read so rarely need not be
 * quick. A digit at a time without a text for it, so that a certificate leaves no garbage behind.
 */

export interface Stretch {
	readonly from: number;
	readonly to: number;
	/** White space is passed over, as in RFC 7468; else it is no base 64 (RFC 4648, section 3.3). */
	readonly isSpaced: boolean;
}

/**
 * The bytes in all of `text`, or in a stretch of it; undefined where it is not canonical base 64, or
 * holds more than `most` bytes.
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
		const rest = (6 * digits) % 8; // bits of the byte that is under way
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
