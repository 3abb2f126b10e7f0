/**
 * Base 64: the bytes of a text as RFC 4648 writes them, in its one canonical form (section 3.5).
 */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes; undefined where the text is not canonical base 64, or holds more than `most` bytes. */
export function decodeBase64(text: string, most: number): Uint8Array | undefined {
	const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
	const count = (text.length / 4) * 3 - padding;
	if (text.length % 4 !== 0 || count > most) return undefined;
	const bytes = new Uint8Array(Math.max(0, count));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (let i = 0; i < text.length - padding; i += 1) {
		const value = ALPHABET.indexOf(text.charAt(i));
		if (value < 0) return undefined;
		held = ((held << 6) | value) & 0xffff;
		bits += 6;
		if (bits < 8) continue;
		bits -= 8;
		bytes[at] = (held >> bits) & 0xff;
		at += 1;
	}
	return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
