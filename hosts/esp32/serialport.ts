/**
 * Serial port: the technician's line on UART1 or UART2, through the 128-byte FIFO of the chip.
 *
 * A write that does not fit throws and sends nothing, so no more is written than there is room for.
 */
import Serial from "embedded:io/serial";
import type { Note, Turn } from "host/turn";
import type { SerialPort } from "luminode/host";
import type { SerialPins } from "./board";

const BAUD = 115_200;
const writable: Note = (lamp, now) => lamp.onSerialWritable(now);

export class TechnicianPort implements SerialPort {
	private serial: Serial | undefined;
	private room = 0;

	/** Opens the line; if that fails, the functions below read and write nothing. */
	open(turn: Turn, pins: SerialPins): void {
		this.serial = new Serial({
			...pins,
			baud: BAUD,
			format: "buffer",
			onReadable: turn.guarded((count: number) =>
				turn.post((lamp, now) => lamp.onSerialReadable(now, count)),
			),
			onWritable: turn.guarded((count: number) => {
				this.room = count;
				turn.post(writable);
			}),
		});
	}

	write(bytes: Uint8Array, start: number, count: number): number {
		const taken = Math.min(count, this.room);
		if (taken <= 0) return 0;
		this.room -= taken;
		try {
			this.serial?.write(bytes.subarray(start, start + taken));
			return taken;
		} catch {
			this.room = 0; // until the port reports its room
			return 0;
		}
	}

	read(into: Uint8Array): number {
		if (into.length === 0) return 0;
		return this.serial?.read(into) ?? 0;
	}
}
