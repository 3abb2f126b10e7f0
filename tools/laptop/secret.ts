/**
 * Secret: what opens one lamp's console, made by chance for it alone.
 *
 * The lamp takes 16 to 64 characters of ASCII (docs/console.md). The letters are those of the lamp's
 * own proposals: none that a label by hand mixes up.
 */
import { randomInt } from "node:crypto";

const ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/** 20 of 32 are 100 bits; 80 are the least that is asked. */
const LENGTH = 20;

/** Any text with the form of a lamp's secret; no word, number or name of ours has it. */
export const SECRET_FORM = /\b[A-HJ-NP-Z2-9]{16,64}\b/g;

export function newSecret(): string {
	let text = "";
	for (let nth = 0; nth < LENGTH; nth += 1) text += ALPHABET[randomInt(ALPHABET.length)];
	return text;
}
