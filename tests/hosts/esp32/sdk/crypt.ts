/** `crypt` by Node's own digests. */
import { createHash } from "node:crypto";

export class Digest {
	private readonly hash = createHash("sha256");
	write(bytes: ArrayBuffer): void {
		this.hash.update(new Uint8Array(bytes));
	}
	close(): ArrayBuffer {
		return new Uint8Array(this.hash.digest()).buffer;
	}
}
