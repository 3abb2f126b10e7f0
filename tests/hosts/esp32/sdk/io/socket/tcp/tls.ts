/**
 * TLS: its constructor throws on a CA that is out of date; a handshake fails inside a TCP callback.
 *
 * A record is a byte with its length and that many more; one of length 255 does not decrypt, and throws.
 * What a read leaves in the socket is gone on with by a timer, as the SDK does it: out of TCP's callbacks.
 */
import { type Entry, power } from "../../../../controller.js";
import Timer from "../../../timer.js";
import type TCP from "../tcp.js";

interface Options {
	TCP: { io: new (options: object) => TCP & { readable: number } };
	secure: Readonly<Record<string, unknown>>;
	onReadable(count: number): void;
	onWritable(count: number): void;
	onError(): void;
}

export default class TLSSocket {
	private readonly socket: TCP & { readable: number };
	private readonly options: Options;
	private isReady = false;
	private data: Uint8Array | undefined;
	private doRead: Entry | undefined;
	constructor(options: Options) {
		if (power.on.refusal === "dates") throw new Error("invalid date");
		this.options = options;
		this.socket = new options.TCP.io({
			...options,
			onReadable: (count: number) => this.onReadable(count),
			onWritable: (count: number) => {
				if (this.isReady) options.onWritable(count - 96);
			},
			onError: () => options.onError(),
		});
		this.socket.readable = 0;
		this.socket.wire.refusal = power.on.refusal;
		this.socket.wire.secure = options.secure;
	}
	read(into: Uint8Array): number | undefined {
		const { data } = this;
		if (!data) return undefined;
		const count = Math.min(into.length, data.length);
		into.set(data.subarray(0, count));
		this.data = count < data.length ? data.subarray(count) : undefined;
		if (!this.data && this.socket.readable)
			this.doRead ??= Timer.set(() => {
				this.doRead = undefined;
				if (this.socket.readable) this.onReadable(this.socket.readable);
			});
		return count;
	}
	write(bytes: ArrayBuffer): number {
		if (!(bytes instanceof ArrayBuffer)) throw new TypeError("not a buffer");
		return this.socket.write(bytes);
	}
	close(): void {
		this.socket.close();
		Timer.clear(this.doRead);
	}
	private onReadable(count: number): void {
		this.socket.readable = count;
		if (this.data) return;
		if (!this.isReady) {
			this.shakeHands();
			return;
		}
		const length = this.taken(1)[0]!;
		if (length === 255) throw new Error("recordProtocol auth failed");
		this.data = this.taken(length);
		this.options.onReadable(length);
	}
	private taken(count: number): Uint8Array {
		const bytes = new Uint8Array(count);
		this.socket.read(bytes);
		this.socket.readable -= count;
		return bytes;
	}
	private shakeHands(): void {
		const { refusal } = this.socket.wire;
		if (refusal) throw new Error(refusal);
		this.socket.wire.received.length = 0;
		this.socket.readable = 0;
		this.isReady = true;
		this.options.onWritable(8000);
	}
}
