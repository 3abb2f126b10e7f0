/**
 * Datagram: what one pole tells the others of its row, as bytes, and whether it is genuine.
 *
 * 36 bytes, numbers with the high byte first (docs/neighbours.md). The last 16 are half of an
 * HMAC-SHA-256 (RFC 2104, 5: not less than half) under a key derived from the site's; who passes it
 * on seals it anew, because hops and age change on the way.
 */
import type { Crypto } from "../host.js";
import type { Millis } from "../units.js";

/** No frame of any network is too small for it; what is longer is none of ours. */
export const DATAGRAM_MAX_BYTES = 64;
export const DATAGRAM_BYTES = 36;
/** Before the seal. */
const SIGNED_BYTES = 20;

const VERSION = 1;
/** Someone came into the sender's cone, `age` ago. */
export const MOVEMENT = 1;
/** Someone came so long ago that no age can be told, and is still there. */
export const PRESENCE = 2;
/** Ms: a movement as old as that is told as PRESENCE. */
export const AGE_MAX: Millis = 65_535;
/** Parts the key from what else a site's key may be used for some day. */
const KEY_LABEL = "luminode neighbours 1/";
const ID_LABEL = "id";

/** A street has two. */
export const SIDES = 2;

/** Where each field begins. */
const AT = Object.freeze({
	version: 0,
	kind: 1,
	site: 2,
	group: 4,
	pole: 6,
	life: 8,
	counter: 12,
	hopsLeft: 16,
	side: 17,
	age: 18,
});

/** One datagram in a buffer of its own, which is used for all that come and go. */
export class Datagram {
	readonly bytes = new Uint8Array(DATAGRAM_MAX_BYTES);
	private readonly signed = new Uint8Array(this.bytes.buffer, 0, SIGNED_BYTES);
	private readonly crypto: Crypto;
	private readonly key: Uint8Array;
	private readonly site: number;
	private readonly group: number;

	/** `siteKey` and `site` are of ASCII; `group`: 1 to 65,535. */
	constructor(crypto: Crypto, siteKey: string, site: string, group: number) {
		this.crypto = crypto;
		this.key = crypto.hmacSha256(bytesOf(siteKey), bytesOf(KEY_LABEL + site));
		const id = crypto.hmacSha256(this.key, bytesOf(ID_LABEL));
		this.site = (id[0]! << 8) | id[1]!;
		this.group = group;
	}

	/** Whether the `count` bytes that came look like one of our row's; costs next to nothing. */
	isOurs(count: number): boolean {
		const { bytes } = this;
		return (
			count === DATAGRAM_BYTES &&
			bytes[AT.version] === VERSION &&
			(bytes[AT.kind] === MOVEMENT || bytes[AT.kind] === PRESENCE) &&
			bytes[AT.side]! < SIDES &&
			this.u16(AT.site) === this.site &&
			this.u16(AT.group) === this.group
		);
	}

	/** Whether someone who knows the key made it. */
	isGenuine(): boolean {
		const seal = this.crypto.hmacSha256(this.key, this.signed);
		let differs = 0; // all bytes are looked at, so that the time tells nothing
		for (let i = SIGNED_BYTES; i < DATAGRAM_BYTES; i += 1)
			differs |= this.bytes[i]! ^ seal[i - SIGNED_BYTES]!;
		return differs === 0;
	}

	get kind(): number {
		return this.bytes[AT.kind]!;
	}
	get pole(): number {
		return this.u16(AT.pole);
	}
	/** Of the street, on which that pole stands. */
	get side(): number {
		return this.bytes[AT.side]!;
	}
	get life(): number {
		return this.u32(AT.life);
	}
	get counter(): number {
		return this.u32(AT.counter);
	}
	get hopsLeft(): number {
		return this.bytes[AT.hopsLeft]!;
	}
	/** How long ago someone came into the cone, as its sender counted, ms; of PRESENCE 0. */
	get age(): Millis {
		return this.u16(AT.age);
	}

	/** At our own pole someone came `age` ms ago, and may still be there. */
	write(
		pole: number,
		side: number,
		life: number,
		counter: number,
		hopsLeft: number,
		age: Millis,
	): void {
		this.bytes[AT.version] = VERSION;
		const tellsAge = age < AGE_MAX;
		this.bytes[AT.kind] = tellsAge ? MOVEMENT : PRESENCE;
		this.bytes[AT.side] = side;
		this.put16(AT.site, this.site);
		this.put16(AT.group, this.group);
		this.put16(AT.pole, pole);
		this.put16(AT.life, Math.floor(life / 0x1_0000));
		this.put16(AT.life + 2, life & 0xffff);
		this.put16(AT.counter, Math.floor(counter / 0x1_0000));
		this.put16(AT.counter + 2, counter & 0xffff);
		this.bytes[AT.hopsLeft] = hopsLeft;
		this.put16(AT.age, tellsAge ? age : 0);
		this.seal();
	}

	/** The one that came, ready to be passed on. */
	passOn(): void {
		this.bytes[AT.hopsLeft] = this.hopsLeft - 1;
		this.seal();
	}

	private seal(): void {
		const seal = this.crypto.hmacSha256(this.key, this.signed);
		for (let i = SIGNED_BYTES; i < DATAGRAM_BYTES; i += 1) this.bytes[i] = seal[i - SIGNED_BYTES]!;
	}

	private u16(at: number): number {
		return (this.bytes[at]! << 8) | this.bytes[at + 1]!;
	}

	private u32(at: number): number {
		return this.u16(at) * 0x1_0000 + this.u16(at + 2);
	}

	private put16(at: number, value: number): void {
		this.bytes[at] = value >> 8;
		this.bytes[at + 1] = value & 0xff;
	}
}

function bytesOf(ascii: string): Uint8Array {
	const bytes = new Uint8Array(ascii.length);
	for (let i = 0; i < ascii.length; i += 1) bytes[i] = ascii.charCodeAt(i);
	return bytes;
}
