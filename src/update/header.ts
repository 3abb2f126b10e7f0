/**
 * Header: the description of an image, and the bytes that are signed.
 *
 * 120 bytes, numbers with the high byte first, then an ECDSA signature (P-256, DER) over the
 * SHA-256 of these bytes. The image's own digest is among them, so the signature covers the whole
 * image. A header is part of the offer: an image that a lamp refuses is never downloaded
 * (docs/update.md).
 */
import { frozen } from "../frozen.js";

/** An image with another product is refused, with any signature. */
export const PRODUCT = "luminode";
/** "LUM", and the version of this layout. */
export const MAGIC = 0x4c_55_4d_02;
/** Where each field begins; a text is padded with zeros. */
export const AT = frozen({
	magic: 0,
	keyId: 4,
	product: 8,
	hardware: 24,
	version: 48,
	profile: 64,
	counter: 80,
	length: 84,
	digest: 88,
	end: 120,
});
/** Bytes of a signature: two INTEGERs of 1 to 33 bytes in a SEQUENCE (X.690). */
export const SIGNATURE_LEAST = 8;
export const SIGNATURE_MOST = 72;
export const HEADER_BYTES_MAX = AT.end + SIGNATURE_MOST;
/** More than the flash of any pole controller; the host checks the size of a slot. */
const IMAGE_BYTES_MAX = 0x100_0000;
/** Bytes of the digest that name an image in the store: no two of a city's images share them. */
const ID_BYTES = 8;

export interface ImageHeader {
	/** The signing key: the first four bytes of the SHA-256 of its x and y. */
	readonly keyId: number;
	readonly product: string;
	/** As `Host.hardware`. */
	readonly hardware: string;
	readonly version: string;
	/** As `Host.profile`. */
	readonly profile: string;
	/** Never falls from one image to the next; rises if older images must not return. */
	readonly counter: number;
	/** Of the image, bytes. */
	readonly length: number;
	/** SHA-256 of the image. */
	readonly digest: Uint8Array;
	/** The signed bytes. */
	readonly signed: Uint8Array;
	readonly signature: Uint8Array;
}

/** Parses a header; undefined if `bytes` is malformed. The signature is not verified. */
export function parseHeader(bytes: Uint8Array): ImageHeader | undefined {
	const rest = bytes.length - AT.end;
	if (rest < SIGNATURE_LEAST || rest > SIGNATURE_MOST || u32(bytes, AT.magic) !== MAGIC)
		return undefined;
	const product = textAt(bytes, AT.product, AT.hardware);
	const hardware = textAt(bytes, AT.hardware, AT.version);
	const version = textAt(bytes, AT.version, AT.profile);
	const profile = textAt(bytes, AT.profile, AT.counter);
	const length = u32(bytes, AT.length);
	if (product === undefined || hardware === undefined) return undefined;
	if (version === undefined || profile === undefined) return undefined;
	if (length === 0 || length > IMAGE_BYTES_MAX) return undefined;
	return {
		product,
		hardware,
		version,
		profile,
		length,
		keyId: u32(bytes, AT.keyId),
		counter: u32(bytes, AT.counter),
		digest: bytes.slice(AT.digest, AT.end),
		signed: bytes.slice(0, AT.end),
		signature: bytes.slice(AT.end),
	};
}

/** The name of an image in the store. */
export function imageId({ digest }: Pick<ImageHeader, "digest">): string {
	let id = "";
	for (let at = 0; at < ID_BYTES; at += 1) id += digest[at]!.toString(16).padStart(2, "0");
	return id;
}

/** The id of a key, from the SHA-256 of its x and y. */
export function keyIdOf(digest: Uint8Array): number {
	return u32(digest, 0);
}

/** A text of 1 or more characters, followed by zeros alone; undefined if malformed. */
function textAt(bytes: Uint8Array, start: number, end: number): string | undefined {
	let text = "";
	let at = start;
	for (; at < end && bytes[at] !== 0; at += 1) {
		const character = String.fromCharCode(bytes[at]!);
		if (!CHARACTERS.includes(character)) return undefined;
		text += character;
	}
	for (; at < end; at += 1) if (bytes[at] !== 0) return undefined;
	return text === "" ? undefined : text;
}
const CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+/-";

export function u32(bytes: Uint8Array, at: number): number {
	return bytes[at]! * 0x100_0000 + (bytes[at + 1]! << 16) + (bytes[at + 2]! << 8) + bytes[at + 3]!;
}
