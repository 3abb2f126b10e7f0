/** Bytes: texts and base 64 as bytes and back, in Node and in a browser alike. */

const ENCODER = new TextEncoder();
/** A mark of byte order stays, as every other character does. */
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
/** Arguments of one call. */
const STEP = 0x8000;

/** The text of UTF-8; what is no UTF-8 becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
	return DECODER.decode(bytes);
}

/** Bytes of their own: a text as UTF-8, or a copy. */
export function bytesOf(given: string | Uint8Array): Uint8Array<ArrayBuffer> {
	return typeof given === "string" ? ENCODER.encode(given) : Uint8Array.from(given);
}

/** A character for each byte (ISO 8859-1). */
export function latin1Of(bytes: Uint8Array): string {
	let text = "";
	for (let at = 0; at < bytes.length; at += STEP)
		text += String.fromCharCode(...bytes.subarray(at, at + STEP));
	return text;
}

/** The parts in one piece. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

type View = Pick<Uint8Array, "buffer" | "byteOffset" | "byteLength">;

/** The bytes of any array of numbers; little-endian on every machine that this runs on. */
export function base64Of({ buffer, byteOffset, byteLength }: View): string {
	return btoa(latin1Of(new Uint8Array(buffer, byteOffset, byteLength)));
}

/** The bytes behind base 64. Throws for any other text. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
