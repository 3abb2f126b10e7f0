/** PWM: opens a channel, dark; throws where LEDC has none of that number left. */
import { power } from "../../controller.js";

/** What LEDC counts. */
const APB_HZ = 80_000_000;
/** Those of the SDK. */
const CHANNELS = [4, 5, 6, 7];

export default class PWM {
	constructor(options: { pin: number; hz: number; resolution: number; port: number }) {
		const { hz, port, resolution } = options;
		if (!CHANNELS.includes(port)) throw new Error("port unavailable");
		if (resolution < 8 || resolution > 14) throw new RangeError("invalid resolution");
		if (hz * 2 ** resolution > APB_HZ) throw new Error("configure ledc timer failed");
		power.on.order.push("pwm");
	}
}
