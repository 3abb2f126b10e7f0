/**
 * Background: tasks, link and indicator: the work after the light.
 *
 * `run` is called when its own instant has come, after a decision of the light, after an event, and
 * after an input that can change what is due; not for the end of a fade. An exception pauses all of
 * it (faultbackoff.ts) and never reaches the light.
 */
import type { Settings } from "../settings/table.js";
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import { FaultBackoff } from "./faultbackoff.js";
import type { Indication } from "./light/indication.js";
import type { LightPath } from "./light/lightpath.js";
import { dueOf, runTasks, type Task } from "./task.js";

interface BackgroundOwner {
	readonly light: LightPath;
	readonly link: {
		readonly state: View["link"]["state"];
		readonly sentBytes: number;
		readonly dueAt: Millis;
		tick(now: Millis): boolean;
	};
	readonly sensorHealth: {
		readonly hasMoved: boolean;
		onLink(now: Millis, sentBytes: number): boolean;
	};
	/** Assesses the movement that waits. */
	judgeMovement(): void;
}

export class Background {
	private readonly lamp: BackgroundOwner;
	private readonly tasks: readonly Task[];
	private readonly indication: Indication;
	private readonly backoff = new FaultBackoff();

	/** The tasks run in this order, then the link. */
	constructor(lamp: BackgroundOwner, tasks: readonly Task[], indication: Indication) {
		this.lamp = lamp;
		this.tasks = tasks;
		this.indication = indication;
	}

	/** Runs what is due; returns when to run next. */
	run(now: Millis): Millis {
		if (now < this.backoff.until) return this.backoff.until;
		const { lamp, tasks } = this;
		const { sensorHealth, link } = lamp;
		if (sensorHealth.hasMoved) lamp.judgeMovement();
		let due = runTasks(tasks, now);
		if (link.tick(now)) due = dueOf(tasks, tasks.length); // it may have made work for them
		if (sensorHealth.onLink(now, link.sentBytes)) due = now;
		this.indication.show(lamp.light, link.state);
		return Math.min(due, link.dueAt);
	}

	/** Shows the state alone. */
	show(): void {
		const { light, link } = this.lamp;
		this.indication.show(light, link.state);
	}

	/** An exception ended `run`; returns when to run again. */
	pause(now: Millis): Millis {
		return this.backoff.after(now);
	}

	configure(settings: Settings, now: Millis): void {
		for (const task of this.tasks) task.configure?.(settings, now);
	}

	beforeRestart(now: Millis): void {
		for (const task of this.tasks) task.beforeRestart?.(now);
	}
}
