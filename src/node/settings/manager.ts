/**
 * Settings manager: what the CMS wants set becomes what is in force, and the CMS is told what is.
 *
 * When all sections of a revision have come (revision.ts) they are read back from flash, judged as a
 * whole and put in force by one write. What could cut the lamp off is on probation: if
 * the broker is not seen under it in time, the lamp goes back and does not try that revision again.
 */
import type { Host, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import type { SettingsFace, SettingsReport } from "../../link/contract.js";
import { type Bank, changedOver, differing, hasBit } from "../../settings/bank.js";
import { needsProbation, probationEnd } from "../../settings/probation.js";
import { brokenRule } from "../../settings/rules.js";
import type { SettingsDoors } from "../../settings/seal.js";
import { exportSection } from "../../settings/section.js";
import { loadBank, prepare, switchTo } from "../../settings/store.js";
import { SECTIONS, type SectionName, type Settings, settingOf } from "../../settings/table.js";
import { type Rejection, reject } from "../../settings/validate.js";
import { REPORTED_KEY } from "../../storekeys.js";
import type { Millis } from "../../units.js";
import { SW_VERSION } from "../../version.js";
import type { Task } from "../task.js";
import { refusedPlan } from "./planevents.js";
import { RevisionCollector, type SettingsInForce } from "./revision.js";
import { VALIDATORS } from "./validators.js";

/** The store took nothing: tried again after this. */
const RETRY: Millis = 60_000;
const ALL = (1 << SECTIONS.length) - 1;

/** What the manager needs of the lamp. */
export interface SettingsOwner {
	readonly settings: Settings;
	readonly life: number;
	readonly flash: { hasCredit(writeClass: "action", now: Millis): boolean };
	emit(event: LampEvent, now: Millis): void;
	configure(settings: Settings, now: Millis): void;
}

interface DoorsOwner {
	readonly host: Pick<Host, "crypto" | "utf8">;
	readonly store: Store;
}

/** The doors of the host that the settings are given. */
export function settingsDoors({ host, store }: DoorsOwner): SettingsDoors {
	return { store, crypto: host.crypto, utf8: host.utf8, version: SW_VERSION };
}

/** The last that was refused. */
interface Rejected {
	/** 0: none could be read. */
	readonly revision: number;
	/** Of the section. */
	readonly place: number;
	readonly why: string;
	/** Coming again changes nothing. */
	readonly isFinal: boolean;
}

export class SettingsManager implements Task, SettingsFace {
	dueAt: Millis = Infinity;
	bank: Bank;
	readonly doors: SettingsDoors;
	private readonly owner: SettingsOwner;
	private stored: Settings | undefined; // stored, while others are tried at the pole
	private isHeard = false; // by the broker, under the settings in force
	private probationEndsAt: Millis;
	private readonly collector = new RevisionCollector();
	private unreported: number; // bits
	private rejected: Rejected | undefined;

	constructor(owner: SettingsOwner, bank: Bank, doors: SettingsDoors, now: Millis) {
		this.owner = owner;
		this.bank = bank;
		this.doors = doors;
		this.unreported = doors.store.read(REPORTED_KEY) === `${bank.switches}` ? 0 : ALL;
		this.probationEndsAt = probationEnd(bank, owner.settings, owner.life, now);
		this.plan();
	}

	/** A section came from the broker. It is judged and laid aside; what follows is the tick's. */
	onDesired(name: string, text: string | undefined, now: Millis): void {
		const place = SECTIONS.indexOf(name as SectionName);
		if (place < 0) return; // of a newer version: its revision stays incomplete
		if (this.bank.fallback) this.onHeard(now);
		const why = this.collector.take(place, text, this.groundAt(now), this.doors, now);
		if (why) this.refuse(place, why, now);
		this.plan();
	}

	/** What the CMS changes: what is stored, whatever is tried at the pole meanwhile. */
	get settings(): Settings {
		return this.stored ?? this.owner.settings;
	}

	/** Settings are in force that may be taken back. */
	get isOnTrial(): boolean {
		return this.isOnProbation || this.isTried;
	}

	/** The city's, until the broker is seen under them. */
	get isOnProbation(): boolean {
		return this.bank.fallback !== undefined;
	}

	/** At the pole, until they are confirmed. */
	get isTried(): boolean {
		return this.stored !== undefined;
	}

	/** The broker took the lamp's subscription: it is heard under the settings in force. */
	onHeard(now: Millis): void {
		this.isHeard = true;
		if (this.bank.fallback) this.dueAt = now;
	}

	tick(now: Millis): void {
		if (this.bank.fallback && this.isHeard) this.keep();
		else if (now >= this.probationEndsAt) this.goBack(now);
		if (this.collector.isComplete) this.install(now);
		else if (now >= this.collector.endsAt) {
			const place = lowestOf(ALL & ~this.collector.arrived);
			this.refuse(place, reject("malformed", SECTIONS[place]!, "did not come"), now);
		}
		this.plan();
	}

	/**
	 * Puts `settings`, which lie in the slots of `bank`, in force. Others than the city's are drift.
	 * False: the store did not take the switch, and nothing changed.
	 */
	putInForce(bank: Bank, settings: Settings, by: "broker" | "console", now: Millis): boolean {
		const before = this.settings;
		const changed = differing(bank.slots, this.bank.slots);
		const isOther = needsProbation(before, settings);
		const { slots, revision, drift } = this.bank;
		const onTrial = isOther && !(this.stored && this.isHeard);
		const next: Bank = {
			...bank,
			switches: this.bank.switches + 1,
			fallback: onTrial ? { slots, revision, drift, life: this.owner.life } : undefined,
		};
		if (switchTo(next, this.doors) !== "ok") return false;
		this.bank = next;
		this.probationEndsAt = probationEnd(next, settings, this.owner.life, now);
		const wasInForce = this.stored !== undefined && this.owner.settings === settings;
		this.stored = undefined;
		this.collector.forget();
		for (let i = 0; i < SECTIONS.length; i += 1)
			if (hasBit(changed, i))
				this.owner.emit(
					{ type: "settingsChanged", attributes: { section: SECTIONS[i]!, by } },
					now,
				);
		this.unreported |= changed;
		if (!wasInForce) this.use(settings, now);
		this.plan();
		return true;
	}

	/**
	 * Stores and puts in force what changes `before`, the stored settings, beside the city's revisions:
	 * at the pole or by an order. It is drift. False: the store did not take it, and nothing changed.
	 */
	change(before: Settings, after: Settings, by: "broker" | "console", now: Millis): boolean {
		if (this.bank.fallback && this.isHeard) this.keep();
		const { bank } = this;
		const prepared = prepare(bank, before, after, this.doors);
		if (typeof prepared === "string") return false;
		const { slots, mask } = prepared;
		const next = { ...bank, slots, drift: bank.drift | mask, reverted: bank.reverted & ~mask };
		return this.putInForce(next, after, by, now);
	}

	/** Puts settings in force that are not stored; what is stored stays. */
	tryOut(settings: Settings, now: Millis): void {
		this.stored ??= this.owner.settings;
		this.use(settings, now);
	}

	/** What is stored is in force again, if it was not. */
	endTrial(now: Millis): void {
		const { stored } = this;
		this.stored = undefined;
		if (stored) this.use(stored, now);
	}

	private use(settings: Settings, now: Millis): void {
		if (needsProbation(this.owner.settings, settings)) this.isHeard = false;
		this.owner.configure(settings, now);
	}

	/** Everything is told again (the order `report`). */
	reportAll(): void {
		this.unreported = ALL;
	}

	get isWaiting(): boolean {
		return this.unreported !== 0;
	}

	/** As SettingsFace's. */
	next(again?: string): SettingsReport {
		const place = again ? SECTIONS.indexOf(again as SectionName) : lowestOf(this.unreported);
		const section = SECTIONS[place]!;
		const { bank, rejected } = this;
		return {
			section,
			revision: bank.revision,
			status: this.statusOf(place),
			settings: exportSection(this.settings, section),
			rejected: rejected?.place === place ? rejected : undefined,
		};
	}

	/** It has arrived. */
	reported(): void {
		this.unreported &= this.unreported - 1;
		const mark = `${this.bank.switches}`;
		const { store } = this.doors;
		if (this.unreported === 0 && store.read(REPORTED_KEY) !== mark) store.write(REPORTED_KEY, mark);
	}

	private groundAt(now: Millis): SettingsInForce {
		const { bank, settings, rejected } = this;
		return {
			bank,
			settings,
			mayWrite: this.owner.flash.hasCredit("action", now),
			knownTo: Math.max(bank.revision, bank.refused),
			refused: rejected?.isFinal ? rejected.revision : 0,
		};
	}

	private statusOf(place: number): SettingsReport["status"] {
		const { slots, fallback, reverted, drift } = this.bank;
		if (fallback && slots.charAt(place) !== fallback.slots.charAt(place)) return "probation";
		if (hasBit(reverted, place)) return "reverted";
		return hasBit(drift, place) ? "drift" : "active";
	}

	private install(now: Millis): void {
		const { bank } = this;
		const { revision, arrived, changed } = this.collector;
		const next: Bank = {
			...bank,
			slots: changedOver(bank, changed),
			revision,
			drift: bank.drift & ~arrived,
			reverted: bank.reverted & ~arrived,
		};
		const { settings, rejections } = loadBank(next, this.doors, VALIDATORS);
		const broken = brokenRule(settings);
		const why = rejections[0] ?? (broken && reject("conflict", broken.name, broken.why));
		if (why) this.refuse(lowestOf(arrived), why, now);
		else if (this.putInForce(next, settings, "broker", now)) {
			this.rejected = undefined;
			this.unreported |= arrived;
		} else {
			const failed = reject("storeFailure", "bank", "could not be stored");
			this.refuse(lowestOf(arrived), failed, now);
		}
	}

	/** Nothing of the revision is put in force; the CMS is told why. */
	private refuse(place: number, why: Rejection, now: Millis): void {
		const { revision } = this.collector;
		const { reason, name } = why;
		const section = SECTIONS[place]!;
		const plan = refusedPlan(why);
		if (plan) this.owner.emit(plan, now);
		const setting = settingOf(name)?.name; // never a name of the sender's own
		const attributes = setting ? { section, setting, reason } : { section, reason };
		this.owner.emit({ type: "settingsRejected", attributes }, now);
		const isFinal = reason !== "storeFailure";
		this.rejected = { revision, place, why: `${name} ${why.why}`, isFinal };
		this.unreported |= 1 << place;
		this.collector.forget();
	}

	/** The broker was seen: what was on probation stays. */
	private keep(): void {
		const { bank } = this;
		const next: Bank = { ...bank, switches: bank.switches + 1, fallback: undefined };
		this.unreported |= differing(bank.slots, bank.fallback!.slots);
		if (switchTo(next, this.doors) === "ok") this.bank = next;
		this.probationEndsAt = Infinity;
	}

	private goBack(now: Millis): void {
		const { bank } = this;
		const { slots, revision, drift } = bank.fallback!;
		const changed = differing(slots, bank.slots);
		const next: Bank = {
			...{ slots, revision, drift, switches: bank.switches + 1, fallback: undefined },
			refused: revision === bank.revision ? bank.refused : bank.revision,
			reverted: changed,
		};
		this.probationEndsAt = now + RETRY;
		if (switchTo(next, this.doors) !== "ok") return;
		this.probationEndsAt = Infinity;
		this.bank = next;
		this.stored = undefined;
		this.unreported |= changed;
		const why = this.owner.settings.brokerHost === "" ? "noNetwork" : "noBroker";
		this.owner.emit({ type: "settingsReverted", attributes: { why } }, now);
		this.use(loadBank(next, this.doors, VALIDATORS).settings, now);
	}

	private plan(): void {
		const { collector, bank } = this;
		const isDue = collector.isComplete || (bank.fallback !== undefined && this.isHeard);
		this.dueAt = isDue ? 0 : Math.min(this.probationEndsAt, collector.endsAt);
	}
}

/** The place of the lowest bit. */
function lowestOf(mask: number): number {
	for (let i = 0; i < SECTIONS.length; i += 1) if (hasBit(mask, i)) return i;
	return 0;
}
