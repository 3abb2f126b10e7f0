/** TLS: its constructor throws on a CA that is out of date; a handshake fails inside a TCP callback. */
import { power } from "../../../../controller.js";
import type TCP from "../tcp.js";

interface Options {
	TCP: { io: new (options: object) => TCP };
	secure: Readonly<Record<string, unknown>>;
	onReadable(count: number): void;
	onWritable(count: number): void;
	onError(): void;
}

export default class TLSSocket {
	private readonly socket: TCP;
	private isReady = false;
	constructor(options: Options) {
		if (power.on.refusal === "dates") throw new Error("invalid date");
		this.socket = new options.TCP.io({
			...options,
			onReadable: (count: number) => {
				if (this.isReady) options.onReadable(count);
				else this.shakeHands(options);
			},
			onWritable: (count: number) => {
				if (this.isReady) options.onWritable(count - 96);
			},
			onError: () => options.onError(),
		});
		this.socket.wire.refusal = power.on.refusal;
		this.socket.wire.secure = options.secure;
	}
	read(into: Uint8Array): number {
		return this.socket.read(into);
	}
	write(bytes: ArrayBuffer): number {
		if (!(bytes instanceof ArrayBuffer)) throw new TypeError("not a buffer");
		return this.socket.write(bytes);
	}
	close(): void {
		this.socket.close();
	}
	private shakeHands(options: Options): void {
		const { refusal } = this.socket.wire;
		if (refusal) throw new Error(refusal);
		this.socket.wire.received.length = 0;
		this.isReady = true;
		options.onWritable(8000);
	}
}
