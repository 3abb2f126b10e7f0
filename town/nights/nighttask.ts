/**
 * Night task: a night of a simulated street as the work of another process, and what it will cost.
 */
import { getPriority, setPriority } from "node:os";
import type { Hooks } from "../../sim/cli/jobs.js";
import { type NightTask, nightOf, type StreetNight } from "./streetnight.js";

/** Behind the page and the street that runs: niceness of a process that simulates nights. */
const NICENESS = 10;
/** CPU seconds of a start; of a lamp's night; and of each of its 1,000 cars: measured on one core. */
const COST: Readonly<
	Record<NightTask["option"], readonly [start: number, lamp: number, cars: number]>
> = {
	presence: [0.9, 0.27, 0.18],
	neighbours: [0.9, 0.39, 0.45],
	hourly: [0.9, 0.07, 0.09],
};

export function runTask(task: NightTask, { report }: Hooks): Promise<StreetNight> {
	try {
		setPriority(Math.max(NICENESS, getPriority()));
	} catch {
		// not permitted: it runs beside them
	}
	return nightOf(task, report);
}

export function secondsOf({ option, poles, vehicles }: NightTask): number {
	const [start, lamp, cars] = COST[option];
	return start + poles.length * (lamp + (cars * vehicles) / 1_000);
}

export const isNightTask = (task: object): task is NightTask => "poles" in task;
