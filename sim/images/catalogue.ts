/**
 * Catalogue: the images of the street's image server.
 *
 * The lamps validate, not the server: a wrong signature, product or counter is served unchanged.
 */
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
