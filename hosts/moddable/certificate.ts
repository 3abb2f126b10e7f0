/**
 * Certificate: checks a text: a certificate (RFC 5280) valid at a date, or a key that TLS takes.
 *
 * Reads DER (X.690) element by element and accepts no length that leads beyond its parent. Form and
 * dates are checked here, before anything is stored; TLS checks signatures at each connection.
 */
import { derOf } from "./pem";

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT = 0x06;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
export const SEQUENCE = 0x30;
const SET = 0x31;
const CONSTRUCTED = 0x20;
/** [0] version, [1] and [2] unique identifiers, [3] extensions. */
const CONTEXT = Object.freeze([0xa0, 0x81, 0x82, 0xa3] as const);
/** Certificates nest seven deep; more would only cost the stack. */
const DEEPEST = 16;

/** Kinds of keys that TLS presents to a broker: rsaEncryption (RFC 8017), and P-256 (RFC 5480). */
const RSA = Object.freeze([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01] as const);
const EC = Object.freeze([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01] as const);
const P256 = Object.freeze([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07] as const);
/** The public key in a private one (RFC 5915, 3). */
const PUBLIC_KEY = 0xa1;

/**
 * Elements of a certificate between its serial number and its key: algorithm, issuer, validity,
 * subject.
 */
const BEFORE_KEY = 4;

/** A span of DER and the position of the reader in it. */
export class Der {
	readonly bytes: Uint8Array;
	private at: number;
	private readonly end: number;

	constructor(bytes: Uint8Array, at: number, end: number) {
		this.bytes = bytes;
		this.at = at;
		this.end = end;
	}

	get isOver(): boolean {
		return this.at === this.end;
	}

	get count(): number {
		return this.end - this.at;
	}

	/** Of the next element; 0 (no valid tag) at the end. */
	get tag(): number {
		return this.at < this.end ? this.bytes[this.at]! : 0;
	}

	/** The nth byte from here. */
	byte(index: number): number {
		return this.bytes[this.at + index] ?? 0;
	}

	/** All that is left to read. */
	get rest(): Uint8Array {
		return this.bytes.subarray(this.at, this.end);
	}

	/** Returns the next element with its tag and length, and steps over it. */
	element(tag: number): Uint8Array | undefined {
		const { at } = this;
		return this.take(tag) && this.bytes.subarray(at, this.at);
	}

	/** The encoded content, `skipped` bytes from here. */
	within(skipped: number): Der {
		return new Der(this.bytes, Math.min(this.at + skipped, this.end), this.end);
	}

	/** Whether the same bytes follow in both. */
	equals(other: Der): boolean {
		if (this.count !== other.count) return false;
		for (let index = 0; index < this.count; index += 1)
			if (this.byte(index) !== other.byte(index)) return false;
		return true;
	}

	/** Returns the content of the next element, which must have this tag, and steps over it. */
	take(tag: number): Der | undefined {
		if (this.tag !== tag || tag === 0 || this.count < 2) return undefined;
		let length = this.byte(1);
		let start = this.at + 2;
		if (length > 127) {
			const more = length - 128; // 8.1.3.5; 65,535 bytes are beyond any store
			if (more < 1 || more > 2 || this.count < 2 + more) return undefined;
			length = more === 1 ? this.byte(2) : 256 * this.byte(2) + this.byte(3);
			if (length < (more === 1 ? 128 : 256)) return undefined; // 10.1: the shortest form
			start += more;
		}
		const end = start + length;
		if (end > this.end) return undefined;
		this.at = end;
		return new Der(this.bytes, start, end);
	}
}

export function checkCertificate(
	pem: string,
	date: number,
): "valid" | "malformed" | "expired" | "notYetValid" {
	return checkDates(wholeOf(pem, "CERTIFICATE"), date);
}

