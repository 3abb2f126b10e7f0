/** Certificate store: by which date a certificate is judged, and what a refusal leaves. */
import { describe, expect, test } from "@jest/globals";
import { CertificateStore } from "../../../src/node/console/certificates.js";
import { CertificateTrial } from "../../../src/node/settings/certificatetrial.js";
import { NO_BANK } from "../../../src/settings/bank.js";
import type { UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";

const CLOCK = Date.UTC(2027, 5, 1) as UtcMillis;
const EARLIEST = Date.UTC(2029, 0, 1) as UtcMillis; // of a date that was typed wrong

describe("the date", () => {
	const dates: [what: string, clock: UtcMillis | undefined, judged: UtcMillis][] = [
		["the clock's, though the earliest is later", CLOCK, CLOCK],
		["without a clock the earliest", undefined, EARLIEST],
	];
	test.each(dates)("%s", (_what, clock, judged) => {
		const host = new FakeHost();
		const seen: number[] = [];
		const crypto = {
			...host.crypto,
			checkCertificate: (_pem: string, date: number) => {
				seen.push(date);
				return "expired" as const;
			},
		};
		const lamp = {
			host: { crypto },
			store: host.store,
			now: 0,
			settingsManager: {
				certificates: new CertificateTrial({ ...host, version: "" }, NO_BANK),
				triesCertificates: false,
				isOnProbation: false,
			},
			time: { notBefore: () => EARLIEST },
			utcAt: () => clock,
			updater: {
				onPastedKeys: () => {
					throw new Error("no list was pasted");
				},
			},
			emit: () => {
				throw new Error("nothing was stored");
			},
		};
		const store = new CertificateStore(lamp);
		expect(store.keep("ca", "a text")).toBe("ca expired");
		expect(seen).toEqual([judged]);
		expect([store.has("ca"), host.stored.has("tls.ca")]).toEqual([false, false]);
	});
});
