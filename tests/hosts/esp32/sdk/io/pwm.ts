/** PWM: begins dark; throws where LEDC has no channel left. */
import { power } from "../../controller.js";

export default class PWM {
	private readonly top: number;
	constructor(options: { pin: number; hz: number; resolution: number }) {
		if (options.resolution < 8 || options.resolution > 14)
			throw new RangeError("invalid resolution");
		power.on.order.push("pwm");
		this.top = 2 ** options.resolution - 1;
	}
	write(value: number): void {
		if (!Number.isInteger(value) || value < 0 || value > this.top) throw new RangeError("invalid");
		power.on.duties.push(value);
	}
}
