/**
 * TCP with the send buffer of a controller.
 *
 * The SDK's socket on Linux takes 1,536 bytes at once: less than one packet of the lamp. Bytes
 * beyond that wait here.
 */
import SDK, { type Options } from "embedded:io/socket/tcp";

/** As on the ESP32-C3 (CONFIG_LWIP_TCP_SND_BUF_DEFAULT of the SDK); the ESP32 has 8,192. */
const SEND_BYTES = 5744;

export default class TCP extends SDK {
	private readonly waiting = new Uint8Array(SEND_BYTES);
	private count = 0;
	/** Bytes that the socket takes now. */
	private window = 0;

	constructor(options: Options) {
		const { onWritable } = options;
		const onRoom = function (this: SDK, window: number): void {
			if (!(this instanceof TCP)) return;
			this.window = window;
			this.drain();
			onWritable?.call(this, this.room);
		};
		super({ ...options, onWritable: onRoom });
	}

	private get room(): number {
		return SEND_BYTES - this.count;
	}

	/** As the SDK's: returns the room left, throws if it does not suffice. */
	override write(bytes: Uint8Array | ArrayBuffer): number {
		const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
		if (view.length > this.room) throw new Error("would block");
		this.waiting.set(view, this.count);
		this.count += view.length;
		this.drain();
		return this.room;
	}

	private drain(): void {
		const now = Math.min(this.count, this.window);
		if (now === 0) return;
		super.write(this.waiting.subarray(0, now));
		this.waiting.copyWithin(0, now, this.count);
		this.count -= now;
		this.window -= now;
	}
}
