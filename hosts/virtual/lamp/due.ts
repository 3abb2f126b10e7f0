/**
 * Due: names the tasks that ask a lamp for turn after turn, for the end of one that does not let
 * time pass.
 */

import type { Task } from "../../../src/node/task.js";
import type { Node } from "../../../src/node.js";

/** Fields of the node that are tasks; names that stand in a text keep their form in an image. */
const FIELDS = Object.freeze([
	"sensorHealth",
	"neighbours",
	"time",
	"orders",
	"actions",
	"settingsManager",
	"monitor",
	"candidate",
	"updater",
	"console",
]);

/** The tasks that are due at `now`, by their field of the node or their place, and the link. */
export function dueIn(node: Node, now: number): string {
	const parts = node as unknown as Record<string, unknown> & { background: { tasks: Task[] } };
	const { tasks } = parts.background;
	const due: string[] = [];
	tasks.forEach((task, index) => {
		if (!(task.dueAt <= now)) return;
		const name = FIELDS.find((field) => parts[field] === task);
		due.push(name ?? `task ${index + 1} of ${tasks.length}`);
	});
	if (node.link.dueAt <= now) due.push("link");
	return `${due.length > 0 ? due.join(", ") : "light"} due at ${now} ms`;
}
