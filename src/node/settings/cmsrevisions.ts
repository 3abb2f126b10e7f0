/**
 * CMS revisions: takes the sections that the CMS desires, and reports to it those in force.
 *
 * When all sections of a revision have arrived (revision.ts), they are read back from flash,
 * validated as a whole and handed to the manager, which puts them in force. A rejected revision
 * changes nothing; its report has the reason.
 */
import type { LampEvent } from "../../journal/events.js";
import type { SettingsFace, SettingsReport } from "../../link/contract.js";
import { type Bank, changedOver, hasBit } from "../../settings/bank.js";
import { brokenRule } from "../../settings/rules.js";
import type { SettingsDoors } from "../../settings/seal.js";
import { loadBank } from "../../settings/store.js";
import { SECTIONS, type SectionName, type Settings, settingOf } from "../../settings/table.js";
import { type Rejection, reject } from "../../settings/validate.js";
import type { Millis } from "../../units.js";
import { refusedPlan } from "./planevents.js";
import { isReported, markReported, type RejectedSection, reportOf } from "./reporting.js";
import { HELD, RevisionCollector, type SettingsInForce } from "./revision.js";
import { VALIDATORS } from "./validators.js";

const ALL = (1 << SECTIONS.length) - 1;

interface RevisionsOwner {
	readonly bank: Bank;
	readonly doors: SettingsDoors;
	/** The stored settings. */
	readonly settings: Settings;
	readonly owner: {
		readonly flash: { hasCredit(writeClass: "action", now: Millis): boolean };
		emit(event: LampEvent, now: Millis): void;
	};
	mayChange(by: "broker", now: Millis): boolean;
	putInForce(bank: Bank, settings: Settings, by: "broker", now: Millis): boolean;
	plan(): void;
}

export class CmsRevisions implements SettingsFace {
	private readonly manager: RevisionsOwner;
	private readonly collector = new RevisionCollector();
	private unreported: number; // bits
	private underway = 0; // the one whose report was sent, unless it has changed since
	private rejected: RejectedSection | undefined;

	constructor(manager: RevisionsOwner) {
		this.manager = manager;
		this.unreported = isReported(manager.doors.store, manager.bank) ? 0 : ALL;
	}

	/**
	 * Accepts a section from the broker: validates it and writes it to its spare slot. The revision
	 * is put in force by `tick`. `text`: undefined if the payload has none.
	 */
	onDesired(name: string, text: string | undefined, now: Millis): void {
		const { manager } = this;
		const place = SECTIONS.indexOf(name as SectionName);
		if (place < 0) return; // a section of a newer version: the revision stays incomplete
		const take = () => this.collector.take(place, text, this.groundAt(now), manager.doors, now);
		let why = take();
		if (why === HELD && manager.mayChange("broker", now)) why = take();
		if (why) this.refuse(place, why, now);
		manager.plan();
	}

	/** When `tick` is due. */
	get dueAt(): Millis {
		return this.collector.isComplete ? 0 : this.collector.endsAt;
	}

	/** Installs a complete revision, or rejects one that stayed incomplete. */
	tick(now: Millis): void {
		const { collector } = this;
		if (collector.isComplete) this.install(now);
		else if (now >= collector.endsAt) {
			const place = lowestOf(ALL & ~collector.arrived);
			this.refuse(place, reject("malformed", SECTIONS[place]!, "did not come"), now);
		}
	}

	/** The bank was switched, and the sections of `changed` are others: a begun revision ends. */
	bankSwitched(changed: number): void {
		this.collector.forget();
		this.mustReport(changed);
	}

	/** These sections have another status or other values. */
	mustReport(sections: number): void {
		this.unreported |= sections;
		this.underway &= ~sections;
	}

	/** Reports all sections again (order `report`). */
	reportAll(): void {
		this.mustReport(ALL);
	}

	get isWaiting(): boolean {
		return this.unreported !== 0;
	}

	/** The next report, or again that of the section `again`. Call only while `isWaiting`. */
	next(again?: string): SettingsReport {
		const { bank, settings } = this.manager;
		const place = again ? SECTIONS.indexOf(again as SectionName) : lowestOf(this.unreported);
		this.underway = 1 << place;
		return reportOf(place, bank, settings, this.rejected);
	}

	/** The broker acknowledged the latest report; a section that has changed since is owed another. */
	reported(): void {
		const { doors, bank } = this.manager;
		this.unreported &= ~this.underway;
		this.underway = 0;
		if (this.unreported === 0) markReported(doors.store, bank);
	}

	private groundAt(now: Millis): SettingsInForce {
		const { rejected } = this;
		const { bank, settings, owner } = this.manager;
		return {
			bank,
			settings,
			mayWrite: owner.flash.hasCredit("action", now),
			knownTo: Math.max(bank.revision, bank.refused),
			refused: rejected?.isFinal ? rejected.revision : 0,
		};
	}

	private install(now: Millis): void {
		const { manager } = this;
		const { bank } = manager;
		const { revision, arrived, changed } = this.collector;
		const next: Bank = {
			...bank,
			slots: changedOver(bank, changed),
			revision,
			drift: bank.drift & ~arrived,
			reverted: bank.reverted & ~arrived,
		};
		const { settings, rejections } = loadBank(next, manager.doors, VALIDATORS);
		const broken = brokenRule(settings);
		const why = rejections[0] ?? (broken && reject("conflict", broken.name, broken.why));
		if (why) this.refuse(lowestOf(arrived), why, now);
		else if (manager.putInForce(next, settings, "broker", now)) {
			if (this.rejected && isOver(this.rejected, revision, arrived)) this.rejected = undefined;
			this.mustReport(arrived);
		} else {
			const failed = reject("storeFailure", "bank", "could not be stored");
			this.refuse(lowestOf(arrived), failed, now);
		}
	}

	/** Rejects the whole revision; the reason is reported to the CMS. */
	private refuse(place: number, why: Rejection, now: Millis): void {
		const { owner } = this.manager;
		const { revision } = this.collector;
		const { reason, name } = why;
		const section = SECTIONS[place]!;
		const plan = refusedPlan(why);
		if (plan) owner.emit(plan, now);
		const setting = settingOf(name)?.name; // never a name that the sender made up
		const attributes = setting ? { section, setting, reason } : { section, reason };
		owner.emit({ type: "settingsRejected", attributes }, now);
		const isFinal = reason !== "storeFailure";
		this.rejected = { revision, place, why: `${name} ${why.why}`, isFinal };
		this.mustReport(1 << place);
		this.collector.forget();
	}
}

/** The index of the lowest bit; 0 if none is set. */
function lowestOf(mask: number): number {
	for (let i = 0; i < SECTIONS.length; i += 1) if (hasBit(mask, i)) return i;
	return 0;
}

/**
 * Whether a revision in force ends a rejection: not one of a later revision, which was retained and
 * came before; of an illegible one (0) only that of the same section.
 */
function isOver(rejected: RejectedSection, revision: number, arrived: number): boolean {
	return rejected.revision === 0 ? hasBit(arrived, rejected.place) : rejected.revision <= revision;
}
