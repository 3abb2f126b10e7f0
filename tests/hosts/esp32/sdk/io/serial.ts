/** Serial: what does not fit in the FIFO throws, and nothing of it is sent. */
import { power } from "../../controller.js";

interface Options {
	onReadable?(count: number): void;
	onWritable?(count: number): void;
}

export default class Serial {
	constructor(options: Options) {
		power.on.fail("serial");
		power.on.uart.onReadable = options.onReadable;
		power.on.uart.onWritable = options.onWritable;
		power.on.interrupt();
	}
	read(into: Uint8Array): number | undefined {
		const { uart } = power.on;
		if (into.length === 0) throw new Error("invalid");
		if (uart.in.length === 0) return undefined;
		const bytes = uart.in.splice(0, into.length);
		into.set(bytes);
		uart.receives = true;
		power.on.interrupt();
		return bytes.length;
	}
	write(bytes: Uint8Array): void {
		const { uart } = power.on;
		if (bytes.length > uart.room) throw new Error("output full");
		uart.room -= bytes.length;
		uart.out.push(...bytes);
		if (!uart.onWritable || uart.transmits) return;
		uart.transmits = true;
		power.on.interrupt();
	}
}
