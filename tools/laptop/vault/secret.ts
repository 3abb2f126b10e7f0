/**
 * Secret: a random password for one lamp's console.
 *
 * The lamp takes 16 to 64 characters of ASCII (docs/console.md). The letters are those of the
 * lamp's own proposals: none that are mixed up on a handwritten label.
 */
const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/** 20 characters of 32 are 100 bits; at least 80 are required. */
const LENGTH = 20;

/** Any text of the form of a lamp's secret; no word, number or name of the project has it. */
export const SECRET_FORM = /\b[A-HJ-NP-Z2-9]{16,64}\b/g;

export function newSecret(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
	return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join(""); // 256 is 8 times 32
}
