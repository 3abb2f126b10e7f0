/**
 * Signed image: a file and the header beside it, read as one; for whoever verifies or serves it.
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

/** Where `npm run sign` puts the header of an image. */
export const headerPath = (path: string): string => `${path}.header`;

/** x and y of a key on P-256, bytes. */
const POINT_BYTES = 64;

export interface SignedImage {
	readonly image: Buffer;
	/** As it goes into an offer. */
	readonly text: string;
	/** Undefined: the file beside the image holds none. */
	readonly header: ImageHeader | undefined;
}

/** Throws where one of the two files cannot be read, naming it. */
export function readSigned(path: string): SignedImage {
	const image = readFileSync(path);
	const text = readFileSync(headerPath(path), "utf8").trim();
	const bytes = decodeBase64(text, HEADER_BYTES_MAX);
	return { image, text, header: bytes && parseHeader(bytes) };
}

/** The x and y in a `.public` file. Throws what is wrong with it. */
export function readPublic(path: string): Buffer {
	const text = readFileSync(path, "utf8").trim();
	const point = Buffer.from(text, "hex");
	if (point.length !== POINT_BYTES || point.toString("hex") !== text.toLowerCase())
		throw new Error(`${path} holds no public key`);
	return point;
}

/** The number that a header names a key by. */
export function keyIdOfPoint(point: Uint8Array): number {
	return keyIdOf(sha256(point));
}

/** How the image differs from the one that was signed, as lines. */
export function faultsOf({ image, header }: SignedImage): string[] {
	const faults: string[] = [];
	if (header && header.length !== image.length) faults.push(`the image has ${image.length} bytes`);
	if (header && !sha256(image).equals(header.digest)) faults.push("the image is another");
	return faults;
}
