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
/** Of the chip. When it is full, the next byte, 87 us later, is lost. */
const FIFO_BYTES = 128;
/** See SerialPort.read. */
const LOST = -1;
const writable: Note = (lamp, now) => lamp.onSerialWritable(now);

export class TechnicianPort implements SerialPort {
	private serial: Serial | undefined;
	private room = 0;
	private untilLoss = Infinity; // bytes to be read before a loss

	/** Opens the line; if that fails, the functions below read and write nothing. */
	open(turn: Turn, pins: SerialPins): void {
		this.serial = new Serial({
			...pins,
			baud: BAUD,
			format: "buffer",
			onReadable: turn.guarded((count: number) => {
				if (count >= FIFO_BYTES) this.untilLoss = Math.min(this.untilLoss, FIFO_BYTES);
				turn.post((lamp, now) => lamp.onSerialReadable(now, count));
			}),
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
		if (this.untilLoss === 0) {
			this.untilLoss = Infinity;
			return LOST;
		}
		const isLimited = into.length > this.untilLoss;
		const count = this.serial?.read(isLimited ? into.subarray(0, this.untilLoss) : into) ?? 0;
		this.untilLoss = count >= FIFO_BYTES ? 0 : this.untilLoss - count;
		return count;
	}
}
