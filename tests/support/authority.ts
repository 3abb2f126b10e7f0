/** Authority: a city's CA in tests: what it makes of a request (PKCS #10). */
import { createSign, generateKeyPairSync } from "node:crypto";
import { CertificationRequest } from "@peculiar/asn1-csr";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
	AlgorithmIdentifier,
	Certificate,
	Name,
	TBSCertificate,
	Validity,
	Version,
} from "@peculiar/asn1-x509";

const SHA256_WITH_RSA = new AlgorithmIdentifier({
	algorithm: "1.2.840.113549.1.1.11",
	parameters: Uint8Array.of(5, 0).buffer,
});

/** A certificate from 2026 on, `until` an instant, for the subject and the key of a request, PEM. */
export function certificateFor(request: string, until = Date.UTC(2027, 0)): string {
	const base64 = request.replace(/-----[^-]+-----|\s/g, "");
	const der = Uint8Array.from(Buffer.from(base64, "base64"));
	const { certificationRequestInfo } = AsnConvert.parse(der, CertificationRequest);
	const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const tbsCertificate = new TBSCertificate({
		version: Version.v3,
		serialNumber: Uint8Array.of(7).buffer,
		signature: SHA256_WITH_RSA,
		issuer: new Name([]),
		validity: new Validity({
			notBefore: new Date(Date.UTC(2026, 0)),
			notAfter: new Date(until),
		}),
		subject: certificationRequestInfo.subject,
		subjectPublicKeyInfo: certificationRequestInfo.subjectPKInfo,
	});
	const encoded = new Uint8Array(AsnConvert.serialize(tbsCertificate));
	const signature = createSign("sha256").update(encoded).sign(privateKey);
	const certificate = new Certificate({
		tbsCertificate,
		signatureAlgorithm: SHA256_WITH_RSA,
		signatureValue: Uint8Array.from(signature).buffer,
	});
	const text = Buffer.from(AsnConvert.serialize(certificate)).toString("base64");
	const lines = text.match(/.{1,64}/g)!.join("\n");
	return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
