/**
 * Certificates: stores the PEM texts entered at the console, once the host has validated them, and
 * hands a list of update keys on.
 *
 * A text that the host rejects leaves the stored one in use. Where a session stood with the stored
 * ones, a new one waits beside them for `apply` (certificatetrial.ts).
 */
import type { CertificateName, Certificates } from "../../console/owner.js";
import type { Crypto, Host, NotAvailable, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { CERTIFICATE_PREFIX } from "../../storekeys.js";
import { knowsDay } from "../../time/corroboration.js";
import type { Millis } from "../../units.js";
import { changeOf } from "../settings/certificatetrial.js";
import { fingerprintOf } from "../settings/fingerprint.js";
import type { SettingsManager } from "../settings/manager.js";
import type { Timekeeper } from "../time/timekeeper.js";
import type { Updater } from "../update/updater.js";

interface CertificateOwner {
	readonly host: Pick<Host, "crypto">;
	readonly store: Store;
	readonly now: Millis;
	readonly time: Pick<Timekeeper, "notBefore" | "anchor">;
	readonly settingsManager: Pick<
		SettingsManager,
		"certificates" | "triesCertificates" | "isOnProbation"
	>;
	readonly updater: Pick<Updater, "onPastedKeys">;
	emit(event: LampEvent, now: Millis): void;
}

export class CertificateStore implements Certificates {
	private readonly lamp: CertificateOwner;

	constructor(lamp: CertificateOwner) {
		this.lamp = lamp;
	}

	has(name: CertificateName): boolean {
		return this.lamp.settingsManager.certificates.read(name, false) !== undefined;
	}

	isNew(name: CertificateName): boolean {
		return this.lamp.settingsManager.certificates.has(name);
	}

	fingerprint(name: "ca" | "cert", isNew: boolean): string | undefined {
		const { lamp } = this;
		const pem = lamp.settingsManager.certificates.read(name, isNew);
		return pem === undefined ? undefined : fingerprintOf(pem, lamp.host.crypto);
	}

	private read(name: CertificateName): string | undefined {
		return this.lamp.settingsManager.certificates.read(name);
	}

	private fits(cert: string): boolean | NotAvailable | undefined {
		const key = this.read("key");
		return key === undefined ? undefined : this.lamp.host.crypto.isPair(cert, key);
	}

	takeKeys(text: string | undefined): string | undefined {
		return this.lamp.updater.onPastedKeys(text, this.lamp.now);
	}

	isPair(): boolean | NotAvailable | undefined {
		const cert = this.read("cert");
		return cert === undefined ? undefined : this.fits(cert);
	}

	/** At a date that is certainly past, which shows no begin as long as it may be far behind. */
	private judge(pem: string): ReturnType<Crypto["checkCertificate"]> {
		const { time, now, host } = this.lamp;
		const verdict = host.crypto.checkCertificate(pem, time.notBefore(now));
		return verdict === "notYetValid" && !knowsDay(time.anchor) ? "valid" : verdict;
	}

	/**
	 * Validates and stores `pem`, or lets it wait for a trial; returns the reason of a refusal. A
	 * certificate must match the key, a new one if it waits. A key comes before its certificate, so
	 * it need not match the present one.
	 */
	keep(name: CertificateName, pem: string): string | undefined {
		const { lamp } = this;
		const { host, settingsManager } = lamp;
		const { crypto } = host;
		if (settingsManager.isOnProbation || settingsManager.certificates.isUsed)
			return `${name} must wait: confirm or revert what is on trial`;
		const verdict = name === "key" ? crypto.checkKey(pem) : this.judge(pem);
		if (verdict !== "valid") return `${name} ${verdict}`;
		if (name === "cert" && this.fits(pem) === false)
			return "cert belongs to another key; first its key";
		if (this.read(name) === pem) return undefined;
		if (settingsManager.triesCertificates)
			return settingsManager.certificates.stage(name, pem) ? undefined : `${name} storeFailure`;
		const result = lamp.store.write(CERTIFICATE_PREFIX + name, pem);
		if (result !== "ok") return `${name} storeFailure`;
		lamp.emit(changeOf(name, pem, lamp.host), lamp.now);
		return undefined;
	}
}
