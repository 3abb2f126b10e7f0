/**
 * Candidate: settings that a technician edits, tries, and confirms or reverts.
 *
 * `set` edits a copy. `apply` puts it in force without storing it, so that a restart, or ten
 * minutes without `confirm`, restore the stored settings. `confirm` stores it. If the change could
 * cut the connection and no session has stood by then, it is on probation, like settings of the CMS;
 * new certificates always are. A second `confirm` ends a probation for good, `revert` returns from
 * it, and a candidate that is confirmed during an older probation replaces it.
 */
import type { Trial } from "../../console/owner.js";
import { valuesOfPlace } from "../../settings/places.js";
import { brokenRule } from "../../settings/rules.js";
import {
	type Changes,
	type Settings,
	type SettingValue,
	settingOf,
	withValues,
} from "../../settings/table.js";
import { isRejection, type Rejection, reject, validate } from "../../settings/validate.js";
import { REASON_KEY } from "../../storekeys.js";
import type { Millis } from "../../units.js";
import type { Task } from "../task.js";
import { type SettingsManager, type SettingsOwner, usesTls } from "./manager.js";
import { VALIDATORS } from "./validators.js";

/** Long enough to walk round the lamp and look; short enough if the cable has come off. */
export const CONFIRM_WITHIN: Millis = 10 * 60_000;

/**
 * Stored as the reason of the life's end, or behind it, while a candidate is on trial (boot.ts).
 */
export const TRIED = "notConfirmed";
const NOT_STORED = Object.freeze(reject("storeFailure", "bank", "could not be stored"));
/** The event of a trial that ended so; a new one each time, because the journal completes it. */
export function notConfirmed() {
	return { type: "settingsReverted", attributes: { why: "notConfirmed" } } as const;
}

export class Candidate implements Task {
	dueAt: Millis = Infinity;
	/** The edited settings; undefined: none. */
	settings: Settings | undefined;
	private readonly owner: SettingsOwner;
	private readonly manager: SettingsManager;

	constructor(owner: SettingsOwner, manager: SettingsManager) {
		this.owner = owner;
		this.manager = manager;
	}

	/** Whether something waits for `apply`. */
	get isEdited(): boolean {
		const { certificates } = this.manager;
		return this.settings !== undefined || (certificates.has() && !certificates.isUsed);
	}

	/** The trial of settings in force that are not kept: tried, or on probation. */
	trialAt(now: Millis): Trial | undefined {
		const { manager, owner } = this;
		if (!manager.isOnTrial) return undefined;
		const { isTried, former, probationEndsAt } = manager;
		const { standsAt } = manager.proof;
		const isProving = !isTried && standsAt < Infinity;
		const end = isTried ? this.dueAt : isProving ? standsAt : probationEndsAt;
		const { settings } = owner;
		const name = former.brokerHost === settings.brokerHost ? "wifiName" : "brokerHost";
		const before = former[name] === settings[name] ? "" : former[name];
		return { left: Math.max(0, end - now), isProving, before };
	}

	/** Replaces the candidate by settings that have been validated as a whole. */
	edit(settings: Settings): void {
		this.settings = settings;
	}

	/** Edits one value, or those of a place. `apply` validates them together with the others. */
	set(name: string, input: string): Rejection | undefined {
		const value = validate(name, input, VALIDATORS);
		if (isRejection(value)) return value;
		const setting = settingOf(name)!;
		const changes: Changes = { [setting.name]: value };
		if (setting.name === "place")
			for (const [field, text] of valuesOfPlace(value as Settings["place"]))
				changes[field] = validate(field, text, VALIDATORS) as SettingValue;
		this.settings = withValues(this.settings ?? this.owner.settings, changes);
		return undefined;
	}

	/** Puts the candidate in force until `confirm`, or for CONFIRM_WITHIN. */
	apply(now: Millis): Rejection | undefined {
		const { manager, owner } = this;
		const { certificates } = manager;
		const isNewSet = certificates.has() && !certificates.isUsed;
		if (isNewSet) this.settings ??= owner.settings;
		const { settings } = this;
		if (!settings) return reject("conflict", "apply", "has nothing to do");
		const broken = brokenRule(settings);
		if (broken) return reject("conflict", broken.name, broken.why);
		if (isNewSet) {
			if (!usesTls(settings))
				return reject("conflict", "certificate", "is tried at a broker over TLS, and none is set");
			const isOwn = certificates.has("cert") || certificates.has("key");
			if (isOwn && owner.certificates.isPair() === false)
				return reject("conflict", "cert", "belongs to another key; paste its own, too");
		}
		this.dueAt = now + CONFIRM_WITHIN;
		if (owner.flash.hasCredit("sealSwitched", now)) this.mark(true);
		manager.tryOut(settings, now);
		return undefined;
	}

	/** Stores the candidate; its sections are reported to the CMS as drift. */
	confirm(now: Millis): Rejection | undefined {
		const { manager, owner } = this;
		if (!manager.isTried) {
			manager.keep(now, false);
			manager.plan();
			return manager.isOnProbation ? NOT_STORED : undefined;
		}
		if (manager.isOnProbation && !manager.endProbation()) return NOT_STORED;
		const why = this.store(manager.settings, owner.settings, now);
		if (!why) this.drop();
		return why;
	}

	/** Discards the candidate and ends its trial; without one, returns from a probation. */
	revert(now: Millis): void {
		const { manager } = this;
		const isEdited = this.isEdited || manager.isTried;
		this.drop();
		if (isEdited || !manager.isOnProbation) manager.endTrial(now);
		else {
			manager.goBack(now, true);
			manager.plan();
		}
	}

	/** Discards a candidate that was not applied, and certificates that wait for it. */
	forget(): void {
		if (this.manager.isTried) return;
		this.drop();
		this.manager.certificates.discard();
	}

	/** Stores one value and puts it in force at once: for the language of the console. */
	setNow(name: string, input: string, now: Millis): Rejection | undefined {
		const { owner, manager } = this;
		const value = validate(name, input, VALIDATORS);
		if (isRejection(value)) return value;
		if (manager.isOnTrial)
			return reject("conflict", name, "must wait: confirm or revert what is on trial");
		const edited = this.settings;
		const changes = { [name]: value };
		const why = this.store(owner.settings, withValues(owner.settings, changes), now);
		this.settings = edited && withValues(edited, changes);
		return why;
	}

	/** Reverts a candidate that was not confirmed in time. */
	tick(now: Millis): void {
		this.owner.emit(notConfirmed(), now);
		this.revert(now);
	}

	/** Marks a trial in the store: a power cut ends it, and the next life reports that. */
	private mark(isTried: boolean): void {
		const { store } = this.manager.doors;
		const isMarked = store.read(REASON_KEY) === TRIED;
		if (isTried && !isMarked) store.write(REASON_KEY, TRIED);
		if (!isTried && isMarked) store.erase(REASON_KEY);
	}

	/**
	 * Discards the candidate if other settings come in force: it was edited on top of the old ones.
	 */
	configure(settings: Settings): void {
		if (settings !== this.settings) this.drop();
	}

	private store(before: Settings, after: Settings, now: Millis): Rejection | undefined {
		if (this.manager.change(before, after, "console", now)) return undefined;
		return NOT_STORED;
	}

	private drop(): void {
		this.settings = undefined;
		if (this.dueAt < Infinity) this.mark(false);
		this.dueAt = Infinity;
	}
}
