/**
 * Datagram: the message from one pole to the others of its row, as bytes, and its authentication.
 *
 * 36 bytes, numbers with the high byte first (docs/neighbours.md). The last 16 bytes are half of an
 * HMAC-SHA-256 (RFC 2104, 5: not less than half) under a key derived from the site's key. A
 * forwarding node seals the datagram anew, because hops and age change on the way.
 */
import type { Crypto } from "../host.js";
import type { Millis } from "../units.js";

/** Fits a frame of every network; a longer datagram is not of this protocol. */
const DATAGRAM_MAX_BYTES = 64;
export const DATAGRAM_BYTES = 36;
/** Bytes before the seal. */
const SIGNED_BYTES = 20;
const SEAL_BYTES = DATAGRAM_BYTES - SIGNED_BYTES;

const VERSION = 1;
/** A road user came into the sender's cone, `age` ago. */
export const MOVEMENT = 1;
/** A road user came longer ago than AGE_MAX and is still present. */
const PRESENCE = 2;
/** A movement of this age or older is sent as PRESENCE, ms. */
const AGE_MAX: Millis = 65_535;
/** Separates this key from keys for other uses derived from the same site key. */
const KEY_LABEL = "luminode neighbours 1/";
const ID_LABEL = "id";

/** Sides of a street. */
export const SIDES = 2;

/* Offset of each field, bytes. */
const VERSION_AT = 0;
const KIND_AT = 1;
const SITE_AT = 2;
const GROUP_AT = 4;
const POLE_AT = 6;
const LIFE_AT = 8;
const COUNTER_AT = 12;
const HOPS_LEFT_AT = 16;
const SIDE_AT = 17;
const AGE_AT = 18;

/** One datagram, in one buffer that is reused for all datagrams received and sent. */
export class Datagram {
	readonly bytes = new Uint8Array(DATAGRAM_MAX_BYTES);
	private readonly signed = new Uint8Array(this.bytes.buffer, 0, SIGNED_BYTES);
	private readonly numbers = new DataView(this.bytes.buffer);
	private readonly crypto: Crypto;
	private readonly key: Uint8Array;
	private readonly site: number;
	private readonly group: number;

	/** `siteKey`, `site`: ASCII; `group`: 1 to 65,535. */
	constructor(crypto: Crypto, siteKey: string, site: string, group: number) {
		this.crypto = crypto;
		this.key = crypto.hmacSha256(bytesOf(siteKey), bytesOf(KEY_LABEL + site));
		const id = crypto.hmacSha256(this.key, bytesOf(ID_LABEL));
		this.site = (id[0]! << 8) | id[1]!;
		this.group = group;
	}

	/** Whether `count` bytes have the format, site and group of this row; ignores the seal. */
	isOurs(count: number): boolean {
		const { bytes, numbers } = this;
		return (
			count === DATAGRAM_BYTES &&
			bytes[VERSION_AT] === VERSION &&
			(bytes[KIND_AT] === MOVEMENT || bytes[KIND_AT] === PRESENCE) &&
			bytes[SIDE_AT]! < SIDES &&
			numbers.getUint16(SITE_AT) === this.site &&
			numbers.getUint16(GROUP_AT) === this.group
		);
	}

	/** Whether the seal was made with the site's key. */
	isGenuine(): boolean {
		const { numbers } = this;
		const digest = this.crypto.hmacSha256(this.key, this.signed);
		const seal = new DataView(digest.buffer, digest.byteOffset);
		let differs = 0; // all bytes are compared, so that the duration reveals nothing
		for (let i = 0; i < SEAL_BYTES; i += 4)
			differs |= numbers.getUint32(SIGNED_BYTES + i) ^ seal.getUint32(i);
		return differs === 0;
	}

	get kind(): number {
		return this.bytes[KIND_AT]!;
	}
	get pole(): number {
		return this.numbers.getUint16(POLE_AT);
	}
	/** Side of the street on which the sending pole stands. */
	get side(): number {
		return this.bytes[SIDE_AT]!;
	}
	get life(): number {
		return this.numbers.getUint32(LIFE_AT);
	}
	get counter(): number {
		return this.numbers.getUint32(COUNTER_AT);
	}
	get hopsLeft(): number {
		return this.bytes[HOPS_LEFT_AT]!;
	}
	/** Age of the movement by the sender's clock, ms; 0 for PRESENCE. */
	get age(): Millis {
		return this.numbers.getUint16(AGE_AT);
	}

	/** Writes a movement at this node's pole, `age` ms ago; the road user may still be present. */
	write(
		pole: number,
		side: number,
		life: number,
		counter: number,
		hopsLeft: number,
		age: Millis,
	): void {
		const { bytes, numbers } = this;
		const hasAge = age < AGE_MAX;
		bytes[VERSION_AT] = VERSION;
		bytes[KIND_AT] = hasAge ? MOVEMENT : PRESENCE;
		bytes[SIDE_AT] = side;
		numbers.setUint16(SITE_AT, this.site);
		numbers.setUint16(GROUP_AT, this.group);
		numbers.setUint16(POLE_AT, pole);
		numbers.setUint32(LIFE_AT, life);
		numbers.setUint32(COUNTER_AT, counter);
		bytes[HOPS_LEFT_AT] = hopsLeft;
		numbers.setUint16(AGE_AT, hasAge ? age : 0);
		this.seal();
	}

	/** Prepares the received datagram for forwarding. */
	passOn(): void {
		this.bytes[HOPS_LEFT_AT] = this.hopsLeft - 1;
		this.seal();
	}

	private seal(): void {
		const digest = this.crypto.hmacSha256(this.key, this.signed);
		this.bytes.set(digest.subarray(0, SEAL_BYTES), SIGNED_BYTES);
	}
}

function bytesOf(ascii: string): Uint8Array {
	const bytes = new Uint8Array(ascii.length);
	for (let i = 0; i < ascii.length; i += 1) bytes[i] = ascii.charCodeAt(i);
	return bytes;
}
