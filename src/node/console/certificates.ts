/**
 * Certificates: what is pasted at the pole, judged by the host before it takes the place of the one
 * that works.
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

	/** A certificate must be the key's; a key comes before its certificate, whatever was there. */
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
