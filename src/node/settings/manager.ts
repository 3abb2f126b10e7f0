/**
 * Settings manager: puts the sections that the CMS desires in force, and reports those in force.
 *
 * When all sections of a revision have arrived (revision.ts), they are read back from flash,
 * validated as a whole and put in force by one write. Settings that could cut the connection are on
 * probation, with the certificates that were entered with them: if no session stands in time, the
 * lamp returns to the fallback and does not try that revision again.
 */
import type { Host, NotAvailable, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import type { LinkEvent, SettingsFace, SettingsReport } from "../../link/contract.js";
import { type Bank, changedOver, differing, hasBit } from "../../settings/bank.js";
import { needsProbation, probationEnd } from "../../settings/probation.js";
import { brokenRule } from "../../settings/rules.js";
import type { SettingsDoors } from "../../settings/seal.js";
import { loadBank, prepare, switchTo } from "../../settings/store.js";
import { SECTIONS, type SectionName, type Settings, settingOf } from "../../settings/table.js";
import { type Rejection, reject } from "../../settings/validate.js";
import type { Millis } from "../../units.js";
import { SW_VERSION } from "../../version.js";
import type { Task } from "../task.js";
import { CERTIFICATES, CertificateTrial, changeOf } from "./certificatetrial.js";
import { refusedPlan } from "./planevents.js";
import { isReported, markReported, type RejectedSection, reportOf } from "./reporting.js";
import { HELD, RevisionCollector, type SettingsInForce } from "./revision.js";
import { SessionProof } from "./sessionproof.js";
import { VALIDATORS } from "./validators.js";

/** Wait after the store refused to keep what is on probation, or the return to the fallback. */
const RETRY: Millis = 60_000;
const ALL = (1 << SECTIONS.length) - 1;

export interface SettingsOwner {
	readonly settings: Settings;
	readonly life: number;
	readonly flash: { hasCredit(writeClass: "action" | "seal", now: Millis): boolean };
	readonly link: { readonly lastEnd: string | undefined };
	readonly certificates: { isPair(): boolean | NotAvailable | undefined };
	emit(event: LampEvent, now: Millis): void;
	configure(settings: Settings, now: Millis): void;
}

interface DoorsOwner {
	readonly host: Pick<Host, "crypto" | "utf8">;
	readonly store: Store;
}

/** The functions of the host that the settings use. */
export function settingsDoors({ host, store }: DoorsOwner): SettingsDoors {
	return { store, crypto: host.crypto, utf8: host.utf8, version: SW_VERSION };
}

export class SettingsManager implements Task, SettingsFace {
	dueAt: Millis = Infinity;
	bank: Bank;
	readonly doors: SettingsDoors;
	readonly certificates: CertificateTrial;
	private readonly owner: SettingsOwner;
	private stored: Settings | undefined; // while a candidate is on trial
	private readonly proof: SessionProof; // of the settings in force
	private keepAt: Millis = 0; // not before, since the store refused
	private probationEndsAt: Millis;
	private readonly collector = new RevisionCollector();
	private unreported: number; // bits
	private versionInUse = 0; // of the certificates
	private rejected: RejectedSection | undefined;

	constructor(owner: SettingsOwner, bank: Bank, doors: SettingsDoors, now: Millis) {
		this.owner = owner;
		this.bank = bank;
		this.doors = doors;
		this.certificates = new CertificateTrial(doors, bank);
		this.proof = new SessionProof(this.certificates.isKept ? 0 : Infinity);
		this.unreported = isReported(doors.store, bank) ? 0 : ALL;
		this.probationEndsAt = probationEnd(bank, owner.settings, owner.life, now);
		this.plan();
	}

	/**
	 * Accepts a section from the broker: validates it and writes it to its spare slot. The revision
	 * is put in force by `tick`. `text`: undefined if the payload has none.
	 */
	onDesired(name: string, text: string | undefined, now: Millis): void {
		const place = SECTIONS.indexOf(name as SectionName);
		if (place < 0) return; // a section of a newer version: the revision stays incomplete
		const take = () => this.collector.take(place, text, this.groundAt(now), this.doors, now);
		let why = take();
		if (why === HELD && this.mayChange("broker", now)) why = take();
		if (why) this.refuse(place, why, now);
		this.plan();
	}

	/** The stored settings, which the CMS changes; a trial at the pole does not alter them. */
	get settings(): Settings {
		return this.stored ?? this.owner.settings;
	}

	/** Whether settings are in force that may be reverted. */
	get isOnTrial(): boolean {
		return this.isOnProbation || this.isTried;
	}

	/** Whether stored settings wait for a session with the broker that stands. */
	get isOnProbation(): boolean {
		return this.bank.fallback !== undefined;
	}

	/** Whether a candidate is in force and not confirmed. */
	get isTried(): boolean {
		return this.stored !== undefined;
	}

	/** Whether a certificate is tried before it replaces one with which a session stood. */
	get triesCertificates(): boolean {
		return this.certificates.isProven && usesTls(this.settings);
	}

	/** The connection under the settings in force changed. */
	onLink(kind: LinkEvent["kind"], now: Millis): void {
		this.proof.onLink(kind, now);
		this.plan();
	}

	tick(now: Millis): void {
		const { bank, certificates } = this;
		const { standsAt } = this.proof;
		if (now >= standsAt && now >= this.keepAt) {
			if (bank.fallback) this.keep(now);
			else if (this.awaitsProof) certificates.prove();
		} else if (now >= this.probationEndsAt && standsAt === Infinity) this.goBack(now);
		certificates.discardLeft();
		if (this.collector.isComplete) this.install(now);
		else if (now >= this.collector.endsAt) {
			const place = lowestOf(ALL & ~this.collector.arrived);
			this.refuse(place, reject("malformed", SECTIONS[place]!, "did not come"), now);
		}
		this.plan();
	}

	/**
	 * Puts in force `settings`, which are in the slots of `bank`; `bank.drift` marks the sections
	 * that differ from the CMS's. Returns false if the store refused the switch; nothing changed
	 * then.
	 */
	putInForce(bank: Bank, settings: Settings, by: "broker" | "console", now: Millis): boolean {
		const before = this.settings;
		const changed = differing(bank.slots, this.bank.slots);
		const isOther = needsProbation(before, settings);
		const { slots, revision, drift } = this.bank;
		const { certificates } = this;
		const wasInForce = this.stored !== undefined && this.owner.settings === settings;
		const isNewSet = wasInForce && certificates.isUsed;
		const onTrial = isNewSet || (isOther && !(this.stored && now >= this.proof.standsAt));
		const next: Bank = {
			...bank,
			switches: this.bank.switches + 1,
			fallback: onTrial ? { slots, revision, drift, life: this.owner.life } : undefined,
		};
		if (!certificates.announce(isNewSet ? next.switches : 0, this.owner.life)) return false;
		if (switchTo(next, this.doors) !== "ok") return false;
		this.bank = next;
		this.probationEndsAt = probationEnd(next, settings, this.owner.life, now);
		if (isNewSet)
			for (const name of CERTIFICATES)
				if (certificates.has(name))
					this.owner.emit(changeOf(name, certificates.read(name) ?? "", this.doors), now);
		if (certificates.isUsed) certificates.end(next);
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
	 * Stores and puts in force a change outside the CMS's revisions, from the pole or by an order:
	 * it is drift. `before`: the stored settings. Returns false if the store refused; nothing
	 * changed then.
	 */
	change(before: Settings, after: Settings, by: "broker" | "console", now: Millis): boolean {
		if (!this.mayChange(by, now)) return false;
		const { bank } = this;
		const prepared = prepare(bank, before, after, this.doors);
		if (typeof prepared === "string") return false;
		const { slots, mask } = prepared;
		const next = { ...bank, slots, drift: bank.drift | mask, reverted: bank.reverted & ~mask };
		return this.putInForce(next, after, by, now);
	}

	/**
	 * Whether spare slots may be written: on probation they hold the fallback. A message of the
	 * broker shows that the lamp is reached, which ends the probation.
	 */
	mayChange(by: "broker" | "console", now: Millis): boolean {
		if (this.bank.fallback && (by === "broker" || now >= this.proof.standsAt)) this.keep(now);
		return this.bank.fallback === undefined;
	}

	/** Puts settings in force without storing them. */
	tryOut(settings: Settings, now: Millis): void {
		this.stored ??= this.owner.settings;
		this.certificates.use();
		this.use(settings, now);
	}

	/** Ends a trial: the stored settings are in force again. */
	endTrial(now: Millis): void {
		const { stored } = this;
		this.stored = undefined;
		this.certificates.end(this.bank);
		if (stored) this.use(stored, now);
	}

	private use(settings: Settings, now: Millis): void {
		const { version } = this.certificates;
		if (version !== this.versionInUse || needsProbation(this.owner.settings, settings)) {
			this.proof.begin(this.certificates.isKept ? 0 : Infinity);
		}
		this.versionInUse = version;
		this.owner.configure(settings, now);
	}

	/** Reports all sections again (order `report`). */
	reportAll(): void {
		this.unreported = ALL;
	}

	get isWaiting(): boolean {
		return this.unreported !== 0;
	}

	/** The next report, or again that of the section `again`. Call only while `isWaiting`. */
	next(again?: string): SettingsReport {
		const place = again ? SECTIONS.indexOf(again as SectionName) : lowestOf(this.unreported);
		return reportOf(place, this.bank, this.settings, this.rejected);
	}

	/** The broker acknowledged the report of the lowest unreported section. */
	reported(): void {
		this.unreported &= this.unreported - 1;
		if (this.unreported === 0) markReported(this.doors.store, this.bank);
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
			if (this.rejected && isOver(this.rejected, revision, arrived)) this.rejected = undefined;
			this.unreported |= arrived;
		} else {
			const failed = reject("storeFailure", "bank", "could not be stored");
			this.refuse(lowestOf(arrived), failed, now);
		}
	}

	/** Rejects the whole revision; the reason is reported to the CMS. */
	private refuse(place: number, why: Rejection, now: Millis): void {
		const { revision } = this.collector;
		const { reason, name } = why;
		const section = SECTIONS[place]!;
		const plan = refusedPlan(why);
		if (plan) this.owner.emit(plan, now);
		const setting = settingOf(name)?.name; // never a name that the sender made up
		const attributes = setting ? { section, setting, reason } : { section, reason };
		this.owner.emit({ type: "settingsRejected", attributes }, now);
		const isFinal = reason !== "storeFailure";
		this.rejected = { revision, place, why: `${name} ${why.why}`, isFinal };
		this.unreported |= 1 << place;
		this.collector.forget();
	}

	/**
	 * Ends the probation: the settings in force stay, the fallback is dropped.
	 */
	private keep(now: Millis): void {
		const { bank, certificates } = this;
		if (this.isTried) return; // a session under what is tried proves nothing of the rest
		this.keepAt = now + RETRY;
		if (certificates.isUsed) {
			if (!certificates.keep()) return;
			this.proof.begin(0); // beyond return: part of the stored ones is replaced
		}
		const next: Bank = { ...bank, switches: bank.switches + 1, fallback: undefined };
		if (switchTo(next, this.doors) !== "ok") return;
		this.unreported |= differing(bank.slots, bank.fallback!.slots);
		this.bank = next;
		this.probationEndsAt = Infinity;
		this.keepAt = 0;
		certificates.finish();
	}

	private goBack(now: Millis): void {
		const { bank } = this;
		const { slots, revision, drift } = bank.fallback!;
		const changed = differing(slots, bank.slots);
		const next: Bank = {
			slots,
			revision,
			drift,
			switches: bank.switches + 1,
			fallback: undefined,
			refused: revision === bank.revision ? bank.refused : bank.revision,
			reverted: changed,
		};
		this.probationEndsAt = now + RETRY;
		if (switchTo(next, this.doors) !== "ok") return;
		this.probationEndsAt = Infinity;
		this.bank = next;
		this.stored = undefined;
		this.unreported |= changed;
		this.certificates.end(next);
		const why = this.owner.settings.brokerHost === "" ? "noNetwork" : "noBroker";
		const detail = this.owner.link.lastEnd;
		const attributes = { why, ...(detail && { detail }) } as const;
		this.owner.emit({ type: "settingsReverted", attributes }, now);
		this.use(loadBank(next, this.doors, VALIDATORS).settings, now);
	}

	/** Whether a session that stands now is the first one with the certificates in the store. */
	private get awaitsProof(): boolean {
		return !this.certificates.isProven && !this.isTried && usesTls(this.owner.settings);
	}

	private plan(): void {
		const { collector, keepAt, probationEndsAt } = this;
		const { standsAt } = this.proof;
		const isDue = collector.isComplete || this.certificates.isLeft;
		const awaits = (this.bank.fallback !== undefined && !this.isTried) || this.awaitsProof;
		const proofAt = awaits ? Math.max(standsAt, keepAt) : Infinity;
		const endsAt = standsAt === Infinity ? probationEndsAt : Infinity;
		this.dueAt = isDue ? 0 : Math.min(proofAt, endsAt, collector.endsAt);
	}
}

/** Whether the broker is called over TLS. */
export function usesTls({ brokerHost, brokerTls }: Settings): boolean {
	return brokerTls && brokerHost !== "";
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