/** Reads the content of a certificate's one sequence (`contentOf`) to its end. */
function checkDates(
	certificate: Der | undefined,
	date: number,
): "valid" | "malformed" | "expired" | "notYetValid" {
	const validity = validityOf(certificate);
	const from = validity && instantOf(validity);
	const to = validity && instantOf(validity);
	if (from === undefined || to === undefined || !validity?.isOver) return "malformed";
	if (date < from) return "notYetValid";
	return date > to ? "expired" : "valid"; // both ends are included (RFC 5280 4.1.2.5)
}

export function checkKey(pem: string): "valid" | "malformed" | "unsupported" {
	const key = wholeOf(pem, "PRIVATE KEY"); // PKCS #8 (RFC 5958)
	const algorithm = key?.take(INTEGER) && key.take(SEQUENCE);
	const name = algorithm?.take(OBJECT);
	if (!name || !key?.take(OCTET_STRING)) return "malformed";
	const isSupported =
		isObject(name, RSA) || (isObject(name, EC) && isObject(algorithm?.take(OBJECT), P256));
	return isSupported ? "valid" : "unsupported";
}

function isObject(name: Der | undefined, bytes: readonly number[]): boolean {
	return name?.count === bytes.length && bytes.every((byte, index) => name.byte(index) === byte);
}

/**
 * Whether certificate and key have the same RSA modulus (RFC 8017, A.1), or the same point of P-256
 * (RFC 5915); of a key without its point it is not known here.
 */
export function isPair(certificate: string, key: string): boolean | "notAvailable" {
	const tbs = wholeOf(certificate, "CERTIFICATE")?.take(SEQUENCE);
	tbs?.take(CONTEXT[0]);
	tbs?.take(INTEGER);
	for (let index = 0; index < BEFORE_KEY; index += 1) tbs?.take(SEQUENCE);
	const info = tbs?.take(SEQUENCE);
	const kind = info?.take(SEQUENCE)?.take(OBJECT);
	const bits = info?.take(BIT_STRING)?.within(1);
	const pkcs8 = wholeOf(key, "PRIVATE KEY");
	pkcs8?.take(INTEGER);
	const isEc = isObject(pkcs8?.take(SEQUENCE)?.take(OBJECT), EC);
	const numbers = pkcs8?.take(OCTET_STRING)?.within(0).take(SEQUENCE);
	numbers?.take(INTEGER);
	if (!bits || !numbers || isObject(kind, EC) !== isEc) return false;
	if (!isEc) {
		const certified = bits.take(SEQUENCE)?.take(INTEGER);
		const modulus = numbers.take(INTEGER);
		return certified !== undefined && modulus !== undefined && certified.equals(modulus);
	}
	numbers.take(OCTET_STRING);
	numbers.take(CONTEXT[0]);
	const point = numbers.take(PUBLIC_KEY)?.take(BIT_STRING)?.within(1);
	return point ? bits.equals(point) : "notAvailable";
}

/** The content of the block's single sequence, if it is well formed throughout. */
function wholeOf(pem: string, label: string): Der | undefined {
	const der = derOf(pem, label);
	return der && contentOf(new Uint8Array(der));
}

/** The content of the bytes' single sequence, if it is well formed throughout. */
function contentOf(bytes: Uint8Array): Der | undefined {
	if (!isSound(new Der(bytes, 0, bytes.length), DEEPEST)) return undefined;
	const block = new Der(bytes, 0, bytes.length);
	const content = block.take(SEQUENCE);
	return block.isOver ? content : undefined;
}

/** Whether elements fill it to the end, recursively for each constructed element. */
function isSound(der: Der, depth: number): boolean {
	if (depth === 0) return false;
	while (!der.isOver) {
		const { tag } = der;
		const content = der.take(tag);
		if (!content) return false;
		if ((tag & CONSTRUCTED) === CONSTRUCTED) {
			if (!isSound(content, depth - 1)) return false;
		} else if (!isPrimitiveSound(tag, content)) return false;
	}
	return true;
}

