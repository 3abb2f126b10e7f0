/**
 * I2C: throws where nobody answers, and on a second bus to one address. A write ends in a stop, after
 * which a VEML7700 answers with its first register. A chip has measured nothing for a while after its
 * start. A DS3231 stands at 0x68.
 */
import { power } from "../../controller.js";

const CLOCK = 0x68;
const VEML7700 = 0x10;
const MEASURED_AFTER_ms = 180;

export default class I2C {
	private readonly address: number;
	private register = 0;
	constructor(options: { timeout: number; address: number }) {
		power.on.fail("i2c");
		power.on.i2cTimeout = options.timeout;
		this.address = options.address;
		if (power.on.addresses.has(this.address)) throw new RangeError("duplicate address");
		power.on.addresses.add(this.address);
	}
	private get isClock(): boolean {
		return this.address === CLOCK;
	}
	private get answer(): Uint8Array | undefined {
		return this.isClock ? power.on.clockChip : power.on.i2c;
	}
	write(bytes: Uint8Array): void {
		if (!this.answer) throw new Error("write failed");
		power.on.measuredAt ??= power.on.now + MEASURED_AFTER_ms;
		if (!this.isClock) return;
		this.register = bytes[0]!;
		this.answer.set(bytes.subarray(1), this.register);
		this.register += bytes.length - 1;
	}
	read(into: Uint8Array): number {
		if (this.address === VEML7700 && this.answer) into.fill(0);
		else this.give(into);
		return into.length;
	}
	writeRead(bytes: Uint8Array, into: Uint8Array): number {
		this.register = bytes[0]!;
		this.give(into);
		return into.length;
	}
	close(): void {
		power.on.addresses.delete(this.address);
	}
	private give(into: Uint8Array): void {
		if (!this.answer) throw new Error("read failed");
		const from = this.isClock ? this.register : 0;
		into.set(this.answer.subarray(from, from + into.length));
		if (!this.isClock && power.on.now < (power.on.measuredAt ?? Infinity)) into.fill(0);
	}
}
