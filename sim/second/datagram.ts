/**
 * Datagram: which datagrams of neighbours count, in the order in which they are judged.
 *
 * Follows docs/light.md, Neighbours: Which datagrams count; docs/neighbours.md, The datagram.
 */
import { hmac } from "@noble/hashes/hmac";
import { sha256 } from "@noble/hashes/sha2";

/** Who this lamp is in its row; undefined members of the key: it takes no part. */
export interface RowPlace {
	readonly group: number;
	readonly pole: number;
	readonly side: number;
	readonly spacing: number;
	readonly siteKey: string;
	readonly site: string;
}

/** What is remembered of a sender, by place and side. */
export interface Sender {
	readonly life: number;
	readonly counter: number;
	readonly at: number;
}

export interface GateState {
	/** By `place,side`. */
	senders: Record<string, Sender>;
	/** Credit for digests, and the instant at which it was so. */
	credit: number;
	creditAt: number;
}

export interface Datagram {
	readonly kind: number;
	/** The sender's place less the lamp's own. */
	readonly place: number;
	readonly side: number;
	/** The instant of the movement. */
	readonly at: number;
}

const BYTES = 36;
const REACH = 6;
const BUCKET = 32;
const SILENCE = 86_400_000;

export function freshGate(now: number): GateState {
	return { senders: {}, credit: BUCKET, creditAt: now };
}

/** The key of the site, and the two bytes by which a datagram names it. */
export function keyOf(place: RowPlace): { readonly key: Uint8Array; readonly site: Uint8Array } {
	const encoder = new TextEncoder();
	const key = hmac(
		sha256,
		encoder.encode(place.siteKey),
		encoder.encode(`luminode neighbours 1/${place.site}`),
	);
	return { key, site: hmac(sha256, key, encoder.encode("id")).slice(0, 2) };
}

/** The datagram if it counts; it then changes what is known of its sender. */
export function accept(
	state: GateState,
	place: RowPlace,
	key: Uint8Array,
	site: Uint8Array,
	bytes: Uint8Array,
	now: number,
): Datagram | undefined {
	if (bytes.length !== BYTES || bytes[0] !== 1) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const kind = bytes[1]!;
	const side = bytes[17]!;
	if ((kind !== 1 && kind !== 2) || side > 1) return undefined;
	if (bytes[2] !== site[0] || bytes[3] !== site[1]) return undefined;
	if (view.getUint16(4) !== place.group) return undefined;
	const distance = view.getUint16(6) - place.pole;
	if (distance < -REACH || distance > REACH) return undefined;
	if (distance === 0 && side === place.side) return undefined;
	const name = `${distance},${side}`;
	const life = view.getUint32(8);
	const counter = view.getUint32(12);
	const last = state.senders[name];
	const isSilent = last !== undefined && now - last.at >= SILENCE;
	if (last !== undefined && !isSilent) {
		const isLater = life > last.life || (life === last.life && counter > last.counter);
		if (!isLater) return undefined;
	}
	state.credit = Math.min(BUCKET, state.credit + ((now - state.creditAt) * BUCKET) / 1000);
	state.creditAt = now;
	if (state.credit < 1) return undefined;
	state.credit -= 1;
	const seal = hmac(sha256, key, bytes.slice(0, 20));
	for (let n = 0; n < 16; n++) if (seal[n] !== bytes[20 + n]) return undefined;
	state.senders[name] = { life, counter, at: now };
	const age = kind === 1 ? view.getUint16(18) : 0;
	return { kind, place: distance, side, at: now - age };
}
