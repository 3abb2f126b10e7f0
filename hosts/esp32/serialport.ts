/**
 * Serial port: the technician's line on UART1 or UART2, through the 128-byte FIFO of the chip.
 *
 * Received bytes are taken out of the FIFO as they come: bytes that stay in it interrupt again at
 * once. Here wait twice as many unread bytes as the FIFO holds; more are lost, and the lamp learns
 * where. The lamp is called some milliseconds after them: tasks below this one, TLS and the idle task
 * that the watchdog waits for, get their share of a processor that a flood would fill.
 *
 * The SDK is given no `onWritable`. With both callbacks each message that it delivers can post two
 * more: while somebody types without a pause they fill the machine's queue, edges of the PIR are lost
 * with them, and the SDK counts each lost message as a user of the port in one byte. When that byte
 * has gone round, it frees the port that it still uses (modules/io/serial/esp32/serial.c), and XS
 * ends. So the room in the FIFO follows from the speed of the line instead.
 */
import Serial from "embedded:io/serial";
import type { Note, Turn } from "host/turn";
import type { SerialPort } from "luminode/host";
import type { Millis } from "luminode/units";
import type { SerialPins } from "./board";

const BAUD = 115_200;
/** That leave the FIFO, 10 bits each; rounded down, so that no more is written than fits. */
const BYTES_A_ms = Math.floor(BAUD / 10_000);
/** Of the chip. When it is full, the next byte, 87 us later, is lost. */
const FIFO_BYTES = 128;
const HELD_BYTES = 2 * FIFO_BYTES;
/** Other tasks have the processor at least so long between two turns for received bytes. */
const REST_ms = 5;
/** A full FIFO has nearly run empty then. */
const WRITABLE_AFTER_ms = 10;
/** See SerialPort.read. */
const LOST = -1;
const writable: Note = (lamp, now) => lamp.onSerialWritable(now);

export class TechnicianPort implements SerialPort {
	private turn: Turn | undefined;
	private serial: Serial | undefined;
	private room = FIFO_BYTES;
	private roomAt: Millis = 0; // when there was that much
	private isAwaited = false; // `onSerialWritable` follows
	private bytes: Uint8Array | undefined; // held ones, and behind them those that are lost
	private count = 0; // held
	private isLost = false; // bytes behind them
	private isCalled = false; // `onSerialReadable` follows

	/** Opens the line; if that fails, the functions below read and write nothing. */
	open(turn: Turn, pins: SerialPins): void {
		this.turn = turn;
		const call = (): void => {
			this.isCalled = false;
			turn.post("serial", (lamp, now) => lamp.onSerialReadable(now, this.count));
		};
		this.serial = new Serial({
			...pins,
			baud: BAUD,
			format: "buffer",
			onReadable: turn.guarded((count: number) => {
				this.take(count);
				if (!this.isCalled) this.isCalled = turn.after(REST_ms, call);
			}),
		});
	}

	write(bytes: Uint8Array, start: number, count: number): number {
		const { turn, serial } = this;
		if (!turn || !serial) return 0;
		const gone = turn.now - this.roomAt; // none in a turn that has written: it would never end
		if (gone > 0) {
			this.room = Math.min(FIFO_BYTES, this.room + BYTES_A_ms * gone);
			this.roomAt = turn.now;
		}
		let taken = Math.min(count, this.room);
		this.room -= taken;
		try {
			if (taken > 0) serial.write(bytes.subarray(start, start + taken));
		} catch {
			taken = this.room = 0; // it was fuller
		}
		this.roomAt = turn.clock.now();
		if (taken < count && !this.isAwaited)
			this.isAwaited = turn.after(WRITABLE_AFTER_ms, () => {
				this.isAwaited = false;
				turn.post("serial", writable);
			});
		return taken;
	}

	read(into: Uint8Array): number {
		const { bytes, count } = this;
		if (into.length === 0) return 0;
		if (count === 0 || !bytes) {
			const { isLost } = this;
			this.isLost = false;
			return isLost ? LOST : 0;
		}
		const taken = Math.min(into.length, count);
		into.set(bytes.subarray(0, taken));
		bytes.copyWithin(0, taken, count);
		this.count -= taken;
		return taken;
	}

	/** Empties the FIFO, which holds `count` bytes. */
	private take(count: number): void {
		this.bytes ??= new Uint8Array(HELD_BYTES + FIFO_BYTES);
		const { bytes, serial } = this;
		let more = 0;
		if (!this.isLost && this.count < HELD_BYTES) {
			more = serial?.read(bytes.subarray(this.count, HELD_BYTES)) ?? 0;
			this.count += more;
		}
		if (more < count || count >= FIFO_BYTES) this.isLost = true;
		if (more < count) serial?.read(bytes.subarray(HELD_BYTES));
	}
}
