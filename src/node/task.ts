/**
 * Task: work that runs after the light, when it is due.
 *
 * All tasks run behind one boundary (background.ts): an exception of one pauses them all, and never
 * reaches the light. A new task is added to the list in `Node`'s constructor, and to the followers
 * beside it if a change of the light alone can make it due.
 */
import type { Settings } from "../settings/table.js";
import type { Millis } from "../units.js";

export interface Task {
	/**
	 * When the task is due; Infinity: no work. Read before and after the tasks run, and after a change
	 * of facts (`Node.askTasks`); after one of the light alone, only of those that follow it.
	 */
	readonly dueAt: Millis;
	/** Called when `dueAt` has been reached. */
	tick(now: Millis): void;
	/** Other settings are in force. */
	configure?(settings: Settings, now: Millis): void;
	/** Called before the firmware restarts the lamp: the last chance to store state. */
	beforeRestart?(now: Millis): void;
}

/** Runs the due tasks, in order; returns when the next one is due. */
export function runTasks(tasks: readonly Task[], now: Millis): Millis {
	let due: Millis = Infinity;
	let ran = 0; // the last task that ran
	const count = tasks.length;
	for (let i = 0; i < count; i += 1) {
		const task = tasks[i]!; // no iterator: a turn without work allocates nothing
		let at = task.dueAt;
		if (now >= at) {
			task.tick(now);
			ran = i;
			at = task.dueAt;
		}
		if (at < due) due = at;
	}
	return ran > 0 ? Math.min(due, dueOf(tasks, ran)) : due; // it may have made work for one before
}

/** When the next of the tasks, or of the first `count`, is due. */
export function dueOf(tasks: readonly Task[], count: number = tasks.length): Millis {
	let due: Millis = Infinity;
	for (let i = 0; i < count; i += 1) {
		const at = tasks[i]!.dueAt;
		if (at < due) due = at;
	}
	return due;
}
