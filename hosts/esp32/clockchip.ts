/**
 * Clock chip: the date of a DS3231 (Analog Devices 19-5170, rev. 10), which runs on over a power cut.
 *
 * It says itself whether it stood still (OSF); what it says besides is believed only if it is a date.
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
/** In the status: the oscillator stopped since it was cleared, as with an empty cell. */
const STOPPED = 0x80;
/** In the hours: 12 of them. We write 24. */
const TWELVE_HOURS = 0x40;
/** In the month: the year has gone past 99, in 2100. */
const CENTURY = 0x80;

export class ClockChip {
	private readonly pins: ChipPins;
	/** Kept once it is had: another to the same chip would be refused. */
	private bus: Bus | undefined;

	constructor(pins: ChipPins) {
		this.pins = pins;
	}

	/** The date, or undefined where the chip does not answer, stood still or says no date. */
	read(): UtcMillis | undefined {
		try {
			const [status = STOPPED] = this.registers(STATUS, 1);
			return (status & STOPPED) === 0 ? dateOf(this.registers(TIME, TIME_BYTES)) : undefined;
		} catch {
			return undefined;
		}
	}

	/** Sets it, to the second; nothing where it does not answer. */
	write(utc: UtcMillis): void {
		const date = new Date(utc);
		const time = [
			...[date.getUTCSeconds(), date.getUTCMinutes(), date.getUTCHours()],
			...[date.getUTCDay() + 1, date.getUTCDate()],
			...[date.getUTCMonth() + 1, date.getUTCFullYear() % 100],
		];
		try {
			this.set(TIME, ...time.map((value) => (Math.floor(value / 10) << 4) | (value % 10)));
			this.set(CONTROL, RUNNING, 0); // and the status: it runs
		} catch {
			// the chip does not answer: it says itself that it stood still
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
	const date = new Date(utc); // a 31 February, or digits that are none, come out as something else
	const isDate = date.getUTCMonth() === m! - 1 && date.getUTCDate() === d;
	const isTime = h! < 24 && min! < 60 && s! < 60;
	return isDate && isTime ? (utc as UtcMillis) : undefined;
}

/** Out of binary-coded decimal; NaN where it is none. */
function numberOf(bcd: number): number {
	const [tens, ones] = [bcd >> 4, bcd & 15];
	return tens < 10 && ones < 10 ? 10 * tens + ones : Number.NaN;
}
