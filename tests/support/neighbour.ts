/**
 * Neighbour: datagrams of other poles, put together with Node's crypto and the page in docs alone.
 */
import { createHmac } from "node:crypto";

export const KEY = "0123456789abcdef";
export const SITE = "liege";
export const GROUP = 7;

export interface Said {
	readonly pole: number;
	readonly side?: number;
	readonly life?: number;
	readonly counter?: number;
	readonly hopsLeft?: number;
	readonly age?: number;
	readonly kind?: number;
	readonly group?: number;
	readonly site?: string;
	readonly key?: string;
}

/** The 36 bytes of docs/neighbours.md. */
export function datagramOf(message: Said): Buffer {
	const { pole, side = 0, life = 1, counter = 1, hopsLeft = 5, age = 0, kind = 1 } = message;
	const { group = GROUP, site = SITE, key = KEY } = message;
	const derived = createHmac("sha256", key).update(`luminode neighbours 1/${site}`).digest();
	const bytes = Buffer.alloc(20);
	bytes[0] = 1;
	bytes[1] = kind;
	createHmac("sha256", derived).update("id").digest().copy(bytes, 2, 0, 2);
	bytes.writeUInt16BE(group, 4);
	bytes.writeUInt16BE(pole, 6);
	bytes.writeUInt32BE(life, 8);
	bytes.writeUInt32BE(counter, 12);
	bytes[16] = hopsLeft;
	bytes[17] = side;
	bytes.writeUInt16BE(age, 18);
	const seal = createHmac("sha256", derived).update(bytes).digest().subarray(0, 16);
	return Buffer.concat([bytes, seal]);
}

/** What a datagram says, unproven. */
export function saidIn(bytes: Buffer): Required<Omit<Said, "site" | "key">> {
	return {
		kind: bytes[1]!,
		group: bytes.readUInt16BE(4),
		pole: bytes.readUInt16BE(6),
		life: bytes.readUInt32BE(8),
		counter: bytes.readUInt32BE(12),
		hopsLeft: bytes[16]!,
		side: bytes[17]!,
		age: bytes.readUInt16BE(18),
	};
}
