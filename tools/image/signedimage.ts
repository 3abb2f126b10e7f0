/**
 * Signed image: a file and the header beside it, read as one, to be verified or served.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { decodeBase64 } from "../../src/base64.js";
import {
	HEADER_BYTES_MAX,
	type ImageHeader,
	keyIdOf,
	parseHeader,
} from "../../src/update/header.js";

export { KEYS_MOST } from "../../src/update/keys.js";

export const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/** Path of an image's header, as `npm run sign` writes it. */
export const headerPath = (path: string): string => `${path}.header`;

/** x and y of a key on P-256, bytes. */
const POINT_BYTES = 64;

interface SignedImage {
	readonly image: Buffer;
	/** In the form of an offer. */
	readonly text: string;
	/** Undefined: the file beside the image contains no header. */
	readonly header: ImageHeader | undefined;
}

/** Throws, naming the file, if one of the two cannot be read. */
export function readSigned(path: string): SignedImage {
	const image = readFileSync(path);
	const text = readFileSync(headerPath(path), "utf8").trim();
	const bytes = decodeBase64(text, HEADER_BYTES_MAX);
	return { image, text, header: bytes && parseHeader(bytes) };
}

/** The x and y in a `.public` file. Throws with the reason for an invalid one. */
export function readPublic(path: string): Buffer {
	const text = readFileSync(path, "utf8").trim();
	const point = Buffer.from(text, "hex");
	if (point.length !== POINT_BYTES || point.toString("hex") !== text.toLowerCase())
		throw new Error(`${path} holds no public key`);
	return point;
}

/** The number by which a header names a key. */
export function keyIdOfPoint(point: Uint8Array): number {
	return keyIdOf(sha256(point));
}

/** Differences between the image and the signed one, as lines. */
export function faultsOf({ image, header }: SignedImage): string[] {
	const faults: string[] = [];
	if (header && header.length !== image.length) faults.push(`the image has ${image.length} bytes`);
	if (header && !sha256(image).equals(header.digest)) faults.push("the image is another");
	return faults;
}