function isPrimitiveSound(tag: number, content: Der): boolean {
	switch (tag) {
		case BOOLEAN:
			return content.count === 1;
		case INTEGER:
		case OBJECT:
			return content.count > 0;
		case BIT_STRING:
			return content.count > 0 && content.byte(0) < 8;
		default:
			return true;
	}
}

/** The validity of a certificate (RFC 5280 4.1), if all other parts are present. */
function validityOf(certificate: Der | undefined): Der | undefined {
	const tbs = certificate?.take(SEQUENCE);
	if (!tbs || !isAlgorithm(certificate) || !certificate?.take(BIT_STRING)) return undefined;
	const [version, issuerId, subjectId, extensions] = CONTEXT;
	tbs.take(version);
	const isBegun = tbs.take(INTEGER) && isAlgorithm(tbs) && isName(tbs);
	const validity = isBegun ? tbs.take(SEQUENCE) : undefined;
	const isNamed = isName(tbs) && isKey(tbs);
	for (const tag of [issuerId, subjectId]) tbs.take(tag);
	const isWhole = isNamed && areExtensions(tbs.take(extensions)) && tbs.isOver;
	return isWhole && certificate.isOver ? validity : undefined;
}

function isAlgorithm(from: Der | undefined): boolean {
	return from?.take(SEQUENCE)?.take(OBJECT) !== undefined;
}

function isKey(from: Der): boolean {
	const info = from.take(SEQUENCE);
	return isAlgorithm(info) && info?.take(BIT_STRING) !== undefined && info.isOver;
}

/** Sets of pairs of a type and its text (4.1.2.4). */
function isName(from: Der): boolean {
	const name = from.take(SEQUENCE);
	while (name && !name.isOver) {
		const set = name.take(SET);
		if (!set || set.isOver) return false;
		while (!set.isOver) {
			const pair = set.take(SEQUENCE);
			if (!pair?.take(OBJECT) || !pair.take(pair.tag) || !pair.isOver) return false;
		}
	}
	return name !== undefined;
}

/** Each a name, a critical flag, and bytes (4.1); version 1 has none. */
function areExtensions(from: Der | undefined): boolean {
	const list = from?.take(SEQUENCE);
	while (list && !list.isOver) {
		const extension = list.take(SEQUENCE);
		const isNamed = extension?.take(OBJECT) !== undefined;
		extension?.take(BOOLEAN);
		if (!isNamed || !extension?.take(OCTET_STRING) || !extension.isOver) return false;
	}
	return from === undefined || (list !== undefined && from.isOver);
}

/** The next element as an instant (RFC 5280 4.1.2.5): in Zulu, with seconds. */
function instantOf(der: Der): number | undefined {
	const isShort = der.tag === UTC_TIME;
	const digits = der.take(isShort ? UTC_TIME : GENERALIZED_TIME);
	if (!digits || digits.count !== (isShort ? 13 : 15)) return undefined;
	const last = digits.count - 1;
	if (digits.byte(last) !== 90) return undefined; // Z
	const two = (from: number) => 10 * (digits.byte(from) - 48) + digits.byte(from + 1) - 48;
	for (let index = 0; index < last; index += 1)
		if (digits.byte(index) < 48 || digits.byte(index) > 57) return undefined;
	const start = last - 10;
	const short = two(start - 2);
	const year = isShort ? short + (short < 50 ? 2000 : 1900) : 100 * two(0) + short;
	const [month, day, hour, minute, second] = [0, 2, 4, 6, 8].map((n) => two(start + n));
	const utc = Date.UTC(year, month! - 1, day, hour, minute, second);
	const back = new Date(utc);
	const isDate = back.getUTCMonth() === month! - 1 && back.getUTCDate() === day;
	return isDate && hour! < 24 && minute! < 60 && second! < 60 ? utc : undefined;
}
