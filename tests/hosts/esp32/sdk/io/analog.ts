/** Analog: undefined where the converter has no answer. */
import { power } from "../../controller.js";

export default class Analog {
	readonly resolution = 12;
	constructor() {
		power.on.fail("analog");
	}
	read(): number | undefined {
		return power.on.analog;
	}
}
