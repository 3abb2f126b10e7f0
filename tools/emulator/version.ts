/**
 * Version: an image under another version, for an update that needs no second build.
 *
 * An image of ESP-IDF ends with a checksum, the exclusive or of its data, and the SHA-256 of all
 * before it. The bootloader and the update verify both.
 */
import { createHash } from "node:crypto";

const DIGEST_BYTES = 32;
/** Offset of the header's byte that says whether the digest is there. */
const HAS_DIGEST_AT = 23;

/** The image with `to` wherever it has `from`. Throws if lengths differ or the text is not there. */
export function withVersion(image: Buffer, from: string, to: string): Buffer {
	if (from.length !== to.length) throw new Error("the versions differ in length");
	if (image[HAS_DIGEST_AT] !== 1) throw new Error("the image has no digest");
	const changed = Buffer.from(image);
	const change = [...from].reduce(
		(all, sign, index) => all ^ sign.charCodeAt(0) ^ to.charCodeAt(index),
		0,
	);
	const end = image.length - DIGEST_BYTES;
	let count = 0;
	for (let at = changed.indexOf(from); at >= 0 && at < end; at = changed.indexOf(from, at + 1)) {
		changed.write(to, at, "latin1");
		changed[end - 1]! ^= change;
		count += 1;
	}
	if (count === 0) throw new Error(`the image does not contain ${from}`);
	changed.set(createHash("sha256").update(changed.subarray(0, end)).digest(), end);
	return changed;
}
