/** `ssl/stream`: bytes of a message; what was taken out is gone. */
export default class SSLStream {
	private bytes: Uint8Array | undefined;
	constructor(bytes?: Uint8Array) {
		this.bytes = bytes;
	}
	getChunk(): Uint8Array {
		const { bytes } = this;
		if (!bytes) throw new TypeError("taken");
		this.bytes = undefined;
		return bytes;
	}
}
