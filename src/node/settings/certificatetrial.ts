/**
 * Certificate trial: a new CA, certificate or key beside the stored ones, until a session stood.
 *
 * The new texts have keys of their own, and one record states how far the trial is. On probation
 * they are in use exactly while the bank has its fallback and the number of switches that the
 * record names. So one write, that of the bank, puts address and certificates in force together,
 * and one write takes both back. Once kept, they are copied to the keys of before, so that a later
 * trial has its own; until the copy is whole, the new keys are in use.
 */
import type { CertificateName } from "../../console/owner.js";
import type { LampEvent } from "../../journal/events.js";
import type { Bank } from "../../settings/bank.js";
import type { SettingsDoors } from "../../settings/seal.js";
import { CERTIFICATE_PREFIX, TRIAL_KEY, TRIAL_PREFIX } from "../../storekeys.js";
import { fingerprintOf } from "./fingerprint.js";

export const CERTIFICATES: readonly CertificateName[] = Object.freeze(["ca", "cert", "key"]);
/** Version of the record's layout. */
const FORMAT = "1 ";

export class CertificateTrial {
	/** Whether a session over TLS stood with the set in the store: it is worth to return to. */
	isProven: boolean;
	/** Whether the new ones are in use: tried, or on probation. */
	isUsed: boolean;
	/** Whether the new ones are kept, and copied. */
	isKept: boolean;
	/** Grows whenever another set is in use. */
	version = 0;
	/** Whether new ones of a life before are in the store, and not in use. */
	isLeft: boolean;
	private readonly doors: SettingsDoors;
	private staged: number; // bits of CERTIFICATES
	private switches: number; // of the bank that puts them in force; 0: none does
	private life: number; // in which its probation began

	constructor(doors: SettingsDoors, bank: Bank) {
		this.doors = doors;
		const text = doors.store.read(TRIAL_KEY);
		const fields = text?.startsWith(FORMAT) ? text.split(" ") : FORMAT;
		this.isProven = fields[1] === "1";
		this.staged = Number(fields[2]) >>> 0; // NaN, too
		this.switches = Number(fields[3]) >>> 0;
		this.life = Number(fields[4]) >>> 0;
		this.isUsed = this.isInForce(bank);
		this.isKept = this.isUsed && fields[5] === "1";
		this.isLeft = this.has() && !this.isUsed;
	}

	/** Whether a new one waits, is tried or is on probation; `name`: that one. */
	has(name?: CertificateName): boolean {
		const mask = name === undefined ? -1 : 1 << CERTIFICATES.indexOf(name);
		return (this.staged & mask) !== 0;
	}

	/** The names that the host reads under TRIAL_PREFIX, each after a space. */
	get namesInUse(): string {
		let names = "";
		if (this.isUsed) for (const name of CERTIFICATES) if (this.has(name)) names += ` ${name}`;
		return names;
	}

	/** The text of the new one, else of the stored one. */
	read(name: CertificateName, isNew = this.has(name)): string | undefined {
		return this.doors.store.read((isNew ? TRIAL_PREFIX : CERTIFICATE_PREFIX) + name);
	}

	/** Stores a new one; `use` tries it. The record comes first, so that none is left behind. */
	stage(name: CertificateName, pem: string): boolean {
		const staged = this.staged | (1 << CERTIFICATES.indexOf(name));
		if (!this.write(staged, 0, 0)) return false;
		return this.doors.store.write(TRIAL_PREFIX + name, pem) === "ok";
	}

	/** Tries the new ones, if any, without storing that they are in use. */
	use(): void {
		if (!this.has()) return;
		this.isUsed = true;
		this.version += 1;
	}

	/** Ends a trial; on probation under `bank` they stay in use, and else they are erased. */
	end(bank: Bank): void {
		const wasUsed = this.isUsed;
		this.isUsed = this.isInForce(bank);
		if (wasUsed && !this.isUsed) this.version += 1;
		this.discard();
	}

	/** Erases those of a life before that are not in use. */
	discardLeft(): void {
		if (this.isLeft) this.discard();
		this.isLeft = false;
	}

	/** Erases new ones that are not in use. */
	discard(): void {
		if (!this.has() || this.isUsed) return;
		for (const name of CERTIFICATES)
			if (this.has(name)) this.doors.store.erase(TRIAL_PREFIX + name);
		this.write(0, 0, 0);
	}

	/** Names the bank that will put them in force; 0: none. False: it could not be stored. */
	announce(switches: number, life: number): boolean {
		return this.switches === switches || this.write(this.staged, switches, life);
	}

	/** Copies the new ones to the keys of before. False: the store refused; call it again. */
	keep(): boolean {
		const { store } = this.doors;
		if (!this.isKept && !this.write(this.staged, this.switches, this.life, true)) return false;
		for (const name of CERTIFICATES)
			if (this.has(name)) {
				const text = this.read(name) ?? "";
				if (
					this.read(name, false) !== text &&
					store.write(CERTIFICATE_PREFIX + name, text) !== "ok"
				)
					return false;
			}
		return true;
	}

	/**
	 * After `keep`, when no bank puts the new ones in force any more: the copies are in use.
	 * `isProven`: a session stood with them.
	 */
	finish(isProven: boolean): void {
		if (!this.isUsed) return;
		this.isUsed = false;
		this.isProven = isProven;
		this.discard();
	}

	/** A session stood with the set in the store. */
	prove(): void {
		this.isProven = true;
		this.write(this.staged, this.switches, this.life);
	}

	private isInForce({ fallback, switches }: Bank): boolean {
		return this.has() && fallback?.life === this.life && switches === this.switches;
	}

	private write(staged: number, switches: number, life: number, isKept = false): boolean {
		const text = `${FORMAT}${Number(this.isProven)} ${staged} ${switches} ${life} ${Number(isKept)}`;
		if (this.doors.store.write(TRIAL_KEY, text) !== "ok") return false;
		this.staged = staged;
		this.switches = switches;
		this.life = life;
		this.isKept = isKept;
		return true;
	}
}

/** The event for a certificate or key that is in use from now on. */
export function changeOf(
	which: CertificateName,
	pem: string,
	doors: Pick<SettingsDoors, "crypto">,
): LampEvent {
	const sha256 = which === "key" ? undefined : fingerprintOf(pem, doors.crypto);
	const attributes = { which, via: "console", ...(sha256 && { sha256 }) } as const;
	return { type: "certificateChanged", attributes };
}
