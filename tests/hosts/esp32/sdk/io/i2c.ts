/** I2C: blocks for its time-out and throws where nobody answers. A DS3231 stands at 0x68. */
import { power } from "../../controller.js";

const CLOCK = 0x68;

export default class I2C {
	private readonly isClock: boolean;
	private register = 0;
	constructor(options: { timeout: number; address: number }) {
		power.on.fail("i2c");
		power.on.i2cTimeout = options.timeout;
		this.isClock = options.address === CLOCK;
	}
	private get answer(): Uint8Array | undefined {
		return this.isClock ? power.on.clockChip : power.on.i2c;
	}
	write(bytes: Uint8Array): void {
		if (!this.answer) throw new Error("write failed");
		if (!this.isClock) return;
		this.register = bytes[0]!;
		this.answer.set(bytes.subarray(1), this.register);
		this.register += bytes.length - 1;
	}
	read(into: Uint8Array): number {
		if (!this.answer) throw new Error("read failed");
		const from = this.isClock ? this.register : 0;
		into.set(this.answer.subarray(from, from + into.length));
		return into.length;
	}
}
