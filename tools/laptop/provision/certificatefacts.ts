/**
 * Certificate facts: subject and validity of a certificate (X.509, RFC 5280), in PEM (RFC 7468).
 *
 * Without a function of Node, because the page at the pole shows the same.
 */

import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate, type Name } from "@peculiar/asn1-x509";
import { DAY } from "../../../lib/spans.js";
import type { Text } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import { text } from "../text/texts.js";

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/;
/** Attributes by their short names (RFC 4514; X.520 for the serial number). */
const SHORT: Readonly<Record<string, string>> = {
	"2.5.4.3": "CN",
	"2.5.4.5": "serialNumber",
	"2.5.4.6": "C",
	"2.5.4.7": "L",
	"2.5.4.8": "ST",
	"2.5.4.10": "O",
	"2.5.4.11": "OU",
};

interface CertificateFacts {
	/** `CN=L-0017`, or several attributes joined by a comma. */
	readonly subject: string;
	readonly notBefore: Date;
	readonly notAfter: Date;
	/** The certificate itself, for its fingerprint. */
	readonly der: Uint8Array<ArrayBuffer>;
}

/** The first certificate of a file; throws `Trouble` with the form that was expected. */
export function certificateFactsOf(pem: string): CertificateFacts {
	const [, body] = PEM.exec(pem) ?? [];
	try {
		const der = bytesOf(body!);
		const { tbsCertificate } = AsnConvert.parse(der, Certificate);
		const { subject, validity } = tbsCertificate;
		return {
			subject: nameOf(subject),
			notBefore: validity.notBefore.getTime(),
			notAfter: validity.notAfter.getTime(),
			der,
		};
	} catch {
		throw new Trouble(text("noCertificate"));
	}
}

export function isOver({ notAfter }: CertificateFacts, now: Date): boolean {
	return notAfter.getTime() < now.getTime();
}

/** Subject, last day and days left, or the fault of its dates. */
export function validityText(facts: CertificateFacts, now: Date): Text {
	const { subject, notBefore, notAfter } = facts;
	if (isOver(facts, now)) return text("over", subject, dayOf(notAfter));
	if (notBefore.getTime() > now.getTime()) return text("validLater", subject, dayOf(notBefore));
	const left = Math.floor((notAfter.getTime() - now.getTime()) / DAY);
	return text("validFor", subject, dayOf(notAfter), left);
}

function dayOf(date: Date): string {
	return date.toISOString().slice(0, 10);
}

function nameOf(name: Name): string {
	return name
		.flatMap((part) => [...part])
		.map(({ type, value }) => `${SHORT[type] ?? type}=${value.toString()}`)
		.join(", ");
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(base64.replace(/\s/g, "")), (character) => character.charCodeAt(0));
}
