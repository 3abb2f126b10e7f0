/**
 * Background: tasks, link and indicator: the work after the light.
 *
 * `run` is called when its own instant has come, after a decision of the light, after an event, and
 * after an input that can change what is due; not for the end of a fade. Tasks and messages are asked
 * when they are due only if a fact has changed, and few tasks if that is the light alone; else one
 * instant is compared. An exception pauses all
 * of it (faultbackoff.ts) and never reaches the light.
 */
import type { Presence } from "../sensing/presence.js";
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
		look(): void;
		tick(now: Millis): boolean;
	};
	readonly sensorHealth: {
		readonly hasEdge: boolean;
		readonly dueAt: Millis;
		onLink(now: Millis, sentBytes: number): boolean;
	};
	readonly neighbours: Required<Pick<Task, "dueAt" | "tick" | "configure">>;
	fault(where: string, error: unknown, now: Millis): void;
	/** Assesses the edge that waits. */
	judgeEdge(): void;
}

export class Background {
	private readonly lamp: BackgroundOwner;
	private tasks: readonly Task[] = [];
	private followers: readonly Task[] = [];
	private readonly indication: Indication;
	private readonly backoff = new FaultBackoff();
	private tasksAt: Millis = 0; // when the first task is due
	/** The level, its reason or its request has changed. */
	isLightOther = false;
	private presence: Presence | undefined; // as shown; undefined: nothing is

	constructor(lamp: BackgroundOwner, indication: Indication) {
		this.lamp = lamp;
		this.indication = indication;
	}

	/**
	 * Runs what is due; returns when to run next. `hasNews`: a fact has changed by which a task or a
	 * message may be due sooner.
	 */
	run(now: Millis, hasNews: boolean): Millis {
		if (now < this.backoff.until) return this.backoff.until;
		const { lamp, tasks } = this;
		const { sensorHealth, neighbours, link } = lamp;
		if (sensorHealth.hasEdge) lamp.judgeEdge();
		if (now >= neighbours.dueAt) neighbours.tick(now); // datagrams make nothing else due
		const { isLightOther } = this;
		if (isLightOther) {
			this.isLightOther = false;
			if (!hasNews) this.tasksAt = Math.min(this.tasksAt, dueOf(this.followers));
			link.look();
		}
		if (hasNews || now >= this.tasksAt || now >= sensorHealth.dueAt) {
			this.tasksAt = runTasks(tasks, now);
			link.look();
		}
		if (link.tick(now)) this.tasksAt = dueOf(tasks); // it may have made work for them
		sensorHealth.onLink(now, link.sentBytes);
		const isOther = hasNews || isLightOther || lamp.light.presence !== this.presence;
		if (isOther || link.state !== this.indication.link) this.show();
		return this.dueAt;
	}

	/**
	 * The tasks run in this order, then the link. `followers`: those of them that a change of the light
	 * alone can make due.
	 */
	begin(tasks: readonly Task[], followers: readonly Task[]): void {
		this.tasks = tasks;
		this.followers = followers;
	}

	/** Reads datagrams, before the light of the turn is decided. Returns when to run after it. */
	listen(now: Millis): Millis {
		const { neighbours, sensorHealth } = this.lamp;
		try {
			if (now >= this.backoff.until) neighbours.tick(now);
			return Math.min(neighbours.dueAt, sensorHealth.dueAt);
		} catch (error) {
			this.lamp.fault("link", error, now);
			return this.pause(now);
		}
	}

	/** When to run next, unless a fact changes. */
	get dueAt(): Millis {
		const { sensorHealth, neighbours, link } = this.lamp;
		return Math.min(this.tasksAt, sensorHealth.dueAt, neighbours.dueAt, link.dueAt);
	}

	/** Shows the state alone. */
	show(): void {
		const { light, link } = this.lamp;
		this.indication.show(light, link.state);
		this.presence = light.presence;
	}

	/** An exception ended `run`; returns when to run again. */
	pause(now: Millis): Millis {
		this.tasksAt = 0;
		this.presence = undefined;
		return this.backoff.after(now);
	}

	configure(settings: Settings, now: Millis): void {
		this.lamp.neighbours.configure(settings, now);
		for (const task of this.tasks) task.configure?.(settings, now);
	}

	beforeRestart(now: Millis): void {
		for (const task of this.tasks) task.beforeRestart?.(now);
	}
}
