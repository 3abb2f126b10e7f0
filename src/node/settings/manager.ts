/**
 * Settings manager: the settings in force: switched by one write, tried, on probation, kept or
 * reverted.
 *
 * They come from the CMS (cmsrevisions.ts), from the pole or by an order. Settings that could cut the
 * connection are on probation, with the certificates that were entered with them: if no session
 * stands in time, the lamp returns to the fallback and does not try that revision again.
 */
import type { Host, NotAvailable, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import type { LinkEvent } from "../../link/contract.js";
import { type Bank, differing, hasBit } from "../../settings/bank.js";
import { needsProbation, probationEnd } from "../../settings/probation.js";
import type { SettingsDoors } from "../../settings/seal.js";
import { loadBank, prepare, switchTo } from "../../settings/store.js";
import { SECTIONS, type Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";
import { SW_VERSION } from "../../version.js";
import type { Task } from "../task.js";
import { CERTIFICATES, CertificateTrial, changeOf } from "./certificatetrial.js";
import { CmsRevisions } from "./cmsrevisions.js";
import { SessionProof } from "./sessionproof.js";
import { VALIDATORS } from "./validators.js";

/** Wait after the store refused to keep what is on probation, or the return to the fallback. */
const RETRY: Millis = 60_000;

export interface SettingsOwner {
	readonly settings: Settings;
	readonly life: number;
	readonly flash: { hasCredit(writeClass: "action" | "sealSwitched", now: Millis): boolean };
	readonly link: { readonly session: { readonly lastEnd: string | undefined } };
	readonly certificates: { isPair(): boolean | NotAvailable | undefined };
	emit(event: LampEvent, now: Millis): void;
	configure(settings: Settings, now: Millis): void;
	askTasks(): void;
}

interface DoorsOwner {
	readonly host: Pick<Host, "crypto" | "utf8">;
	readonly store: Store;
}

/** The functions of the host that the settings use. */
export function settingsDoors({ host, store }: DoorsOwner): SettingsDoors {
	return { store, crypto: host.crypto, utf8: host.utf8, version: SW_VERSION };
}

export class SettingsManager implements Task {
	dueAt: Millis = Infinity;
	bank: Bank;
	readonly doors: SettingsDoors;
	readonly certificates: CertificateTrial;
	readonly owner: SettingsOwner;
	/** The exchange with the CMS: its revisions, and the reports to it. */
	readonly revisions: CmsRevisions;
	private stored: Settings | undefined; // while a candidate is on trial
	/** Of the settings in force. */
	readonly proof: SessionProof;
	private keepAt: Millis = 0; // not before, since the store refused
	/** Unless a session stands before. */
	probationEndsAt: Millis;
	private versionInUse = 0; // of the certificates

	constructor(owner: SettingsOwner, bank: Bank, doors: SettingsDoors, now: Millis) {
		this.owner = owner;
		this.bank = bank;
		this.doors = doors;
		this.certificates = new CertificateTrial(doors, bank);
		this.proof = new SessionProof(this.certificates.isKept ? 0 : Infinity);
		this.revisions = new CmsRevisions(this);
		this.probationEndsAt = probationEnd(bank, owner.settings, owner.life, now);
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

	/** The settings to which a trial returns. */
	get former(): Settings {
		const { bank, stored } = this;
		return stored ?? loadBank(returned(bank), this.doors, VALIDATORS).settings;
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
			if (bank.fallback) this.keep(now, true);
			else if (this.awaitsProof) certificates.prove();
		} else if (now >= this.probationEndsAt && standsAt === Infinity && !this.isTried)
			this.goBack(now, false);
		certificates.discardLeft();
		this.revisions.tick(now);
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
		this.revisions.bankSwitched(changed);
		this.announce(changed, by, now);
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
		if (this.bank.fallback && (by === "broker" || now >= this.proof.standsAt)) this.keep(now, true);
		return this.bank.fallback === undefined;
	}

	/** Puts settings in force without storing them. */
	tryOut(settings: Settings, now: Millis): void {
		this.stored ??= this.owner.settings;
		this.certificates.use();
		this.use(settings, now);
		this.plan();
	}

	/** Ends a trial: the stored settings are in force again. */
	endTrial(now: Millis): void {
		const { stored } = this;
		this.stored = undefined;
		this.certificates.end(this.bank);
		if (stored) this.use(stored, now);
		this.plan();
	}

	/**
	 * Ends a probation for what is tried above it: the fallback is the stored set again, so that the
	 * slots of the probation are free and a power cut leaves settings that worked. False: the store
	 * refused, or certificates are being copied.
	 */
	endProbation(): boolean {
		const { bank } = this;
		const next = returned(bank);
		if (this.certificates.isKept || switchTo(next, this.doors) !== "ok") return false;
		this.bank = next;
		this.probationEndsAt = Infinity;
		this.stored = loadBank(next, this.doors, VALIDATORS).settings;
		this.revisions.mustReport(next.reverted);
		return true;
	}

	private use(settings: Settings, now: Millis): void {
		const { version } = this.certificates;
		if (version !== this.versionInUse || needsProbation(this.owner.settings, settings)) {
			this.proof.begin(this.certificates.isKept ? 0 : Infinity);
		}
		this.versionInUse = version;
		this.owner.configure(settings, now);
	}

	/**
	 * Ends the probation: the settings in force stay, the fallback is dropped. `isProven`: a session
	 * stands; else a person keeps them.
	 */
	keep(now: Millis, isProven: boolean): void {
		const { bank, certificates } = this;
		if (this.isTried) return; // a session under what is tried proves nothing of the rest
		this.keepAt = now + RETRY;
		if (certificates.isUsed) {
			if (!certificates.keep()) return;
			this.proof.begin(0); // beyond return: part of the stored ones is replaced
		}
		const next: Bank = { ...bank, switches: bank.switches + 1, fallback: undefined };
		if (switchTo(next, this.doors) !== "ok") return;
		this.bank = next;
		this.revisions.mustReport(differing(bank.slots, bank.fallback!.slots));
		this.probationEndsAt = Infinity;
		this.keepAt = 0;
		certificates.finish(isProven);
	}

	/** Returns to the fallback; `byHand`: by the decision of a person. */
	goBack(now: Millis, byHand: boolean): void {
		const next = returned(this.bank);
		this.probationEndsAt = now + RETRY;
		if (switchTo(next, this.doors) !== "ok") return;
		this.probationEndsAt = Infinity;
		this.bank = next;
		this.revisions.mustReport(next.reverted);
		this.certificates.end(next);
		if (byHand) this.announce(next.reverted, "console", now);
		else {
			const why = this.owner.settings.brokerHost === "" ? "noNetwork" : "noBroker";
			const detail = this.owner.link.session.lastEnd;
			const attributes = { why, ...(detail && { detail }) } as const;
			this.owner.emit({ type: "settingsReverted", attributes }, now);
		}
		this.use(loadBank(next, this.doors, VALIDATORS).settings, now);
	}

	private announce(sections: number, by: "broker" | "console", now: Millis): void {
		for (let i = 0; i < SECTIONS.length; i += 1)
			if (hasBit(sections, i))
				this.owner.emit(
					{ type: "settingsChanged", attributes: { section: SECTIONS[i]!, by } },
					now,
				);
	}

	/** Whether a session that stands now is the first one with the certificates in the store. */
	private get awaitsProof(): boolean {
		return !this.certificates.isProven && !this.isTried && usesTls(this.owner.settings);
	}

	/** Plans the next tick, after a change here or in `revisions`. */
	plan(): void {
		const { keepAt, isTried } = this;
		const { standsAt } = this.proof;
		const endsAt = standsAt === Infinity && !isTried ? this.probationEndsAt : Infinity;
		const awaits = (this.bank.fallback !== undefined && !isTried) || this.awaitsProof;
		const proofAt = awaits ? Math.max(standsAt, keepAt) : Infinity;
		const revisionAt = this.revisions.dueAt;
		const due = this.certificates.isLeft ? 0 : Math.min(proofAt, endsAt, revisionAt);
		if (due < this.dueAt) this.owner.askTasks();
		this.dueAt = due;
	}
}

/** The bank after the return to its fallback. */
function returned(bank: Bank): Bank {
	const { slots, revision, drift } = bank.fallback!;
	return {
		slots,
		revision,
		drift,
		switches: bank.switches + 1,
		fallback: undefined,
		refused: revision === bank.revision ? bank.refused : bank.revision,
		reverted: differing(slots, bank.slots),
	};
}

/** Whether the broker is called over TLS. */
export function usesTls({ brokerHost, brokerTls }: Settings): boolean {
	return brokerTls && brokerHost !== "";
}
