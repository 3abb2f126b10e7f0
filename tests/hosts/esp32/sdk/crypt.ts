/** `crypt` by Node's own digests. */
import { createHash } from "node:crypto";

export class Digest {
	private readonly hash;
	constructor(type: "SHA256" | "SHA384" | "SHA512") {
		this.hash = createHash(type);
	}
	write(bytes: ArrayBuffer): void {
		this.hash.update(new Uint8Array(bytes));
	}
	close(): ArrayBuffer {
		return new Uint8Array(this.hash.digest()).buffer;
	}
}
