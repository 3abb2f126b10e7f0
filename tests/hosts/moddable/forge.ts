/**
 * Forge: certificates (RFC 5280) of any content, good or bad, made and signed here.
 */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** One DER element. */
export function der(tag: number, ...parts: Uint8Array[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const more = length < 128 ? [] : length < 256 ? [0x81] : [0x82, length >> 8];
	return Buffer.concat([Buffer.from([tag, ...more, length & 255]), content]);
}
const hex = (text: string): Buffer => Buffer.from(text, "hex");
const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (text: string): Buffer => der(6, hex(text));

export const ECDSA_SHA256 = sequence(oid("2a8648ce3d040302"));
export const RSA_SHA256 = sequence(oid("2a864886f70d01010b"), der(5));

export interface Keys {
	readonly publicKey: KeyObject;
	readonly privateKey: KeyObject;
}
export const p256 = (): Keys => generateKeyPairSync("ec", { namedCurve: "P-256" });
export const p384 = (): Keys => generateKeyPairSync("ec", { namedCurve: "P-384" });
export const rsa = (modulusLength: number): Keys => generateKeyPairSync("rsa", { modulusLength });

export interface Content {
	readonly subject: string;
	readonly issuer: string;
	/** Of the subject. */
	readonly keys: Keys;
	/** Of the issuer. */
	readonly signer: Keys;
	readonly names?: readonly Uint8Array[];
	/** Absent: no basic constraints. */
	readonly isAuthority?: boolean;
	readonly pathLength?: number;
	/** First byte of KeyUsage's bits; absent: no such extension. */
	readonly usage?: number;
	readonly extensions?: readonly Uint8Array[];
	readonly from?: string;
	readonly to?: string;
	readonly hash?: string;
	readonly algorithm?: Uint8Array;
	/** The algorithm within what is signed, where it is another. */
	readonly inner?: Uint8Array;
	/** Instead of the right one. */
	readonly signature?: Uint8Array;
	readonly spki?: Uint8Array;
}

export const dns = (name: string): Buffer => der(0x82, Buffer.from(name));
export const ip = (...bytes: number[]): Buffer => der(0x87, Buffer.from(bytes));

export function extension(last: string, isCritical: boolean, value: Uint8Array): Buffer {
	const critical = isCritical ? [der(1, Buffer.of(255))] : [];
	return sequence(oid(`551d${last}`), ...critical, der(4, value));
}

/** In DER. */
export function certificateOf(content: Content): Buffer {
	const { subject, issuer, keys, signer, names, isAuthority, pathLength, usage, hash } = content;
	const isRsa = signer.privateKey.asymmetricKeyType === "rsa";
	const algorithm = content.algorithm ?? (isRsa ? RSA_SHA256 : ECDSA_SHA256);
	const nameOf = (text: string) =>
		sequence(der(0x31, sequence(oid("550403"), der(12, Buffer.from(text)))));
	const time = (text: string) => der(0x17, Buffer.from(`${text}000000Z`));
	const ca = isAuthority ? [der(1, Buffer.of(255))] : [];
	const length = pathLength === undefined ? [] : [der(2, Buffer.of(pathLength))];
	const extensions = [
		...(isAuthority === undefined ? [] : [extension("13", true, sequence(...ca, ...length))]),
		...(usage === undefined ? [] : [extension("0f", true, der(3, Buffer.of(0, usage)))]),
		...(names ? [extension("11", false, sequence(...names))] : []),
		...(content.extensions ?? []),
	];
	const tbs = sequence(
		der(0xa0, der(2, Buffer.of(2))),
		der(2, Buffer.of(7)),
		content.inner ?? algorithm,
		nameOf(issuer),
		sequence(time(content.from ?? "260101"), time(content.to ?? "270101")),
		nameOf(subject),
		content.spki ?? keys.publicKey.export({ format: "der", type: "spki" }),
		...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
	);
	const signature = content.signature ?? sign(hash ?? "sha256", tbs, signer.privateKey);
	return sequence(tbs, algorithm, der(3, Buffer.of(0), signature));
}
