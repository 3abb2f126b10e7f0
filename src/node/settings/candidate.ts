/**
 * Candidate: settings as a technician changes them: edited first, tried, then kept or left.
 *
 * `set` edits a copy; `apply` puts it in force without storing it, so that a restart or ten minutes
 * of silence bring back what was; `confirm` keeps it. What could cut the lamp off and has not reached
 * the broker by then is kept on probation, as from the CMS.
 */
import { brokenRule } from "../../settings/rules.js";
import { type Settings, settingOf, withValues } from "../../settings/table.js";
import { isRejection, type Rejection, reject, validate } from "../../settings/validate.js";
import type { Millis } from "../../units.js";
import type { Task } from "../task.js";
import type { SettingsManager, SettingsOwner } from "./manager.js";
import { VALIDATORS } from "./validators.js";

/** Long enough to walk round the lamp and look, short enough for a cable that fell off. */
export const CONFIRM_WITHIN: Millis = 10 * 60_000;

export class Candidate implements Task {
	dueAt: Millis = Infinity;
	/** As edited; undefined: nothing is. */
	settings: Settings | undefined;
	private readonly owner: SettingsOwner;
	private readonly manager: SettingsManager;

	constructor(owner: SettingsOwner, manager: SettingsManager) {
		this.owner = owner;
		this.manager = manager;
	}

	/** What was confirmed is taken back unless the broker accepts a connection under it. */
	get isOnProbation(): boolean {
		return this.manager.isOnProbation;
	}

	/** Edits all of them at once; they have been judged as a whole. */
	edit(settings: Settings): void {
		this.settings = settings;
	}

	/** Edits one value; how it agrees with others is judged when all of them are there. */
	set(name: string, input: string): Rejection | undefined {
		const value = validate(name, input, VALIDATORS);
		if (isRejection(value)) return value;
		const setting = settingOf(name)!;
		this.settings = withValues(this.settings ?? this.owner.settings, { [setting.name]: value });
		return undefined;
	}

	/** In force, until it is confirmed or the time is up. */
	apply(now: Millis): Rejection | undefined {
		const { settings, manager } = this;
		if (!settings) return reject("conflict", "apply", "has nothing to do: set something first");
		const broken = brokenRule(settings);
		if (broken) return reject("conflict", broken.name, broken.why);
		this.dueAt = now + CONFIRM_WITHIN;
		manager.tryOut(settings, now);
		return undefined;
	}

	/** Stored, and the CMS is told of the drift. */
	confirm(now: Millis): Rejection | undefined {
		const { manager, owner } = this;
		if (!manager.isTried) return reject("conflict", "confirm", "has nothing to do: apply first");
		if (manager.isOnProbation)
			return reject("conflict", "confirm", "must wait: settings of the broker are on probation");
		const why = this.store(manager.settings, owner.settings, now);
		if (!why) this.drop();
		return why;
	}

	/** What is stored is in force again, and what was edited is gone. */
	revert(now: Millis): void {
		this.drop();
		this.manager.endTrial(now);
	}

	/** What was edited and never applied is gone. */
	forget(): void {
		if (!this.manager.isTried) this.drop();
	}

	/** One value, in force and kept at once: the console's own language. */
	setNow(name: string, input: string, now: Millis): Rejection | undefined {
		const { owner, manager } = this;
		const value = validate(name, input, VALIDATORS);
		if (isRejection(value)) return value;
		if (manager.isOnTrial)
			return reject("conflict", name, "has to wait until what is applied is confirmed or reverted");
		const edited = this.settings;
		const changes = { [name]: value };
		const why = this.store(owner.settings, withValues(owner.settings, changes), now);
		this.settings = edited && withValues(edited, changes);
		return why;
	}

	/** Not confirmed in time. */
	tick(now: Millis): void {
		this.owner.emit({ type: "settingsReverted", attributes: { why: "notConfirmed" } }, now);
		this.revert(now);
	}

	/** A change from elsewhere came between: what was edited stood on other settings. */
	configure(settings: Settings): void {
		if (settings !== this.settings) this.drop();
	}

	private store(before: Settings, after: Settings, now: Millis): Rejection | undefined {
		if (this.manager.change(before, after, "console", now)) return undefined;
		return reject("storeFailure", "bank", "could not be stored");
	}

	private drop(): void {
		this.settings = undefined;
		this.dueAt = Infinity;
	}
}
