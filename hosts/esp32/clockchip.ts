/**
 * Clock chip: the date of a DS3231 (Analog Devices 19-5170, rev. 10), which runs through a power
 * cut.
 *
 * The chip reports whether it stopped (OSF); its registers are accepted only if they form a date.
 */
import type { UtcMillis } from "luminode/units";
import type { ChipPins } from "./board";
import { type Bus, openBus } from "./chips";

/** Register of the seconds; minutes, hours, day of the week, date, month, year follow. */
const TIME = 0x00;
const TIME_BYTES = 7;
const CONTROL = 0x0e;
/** Oscillator on, no alarm; INTCN: no square wave. */
const RUNNING = 0x04;
const STATUS = 0x0f;
/** Status bit: the oscillator has stopped since the bit was cleared, as with an empty cell. */
const STOPPED = 0x80;
/** Hours bit: 12-hour mode. The firmware writes 24-hour mode. */
const TWELVE_HOURS = 0x40;
/** Month bit: the year has passed 99, in 2100. */
const CENTURY = 0x80;

export class ClockChip {
	private readonly pins: ChipPins;
	/** Kept once opened: a second bus to the same chip would be refused. */
	private bus: Bus | undefined;

	constructor(pins: ChipPins) {
		this.pins = pins;
	}

	/** The date; undefined if the chip does not answer, has stopped or holds no date. */
	read(): UtcMillis | undefined {
		try {
			const [status = STOPPED] = this.registers(STATUS, 1);
			return (status & STOPPED) === 0 ? dateOf(this.registers(TIME, TIME_BYTES)) : undefined;
		} catch {
			return undefined;
		}
	}

	/** Sets the date, to the second; does nothing if the chip does not answer. */
	write(utc: UtcMillis): void {
		const date = new Date(utc);
		const time = [
			date.getUTCSeconds(),
			date.getUTCMinutes(),
			date.getUTCHours(),
			date.getUTCDay() + 1,
			date.getUTCDate(),
			date.getUTCMonth() + 1,
			date.getUTCFullYear() % 100,
		];
		try {
			this.set(TIME, ...time.map((value) => (Math.floor(value / 10) << 4) | (value % 10)));
			this.set(CONTROL, RUNNING, 0); // and the status bit: it runs
		} catch {
			// the chip does not answer: its own stop flag remains
		}
	}

	private registers(from: number, count: number): Uint8Array {
		this.bus ??= openBus(this.pins);
		const bytes = new Uint8Array(count);
		this.bus.writeRead(Uint8Array.of(from), bytes);
		return bytes;
	}

	private set(from: number, ...values: number[]): void {
		this.bus ??= openBus(this.pins);
		this.bus.write(Uint8Array.of(from, ...values));
	}
}

function dateOf(registers: Uint8Array): UtcMillis | undefined {
	const [seconds = 0, minutes = 0, hours = 0, , day = 0, month = 0, year = 0] = registers;
	if ((hours & TWELVE_HOURS) !== 0 || (month & CENTURY) !== 0) return undefined;
	const [s, min, h, d, m, y] = [seconds, minutes, hours, day, month, year].map(numberOf);
	const utc = Date.UTC(2000 + y!, m! - 1, d, h, min, s);
	const date = new Date(utc); // a 31 February, or invalid digits, come out as something else
	const isDate = date.getUTCMonth() === m! - 1 && date.getUTCDate() === d;
	const isTime = h! < 24 && min! < 60 && s! < 60;
	return isDate && isTime ? (utc as UtcMillis) : undefined;
}

/** From binary-coded decimal; NaN for invalid digits. */
function numberOf(bcd: number): number {
	const [tens, ones] = [bcd >> 4, bcd & 15];
	return tens < 10 && ones < 10 ? 10 * tens + ones : Number.NaN;
}
