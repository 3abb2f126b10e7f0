/** I2C: blocks for its time-out and throws where nobody answers. */
import { power } from "../../controller.js";

export default class I2C {
	constructor(options: { timeout: number }) {
		power.on.i2cTimeout = options.timeout;
	}
	write(): void {
		if (!power.on.i2c) throw new Error("write failed");
	}
	read(into: Uint8Array): number {
		if (!power.on.i2c) throw new Error("read failed");
		into.set(power.on.i2c);
		return into.length;
	}
}
