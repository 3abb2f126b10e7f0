/** `timer` of the SDK, on the controller's own time. */
import { type Entry, power } from "../controller.js";

function put(callback: (timer: Entry) => void, wait = 0, every?: number): Entry {
	power.on.fail("timer");
	const entry = { callback, at: power.on.now + wait, every, isOver: false };
	power.on.timers.push(entry);
	return entry;
}

export default {
	set: (callback: (timer: Entry) => void, wait?: number) => put(callback, wait),
	repeat: (callback: (timer: Entry) => void, every: number) => put(callback, every, every),
	clear: (timer: Entry | undefined) => {
		if (timer) timer.isOver = true;
	},
};
