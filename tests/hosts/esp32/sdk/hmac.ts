/** `hmac` by Node's own. */
import { createHmac } from "node:crypto";

export default class HMAC {
	private readonly key: ArrayBuffer;
	constructor(_digest: object, key: ArrayBuffer) {
		this.key = key;
	}
	process(bytes: ArrayBuffer): ArrayBuffer {
		const hmac = createHmac("sha256", new Uint8Array(this.key));
		return new Uint8Array(hmac.update(new Uint8Array(bytes)).digest()).buffer;
	}
}
