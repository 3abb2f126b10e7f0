/**
 * Certificate: a lamp's key pair and its request for a certificate (PKCS #10, RFC 2986).
 *
 * RSA of 2048 bits, the only kind that the controller's TLS presents to a broker. The key goes to
 * the vault and the lamp alone.
 */
import {
	createPrivateKey,
	createPublicKey,
	createSign,
	generateKeyPairSync,
	X509Certificate,
} from "node:crypto";
import { Attributes, CertificationRequest, CertificationRequestInfo } from "@peculiar/asn1-csr";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
	AlgorithmIdentifier,
	AttributeTypeAndValue,
	AttributeValue,
	Name,
	RelativeDistinguishedName,
	SubjectPublicKeyInfo,
} from "@peculiar/asn1-x509";
import type { Text } from "../../../lib/text/bilingual.js";
import { text } from "../text/texts.js";

const KEY_BITS = 2048;
const SHA256_WITH_RSA = "1.2.840.113549.1.1.11"; // RFC 8017, A.2.4
const COMMON_NAME = "2.5.4.3"; // X.520
/** `NULL`: the parameters that RFC 4055 requires for RSA. */
const NO_PARAMETERS = Uint8Array.of(5, 0).buffer;

/** A new private key, PKCS #8 in PEM. */
export function newKey(): string {
	return generateKeyPairSync("rsa", {
		modulusLength: KEY_BITS,
		publicKeyEncoding: { type: "spki", format: "pem" },
		privateKeyEncoding: { type: "pkcs8", format: "pem" },
	}).privateKey;
}

/** The request of the lamp `serial`, PEM: its serial number is the common name. */
export function requestOf(serial: string, key: string): string {
	const publicKey = createPublicKey(createPrivateKey(key)).export({ type: "spki", format: "der" });
	const info = new CertificationRequestInfo({
		subject: nameOf(serial),
		subjectPKInfo: AsnConvert.parse(publicKey, SubjectPublicKeyInfo),
		attributes: new Attributes(),
	});
	const encoded = AsnConvert.serialize(info);
	const request = new CertificationRequest({
		certificationRequestInfo: info,
		signatureAlgorithm: new AlgorithmIdentifier({
			algorithm: SHA256_WITH_RSA,
			parameters: NO_PARAMETERS,
		}),
		signature: bufferOf(createSign("sha256").update(new Uint8Array(encoded)).sign(key)),
	});
	return pem("CERTIFICATE REQUEST", Buffer.from(AsnConvert.serialize(request)));
}

/** Reason why the certificate in `pem` is not that of the key; undefined: it is. */
export function faultOf(pem: string, key: string): Text | undefined {
	let certificate: X509Certificate;
	try {
		certificate = new X509Certificate(pem);
	} catch {
		return text("noCertificate");
	}
	return certificate.checkPrivateKey(createPrivateKey(key)) ? undefined : text("otherKey");
}

function nameOf(serial: string): Name {
	const type = COMMON_NAME;
	const value = new AttributeValue({ utf8String: serial });
	return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })])]);
}

function bufferOf(bytes: Buffer): ArrayBuffer {
	return Uint8Array.from(bytes).buffer;
}

function pem(label: string, der: Buffer): string {
	const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
