/**
 * Worker: the work of a process of the simulator: streets of a city, or a night of a typical street of a town.
 */

import { isNightTask, runTask } from "../town/nights/nighttask.js";
import type { NightTask } from "../town/nights/streetnight.js";
import { liveStreets, type Task } from "./city/life.js";
import type { Hooks } from "./cli/jobs.js";

export const serve = (task: Task | NightTask, hooks: Hooks): Promise<unknown> =>
	isNightTask(task) ? runTask(task, hooks) : liveStreets(task, hooks);
