/** `time` of the SDK: a counter of 32 bits with a sign, and a date. */
import { power } from "../controller.js";

export default {
	get ticks() {
		return (power.on.now + power.on.ticksAhead) | 0;
	},
	delta: (start: number, end: number) => (end - start) | 0,
	set: (seconds: number) => {
		power.on.date = seconds * 1000;
	},
};
