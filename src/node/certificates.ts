/**
 * Certificates: what is pasted at the pole, judged by the host before it takes the place of the one
 * that works.
 */
import type { CertificateName, Certificates } from "../console/owner.js";
import type { Lamp } from "./lamp.js";

/** In the store; the host reads them there (host.ts, TlsTarget). */
export const KEY_OF_CERTIFICATES = "tls.";

export class CertificateDesk implements Certificates {
	private readonly lamp: Lamp;

	constructor(lamp: Lamp) {
		this.lamp = lamp;
	}

	has(name: CertificateName): boolean {
		return this.lamp.store.read(KEY_OF_CERTIFICATES + name) !== undefined;
	}

	keep(name: CertificateName, pem: string): string | undefined {
		const { lamp } = this;
		const { crypto } = lamp.host;
		const date = lamp.utcAt(lamp.now) ?? lamp.time.notBefore(lamp.now);
		const verdict = name === "key" ? crypto.checkKey(pem) : crypto.checkCertificate(pem, date);
		if (verdict !== "valid") return `${name} ${verdict}`;
		const result = lamp.store.write(KEY_OF_CERTIFICATES + name, pem);
		if (result !== "ok") return `${name} storeFailure`;
		const attributes = { which: name, via: "console" } as const;
		lamp.happened({ type: "certificateChanged", attributes }, lamp.now);
		return undefined;
	}
}
