/**
 * Certificates: stores the PEM texts entered at the console, once the host has validated them.
 *
 * A text that the host rejects leaves the stored one in use.
 */
import type { CertificateName, Certificates } from "../../console/owner.js";
import type { Host, NotAvailable, Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { CERTIFICATE_PREFIX } from "../../storekeys.js";
import type { Millis, UtcMillis } from "../../units.js";

interface CertificateOwner {
	readonly host: Pick<Host, "crypto">;
	readonly store: Store;
	readonly now: Millis;
	readonly time: { notBefore(now: Millis): UtcMillis };
	utcAt(now: Millis): UtcMillis | undefined;
	emit(event: LampEvent, now: Millis): void;
}

export class CertificateStore implements Certificates {
	private readonly lamp: CertificateOwner;

	constructor(lamp: CertificateOwner) {
		this.lamp = lamp;
	}

	has(name: CertificateName): boolean {
		return this.read(name) !== undefined;
	}

	private read(name: CertificateName): string | undefined {
		return this.lamp.store.read(CERTIFICATE_PREFIX + name);
	}

	private fits(cert: string): boolean | NotAvailable | undefined {
		const key = this.read("key");
		return key === undefined ? undefined : this.lamp.host.crypto.isPair(cert, key);
	}

	isPair(): boolean | NotAvailable | undefined {
		const cert = this.read("cert");
		return cert === undefined ? undefined : this.fits(cert);
	}

	/**
	 * Validates and stores `pem`; returns the reason of a refusal. A certificate must match the
	 * stored key. A key comes before its certificate, so it need not match the present one.
	 */
	keep(name: CertificateName, pem: string): string | undefined {
		const { lamp } = this;
		const { crypto } = lamp.host;
		const date = lamp.utcAt(lamp.now) ?? lamp.time.notBefore(lamp.now);
		const verdict = name === "key" ? crypto.checkKey(pem) : crypto.checkCertificate(pem, date);
		if (verdict !== "valid") return `${name} ${verdict}`;
		if (name === "cert" && this.fits(pem) === false)
			return "cert belongs to another key; first its key";
		const result = lamp.store.write(CERTIFICATE_PREFIX + name, pem);
		if (result !== "ok") return `${name} storeFailure`;
		const attributes = { which: name, via: "console" } as const;
		lamp.emit({ type: "certificateChanged", attributes }, lamp.now);
		return undefined;
	}
}
