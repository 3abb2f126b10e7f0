/**
 * Catalogue: the images of the street's image server, read from files that `npx luminode sign` signed.
 *
 * The lamps validate, not this file: a wrong signature, product or counter is served unchanged.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import {
	faultsOf,
	headerPath,
	KEYS_MOST,
	keyIdOfPoint,
	readPublic,
	readSigned,
} from "../../lib/firmware/signedimage.js";
import type { Network } from "../street/network.js";
import { ImageServer, SEGMENT_EVERY } from "./server.js";

/** Name of the server; it exists in the street alone. */
export const IMAGE_HOST = "images.street";
/** Bytes of a simulated lamp's slot (IMAGE_BYTES of hosts/virtual/machine/images.h). */
export const SLOT_BYTES = 0x1d_0000;
/**
 * A smaller image than a controller's comes slower, by this factor at most, so that its download
 * takes as long as on a pole.
 */
const SLOWER_MOST = 30;
/** More would be too long a choice; all are held in memory. */
const IMAGES_MOST = 100;
/** Characters of a file's name that need no escape in a URL; a lamp accepts no escape. */
const NAME = /^[\w.+-]{1,100}$/;

/** An image as it is offered. */
export interface StreetImage {
	readonly name: string;
	readonly url: string;
	/** Signed, base 64. */
	readonly header: string;
	readonly bytes: Uint8Array;
	readonly product: string;
	readonly hardware: string;
	readonly version: string;
	readonly profile: string;
	readonly counter: number;
	/**
	 * Differences from the signed file, or an unknown signer; empty: no cause for a lamp to refuse.
	 */
	readonly remarks: readonly string[];
}

export interface Shelf {
	readonly images: readonly StreetImage[];
	/** The `update.key` of each lamp. */
	readonly keys: string;
}

/**
 * `paths`: images, or folders of them; `keyPaths`: of `.public` files, in the order in which they
 * retire. Undefined: none were given. An error is returned as one line.
 */
export function readShelf(
	paths: readonly string[],
	keyPaths: readonly string[],
): Shelf | string | undefined {
	if (paths.length === 0)
		return keyPaths.length === 0 ? undefined : "--image-key: nothing to verify without --image";
	if (keyPaths.length === 0)
		return "--image: say whose images the lamps take, with --image-key NAME.public (npx luminode sign)";
	const tooMany = `--image-key: a lamp takes ${KEYS_MOST} at most`;
	if (keyPaths.length > KEYS_MOST) return tooMany;
	try {
		const keys = keyPaths.flatMap(readPublic);
		if (keys.length > KEYS_MOST) return tooMany;
		const ids = keys.map(keyIdOfPoint);
		const images = paths.flatMap(filesIn).map((path) => readImage(path, ids));
		if (images.length > IMAGES_MOST) return `--image: ${IMAGES_MOST} images at most`;
		const names = images.map(({ name }) => name);
		const twice = names.find((name, index) => names.indexOf(name) !== index);
		if (twice !== undefined) return `--image: two images are called ${twice}`;
		return { images, keys: keys.map((key) => key.toString("hex")).join(" ") };
	} catch (error) {
		return `--image: ${(error as Error).message}`;
	}
}

/** The server of these images, before the network of the lamps. */
export function serverOf(images: readonly StreetImage[], network: Network): ImageServer {
	const server = new ImageServer(network, IMAGE_HOST, paceOf);
	for (const { name, bytes } of images) server.files.set(`/${name}`, bytes);
	return server;
}

/** Ms between two segments of a file. */
const paceOf = (bytes: number): number =>
	SEGMENT_EVERY * Math.max(1, Math.min(SLOWER_MOST, Math.floor(SLOT_BYTES / bytes)));

/** A line for the person at the terminal. */
export function sayImage(image: StreetImage): string {
	const { url, product, version, hardware, profile, counter, bytes, remarks } = image;
	const what = `${product} ${version} for ${hardware}, ${profile}, counter ${counter}, ${bytes.length} bytes`;
	return `image: ${url} (${[what, ...remarks].join("; ")})`;
}

function filesIn(path: string): string[] {
	if (!existsSync(path)) throw new Error(`${path} is not there`);
	if (!statSync(path).isDirectory()) return [path];
	const files = readdirSync(path)
		.sort()
		.map((name) => join(path, name))
		.filter((file) => existsSync(headerPath(file)));
	if (files.length === 0) throw new Error(`${path} holds no image with its header beside it`);
	return files;
}

function readImage(path: string, ids: readonly number[]): StreetImage {
	const name = basename(path);
	if (!NAME.test(name)) throw new Error(`${path}: a name of 1 to 100 A-Z a-z 0-9 _ . + - alone`);
	if (!existsSync(headerPath(path)))
		throw new Error(`${headerPath(path)} is not there: npx luminode sign image ${path} ...`);
	const signed = readSigned(path);
	const { image: bytes, text, header } = signed;
	if (!header) throw new Error(`${headerPath(path)} holds no header of an image`);
	if (bytes.length === 0 || bytes.length > SLOT_BYTES)
		throw new Error(`${path} has ${bytes.length} bytes: a slot takes 1 to ${SLOT_BYTES}`);
	const { product, hardware, version, profile, counter, keyId } = header;
	const stranger = ids.includes(keyId) ? [] : ["signed by a key that no lamp has"];
	const remarks = [...faultsOf(signed), ...stranger];
	const url = `https://${IMAGE_HOST}/${name}`;
	const names = { product, hardware, version, profile, counter };
	return { name, url, header: text, bytes, ...names, remarks };
}
