/** Images for tests: keys made anew, images signed with them, and what a lamp receives of both. */
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { headerBytes } from "../../lib/firmware/imageheader.js";
import { pointOf } from "../../lib/firmware/signedimage.js";
import { keyIdOf } from "../../src/update/header.js";

export const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/** A key that signs; `text` is what a lamp has of it, as `update.key`. */
export class Signer {
	private readonly key = generateKeyPairSync("ec", { namedCurve: "P-256" });
	readonly point = pointOf(this.key.publicKey.export({ format: "pem", type: "spki" }) as string);
	readonly text = this.point.toString("hex");
	readonly id = keyIdOf(sha256(this.point));

	/** A signed list of keys, in base 64. */
	list(keys: readonly Signer[], counter: number, more: { readonly keyId?: number } = {}): string {
		const head = Buffer.alloc(16);
		head.write("LUK\u0001", "latin1");
		head.writeUInt32BE(more.keyId ?? this.id, 4);
		head.writeUInt32BE(counter, 8);
		head.writeUInt32BE(keys.length, 12);
		const signed = Buffer.concat([head, ...keys.map(({ point }) => point)]);
		return Buffer.concat([signed, sign("sha256", signed, this.key.privateKey)]).toString("base64");
	}

	/** The signed header of an image, in base 64. */
	header(image: Uint8Array, more: Partial<Parameters<typeof headerBytes>[0]> = {}): string {
		const signed = headerBytes({
			product: "luminode",
			hardware: "fake/1",
			version: "9.0.0",
			profile: "development",
			counter: 1,
			keyId: this.id,
			length: image.length,
			digest: sha256(image),
			...more,
		});
		const signature = sign("sha256", signed, this.key.privateKey);
		return Buffer.concat([signed, signature]).toString("base64");
	}
}

/** Bytes of an image: the same for the same length and seed. */
export function imageOf(length: number, seed = 1): Buffer {
	const bytes = Buffer.alloc(length);
	for (let at = 0, state = seed; at < length; at++) {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		bytes[at] = state >>> 16;
	}
	return bytes;
}
