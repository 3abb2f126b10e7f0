/** Certificate store: by which date a certificate is judged, and what a refusal leaves. */
import { describe, expect, test } from "@jest/globals";
import { CertificateStore } from "../../../src/node/console/certificates.js";
import { CertificateTrial } from "../../../src/node/settings/certificatetrial.js";
import { NO_BANK } from "../../../src/settings/bank.js";
import { type Anchor, anchored } from "../../../src/time/corroboration.js";
import type { UtcMillis } from "../../../src/units.js";
import { FakeHost } from "../../support/fakehost.js";

const PAST = Date.UTC(2027, 0, 1) as UtcMillis;
const CITY = anchored("city", Date.UTC(2027, 0, 1) as UtcMillis, 0, 0);

describe("a certificate is judged by a date that is certainly past", () => {
	type State = "valid" | "expired" | "notYetValid";
	const cases: [
		what: string,
		anchor: Anchor | undefined,
		state: State,
		answer: string | undefined,
	][] = [
		["one that has ended", undefined, "expired", "ca expired"],
		["one that has ended, by the city's date", CITY, "expired", "ca expired"],
		["one that may have begun since", undefined, "notYetValid", undefined],
		["likewise to the photocell", { ...CITY, by: "photocell" }, "notYetValid", undefined],
		["one that has not begun by the city's date", CITY, "notYetValid", "ca notYetValid"],
	];
	test.each(cases)("%s", (_what, anchor, state, answer) => {
		const host = new FakeHost();
		const seen: number[] = [];
		const crypto = {
			...host.crypto,
			checkCertificate: (_pem: string, date: number) => {
				seen.push(date);
				return state;
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
			time: { notBefore: () => PAST, anchor },
			updater: {
				onPastedKeys: () => {
					throw new Error("no list was pasted");
				},
			},
			emit: () => {},
		};
		const store = new CertificateStore(lamp);
		expect(store.keep("ca", "a text")).toBe(answer);
		expect(seen).toEqual([PAST]);
		const isKept = answer === undefined;
		expect([store.has("ca"), host.stored.has("tls.ca")]).toEqual([isKept, isKept]);
	});
});
