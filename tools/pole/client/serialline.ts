/**
 * Serial line: a port of Web Serial as the programs of the laptop see a line (laptop/line/serial.ts).
 */

import { Trouble } from "../../../lib/text/trouble.js";
import type { Line, LineListener } from "../../laptop/line/serial.js";
import { text } from "../../laptop/text/texts.js";

/** The part of a Web Serial port that is used here; a test puts a stream in its place. */
export interface Port {
	open(options: { baudRate: number }): Promise<void>;
	close(): Promise<void>;
	readonly readable: ReadableStream<Uint8Array> | null;
	readonly writable: WritableStream<Uint8Array> | null;
}

/** `navigator.serial` of Chrome and Edge. */
interface Ports {
	requestPort(): Promise<Port>;
}

const BAUD = 115_200;

/** Web Serial, where the browser has it. */
export function portsOf(browser: object): Ports | undefined {
	return (browser as { readonly serial?: Ports }).serial;
}

/** Opens the port; `onBytes` receives each byte, too. */
export async function openPort(
	port: Port,
	ears: LineListener,
	onBytes: (bytes: Uint8Array) => void,
): Promise<Line> {
	try {
		await port.open({ baudRate: BAUD });
	} catch (error) {
		throw new Trouble(text("portClosed", (error as Error).message));
	}
	const reader = port.readable!.getReader();
	const writer = port.writable!.getWriter();
	let isOpen = true;
	void (async () => {
		try {
			for (;;) {
				const { value, done } = await reader.read();
				if (done) break;
				onBytes(value);
				ears.onBytes(value);
			}
		} catch {
			// unplugged
		}
		if (isOpen) ears.onGone();
		isOpen = false;
	})();
	const encoder = new TextEncoder();
	return {
		write: (bytes) => {
			const sent = typeof bytes === "string" ? encoder.encode(bytes) : bytes;
			if (isOpen) writer.write(sent).catch(() => {}); // the reader reports the end
		},
		close: async () => {
			isOpen = false;
			await writer.close().catch(() => {});
			await reader.cancel().catch(() => {});
			await port.close().catch(() => {});
		},
	};
}
