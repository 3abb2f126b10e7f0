/**
 * Output: bytes for the serial line, in a queue that neither grows nor blocks.
 *
 * Long listings are made line by line as room becomes free (session.ts), so a queue of a few lines
 * is sufficient. If the port accepts no bytes, output that does not fit is lost, which is printed
 * once when the port accepts bytes again.
 */
import type { SerialPort, Utf8 } from "../host.js";

/** About a tenth of a second at 115,200 baud; a quarter of the lamp's chunks would be too much. */
export const OUTPUT_BYTES = 1024;

const LOST = "\r\n[output lost]\r\n";

export class Output {
	private readonly port: SerialPort;
	private readonly utf8: Utf8;
	private readonly bytes = new Uint8Array(OUTPUT_BYTES);
	private start = 0;
	private end = 0;
	private isLost = false;

	constructor(port: SerialPort, utf8: Utf8) {
		this.port = port;
		this.utf8 = utf8;
	}

	/** Free bytes. */
	get room(): number {
		return this.isLost ? 0 : OUTPUT_BYTES - (this.end - this.start);
	}

	get isEmpty(): boolean {
		return this.start === this.end;
	}

	/** Queues the whole text, or drops it. */
	text(text: string): void {
		if (this.isLost) return;
		this.compact();
		const count = this.utf8.encode(text, this.bytes, this.end);
		if (count < 0) this.isLost = true;
		else this.end += count;
	}

	/** Queues all bytes unchanged, or none. */
	raw(bytes: Uint8Array, start: number, count: number): void {
		if (this.isLost) return;
		this.compact();
		if (this.end + count > OUTPUT_BYTES) {
			this.isLost = true;
			return;
		}
		for (let at = 0; at < count; at += 1) this.bytes[this.end + at] = bytes[start + at]!;
		this.end += count;
	}

	/** Passes on the bytes that the port accepts now. */
	drain(): void {
		for (;;) {
			while (this.start < this.end) {
				const count = this.port.write(this.bytes, this.start, this.end - this.start);
				if (count === 0) return;
				this.start += count;
			}
			this.start = this.end = 0;
			if (!this.isLost) return;
			this.isLost = false;
			this.text(LOST);
		}
	}

	private compact(): void {
		if (this.start === 0) return;
		this.bytes.copyWithin(0, this.start, this.end);
		this.end -= this.start;
		this.start = 0;
	}
}
