/**
 * Signed image: a file and the header beside it, read as one, to be verified or served.
 */
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { decodeBase64 } from "../../src/base64.js";
import {
	HEADER_BYTES_MAX,
	type ImageHeader,
	keyIdOf,
	parseHeader,
} from "../../src/update/header.js";
import { KEYS_MOST, keysIn } from "../../src/update/keys.js";

export { KEYS_MOST };

export const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/** Path of an image's header, as `npx luminode sign` writes it. */
export const headerPath = (path: string): string => `${path}.header`;

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

/**
 * The keys, x and y, of a `.public` file, or of several in one, as the lamp reads them. Throws with file
 * and line for a word that is no key.
 */
export function readPublic(path: string): Buffer[] {
	const refuse = (line: number, why: string): never => {
		throw new Error(
			`${path}, line ${line}: ${why}: a key is the 128 hexadecimal digits of a .public file, a lamp takes ${KEYS_MOST}`,
		);
	};
	const keys = keysIn(readFileSync(path, "utf8"), (line) => refuse(line, "no public key"));
	if (keys.length === 0) refuse(1, "no public key");
	return keys.map((key) => {
		const point = Buffer.from(key);
		if (!isOnCurve(point)) throw new Error(`${path}: ${point.toString("hex")} is no key of P-256`);
		return point;
	});
}

/** A public key for node:crypto. Throws for a point that is not on the curve. */
export function publicKeyOf(point: Buffer): KeyObject {
	const coordinate = (start: number) => point.subarray(start, start + 32).toString("base64url");
	const jwk = { kty: "EC", crv: "P-256", x: coordinate(0), y: coordinate(32) };
	return createPublicKey({ key: jwk, format: "jwk" });
}

function isOnCurve(point: Buffer): boolean {
	try {
		return publicKeyOf(point).type === "public";
	} catch {
		return false;
	}
}

/** The x and y of a public key, the form that a lamp stores. */
export function pointOf(pem: string | Buffer): Buffer {
	const { crv, x, y } = createPublicKey(pem).export({ format: "jwk" });
	if (crv !== "P-256" || !x || !y) throw new Error("the key is not of the curve P-256");
	return Buffer.concat([Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
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
