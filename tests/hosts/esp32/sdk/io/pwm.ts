/** PWM: begins dark; throws where LEDC has no channel left. */
import { power } from "../../controller.js";

/** What LEDC counts. */
const APB_HZ = 80_000_000;

export default class PWM {
	private readonly top: number;
	constructor(options: { pin: number; hz: number; resolution: number }) {
		if (options.resolution < 8 || options.resolution > 14)
			throw new RangeError("invalid resolution");
		if (options.hz * 2 ** options.resolution > APB_HZ)
			throw new Error("configure ledc timer failed");
		power.on.order.push("pwm");
		this.top = 2 ** options.resolution - 1;
	}
	write(value: number): void {
		if (!Number.isInteger(value) || value < 0 || value > this.top) throw new RangeError("invalid");
		power.on.duties.push(value);
	}
}
