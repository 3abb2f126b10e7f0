/**
 * Task: a room that works after the light, when it is due.
 *
 * All of them stand behind one boundary (`Node.tick`): what one throws pauses them all, and never
 * reaches the light. To add one: write it, and name it in `Node`'s list.
 */
import type { Settings } from "../settings/table.js";
import type { Millis } from "../units.js";

export interface Task {
	/** When it next has something to do; Infinity: nothing. Read after each turn. */
	readonly dueAt: Millis;
	/** Called when `dueAt` has come. */
	tick(now: Millis): void;
	/** Other settings are in force. */
	configure?(settings: Settings, now: Millis): void;
	/** The lamp restarts by itself when this turn ends. */
	beforeRestart?(now: Millis): void;
}

/** Gives each that is due its turn, in order; returns when the next one is. */
export function runTasks(tasks: readonly Task[], now: Millis): Millis {
	let due: Millis = Infinity;
	for (let i = 0; i < tasks.length; i += 1) {
		const task = tasks[i]!; // no iterator: an idle turn allocates nothing
		let at = task.dueAt;
		if (now >= at) {
			task.tick(now);
			at = task.dueAt;
		}
		if (at < due) due = at;
	}
	return due;
}
