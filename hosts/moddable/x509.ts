/**
 * X.509: parses certificates (RFC 5280, 4) from bytes of an unknown peer.
 *
 * The SDK's reader follows lengths beyond the bytes and backwards, and may loop for ever.
 */
import {
	BIT_STRING,
	BOOLEAN,
	CONTEXT,
	checkDates,
	contentOf,
	Der,
	INTEGER,
	OBJECT,
	OCTET_STRING,
	SEQUENCE,
} from "host/certificate";

/** Parts are DER with tag and length if they are compared, else their content. */
export interface Certificate {
	/** The signed part. */
	readonly tbs: Uint8Array;
	/** Object identifier of hash and signature, in hex. */
	readonly algorithm: string;
	readonly signature: Uint8Array;
	readonly issuer: Uint8Array;
	readonly subject: Uint8Array;
	/** SubjectPublicKeyInfo. */
	readonly key: Der;
	/** May sign certificates. */
	readonly isAuthority: boolean;
	/** Number of certificates allowed between it and the last one. */
	readonly pathLength: number;
	/** SubjectAltName. */
	readonly names: Uint8Array;
	/** Its purposes include TLS servers; an authority's, too, limit the certificates below it. */
	readonly isForServers: boolean;
	/** Its key may be used in a handshake. */
	readonly isForHandshake: boolean;
}
type Extensions = Pick<
	Certificate,
	"isAuthority" | "pathLength" | "names" | "isForServers" | "isForHandshake"
>;

/** Last bytes of 2.5.29.x (4.2.1), in hex. */
const KEY_USAGE = "551d0f";
const NAMES = "551d11";
const CONSTRAINTS = "551d13";
const EXTENDED_USAGE = "551d25";
/** Purposes (4.2.1.12): serverAuth, anyExtendedKeyUsage. */
const SERVERS = "2b06010505070301";
const ANY_PURPOSE = "551d2500";
const KEY_CERT_SIGN = 0x04;
/** digitalSignature, keyEncipherment, keyAgreement: one at least, as OpenSSL requires. */
const HANDSHAKE = 0x80 | 0x20 | 0x08;
/** Tag of a name: context-specific, primitive (4.2.1.6). */
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** Undefined: invalid, out of date, or with a critical extension that is not supported. */
export function parse(bytes: Uint8Array, date: number): Certificate | undefined {
	if (checkDates(contentOf(bytes), date) !== "valid") return undefined; // all parts are present
	const certificate = new Der(bytes, 0, bytes.length).take(SEQUENCE);
	const tbs = certificate?.whole(SEQUENCE);
	const algorithm = certificate?.whole(SEQUENCE);
	const signature = bitsIn(certificate);
	const fields = tbs && new Der(tbs, 0, tbs.length).take(SEQUENCE);
	fields?.take(CONTEXT[0]);
	fields?.take(INTEGER);
	const again = fields?.whole(SEQUENCE);
	const issuer = fields?.whole(SEQUENCE);
	fields?.take(SEQUENCE);
	const subject = fields?.whole(SEQUENCE);
	const key = fields?.take(SEQUENCE);
	if (!tbs || !algorithm || !signature || !issuer || !subject || !key || !again) return undefined;
	if (!isSame(algorithm, again)) return undefined; // 4.1.1.2
	fields?.take(CONTEXT[1]);
	fields?.take(CONTEXT[2]);
	const extensions = extensionsIn(fields?.take(CONTEXT[3])?.take(SEQUENCE));
	const name = new Der(algorithm, 0, algorithm.length).take(SEQUENCE)?.take(OBJECT);
	if (!extensions || !name) return undefined;
	return { tbs, algorithm: hexOf(name), signature, issuer, subject, key, ...extensions };
}

/** The next BIT STRING, of whole bytes. */
export function bitsIn(der: Der | undefined): Uint8Array | undefined {
	const bits = der?.take(BIT_STRING);
	return bits?.byte(0) === 0 ? bits.within(1).rest : undefined;
}

/**
 * Whether a certificate is for that name (RFC 6125): a DNS name, one `*` for its first label, or
 * IPv4.
 */
export function isFor({ names }: Certificate, host: string): boolean {
	const wanted = host.toLowerCase();
	const dot = wanted.indexOf(".");
	const list = new Der(names, 0, names.length);
	while (!list.isOver) {
		const { tag } = list;
		const name = list.take(tag);
		if (!name) return false;
		if (tag === IP_ADDRESS && name.count === 4 && name.rest.join(".") === wanted) return true;
		if (tag !== DNS_NAME) continue;
		const text = textOf(name).toLowerCase();
		if (text === wanted) return true;
		const isWild = text.startsWith("*.") && dot > 0;
		if (isWild && text.slice(1) === wanted.slice(dot)) return true;
	}
	return false;
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
	for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
	return a.length === b.length;
}

export function hexOf(der: Der): string {
	let text = "";
	for (const byte of der.rest) text += byte.toString(16).padStart(2, "0");
	return text;
}

/** Undefined: a critical extension that is not supported (4.2). */
function extensionsIn(list: Der | undefined): Extensions | undefined {
	let isAuthority = false;
	let maySign = true;
	let isForServers = true;
	let isForHandshake = true;
	let pathLength = Infinity;
	let names: Uint8Array = new Uint8Array(0);
	while (list && !list.isOver) {
		const one = list.take(SEQUENCE);
		const name = one?.take(OBJECT);
		const isCritical = (one?.take(BOOLEAN)?.byte(0) ?? 0) !== 0;
		const value = one?.take(OCTET_STRING)?.within(0);
		switch (name && hexOf(name)) {
			case KEY_USAGE: {
				const usage = value?.take(BIT_STRING)?.byte(1) ?? 0;
				maySign = (usage & KEY_CERT_SIGN) !== 0;
				isForHandshake = (usage & HANDSHAKE) !== 0;
				break;
			}
			case NAMES:
				names = value?.take(SEQUENCE)?.rest ?? names;
				break;
			case CONSTRAINTS: {
				const constraints = value?.take(SEQUENCE);
				isAuthority = (constraints?.take(BOOLEAN)?.byte(0) ?? 0) !== 0;
				pathLength = constraints?.take(INTEGER)?.byte(0) ?? Infinity;
				break;
			}
			case EXTENDED_USAGE:
				isForServers = isPurpose(value?.take(SEQUENCE));
				break;
			default:
				if (isCritical) return undefined;
		}
	}
	return {
		...{ isAuthority: isAuthority && maySign, pathLength, names },
		...{ isForServers, isForHandshake },
	};
}

/** Whether a list of purposes includes servers. */
function isPurpose(list: Der | undefined): boolean {
	for (let one = list?.take(OBJECT); one; one = list?.take(OBJECT)) {
		const purpose = hexOf(one);
		if (purpose === SERVERS || purpose === ANY_PURPOSE) return true;
	}
	return false;
}

function textOf(der: Der): string {
	let text = "";
	for (const byte of der.rest) text += String.fromCharCode(byte);
	return text;
}
