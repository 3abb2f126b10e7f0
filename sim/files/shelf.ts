/** Shelf: the images of a street's image server, read from files that `npx luminode sign` signed. */
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
import { IMAGE_HOST, type Shelf, SLOT_BYTES, type StreetImage } from "../images/catalogue.js";

/** More would be too long a choice; all are held in memory. */
const IMAGES_MOST = 100;
/** Characters of a file's name that need no escape in a URL; a lamp accepts no escape. */
const NAME = /^[\w.+-]{1,100}$/;

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
