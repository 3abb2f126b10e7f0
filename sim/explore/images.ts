/**
 * Images of explored streets: signed by a key made from a constant, so that a street is the same
 * each time; the image server of `npm run explore` holds them.
 */
import { createHash } from "node:crypto";
import { p256 } from "@noble/curves/nist.js";
import { headerBytes } from "../../lib/firmware/imageheader.js";
import { keyIdOfPoint } from "../../lib/firmware/signedimage.js";
import { random } from "../../lib/random.js";
import { IMAGE_HOST, type StreetImage } from "../images/catalogue.js";

const SECRET = createHash("sha256").update("luminode explore").digest();
const POINT = Buffer.from(p256.getPublicKey(SECRET, false)).subarray(1);
/** As `update.key` of each lamp. */
export const IMAGE_KEYS = POINT.toString("hex");
const LENGTH = 20_000;
/** An image that a lamp can install, and one whose bytes are not those that were signed. */
export const WHOLE = "whole.bin";
export const SPOILT = "spoilt.bin";

export const IMAGES: readonly StreetImage[] = [imageOf(WHOLE, 1), imageOf(SPOILT, 2)];

function imageOf(name: string, counter: number): StreetImage {
	const chance = random(counter, "image");
	const bytes = Buffer.from(Array.from({ length: LENGTH }, () => Math.floor(chance.next() * 256)));
	const about = {
		product: "luminode",
		hardware: "virtual/1",
		version: `9.0.${counter}`,
		profile: "development",
		counter,
	};
	const digest = createHash("sha256").update(bytes).digest();
	const signed = headerBytes({ ...about, keyId: keyIdOfPoint(POINT), length: LENGTH, digest });
	const hash = createHash("sha256").update(signed).digest();
	const signature = p256.sign(hash, SECRET).toBytes("der");
	const header = Buffer.concat([signed, signature]).toString("base64");
	if (name === SPOILT) bytes[LENGTH - 1]! ^= 1;
	return { name, url: `https://${IMAGE_HOST}/${name}`, header, bytes, ...about, remarks: [] };
}
