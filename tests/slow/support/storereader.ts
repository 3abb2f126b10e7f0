/**
 * Store reader: keys and values out of the bytes of flash, by the description at the head of
 * hosts/virtual/machine/store.c and without its code.
 */
import { SECTOR_BYTES } from "../../../hosts/bare/layout.js";

const MAGIC = 0x31534e4c;
const RECORDS_AT = 20;
const MARK = 0x5a;
const HEAD = 8;
const ERASED = 2;

function crcOf(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}

function* recordsOf(sector: Buffer): Generator<[key: string, value: string | undefined]> {
	for (let at = RECORDS_AT; at + HEAD + 4 <= sector.length && sector[at] === MARK; ) {
		const keyBytes = sector[at + 2]!;
		const length = HEAD + keyBytes + sector.readUInt16LE(at + 4);
		if (at + length + 4 > sector.length) return;
		const record = sector.subarray(at, at + length);
		if (crcOf(record) !== sector.readUInt32LE(at + length)) return;
		const key = record.toString("latin1", HEAD, HEAD + keyBytes);
		yield [key, record[1] === ERASED ? undefined : record.toString("utf8", HEAD + keyBytes)];
		at += (length + 4 + 3) & ~3;
	}
}

/** Of each key that has a value, the value: the last record of the sectors in their sequence. */
export function storeIn(flash: Buffer): ReadonlyMap<string, string> {
	const sectors: { sequence: number; sector: Buffer }[] = [];
	for (let at = 0; at < flash.length; at += SECTOR_BYTES) {
		const sector = flash.subarray(at, at + SECTOR_BYTES);
		const isWhole = sector.readUInt32LE(0) === MAGIC && sector.readUInt32LE(4) > 0;
		if (isWhole && crcOf(sector.subarray(0, 12)) === sector.readUInt32LE(12))
			sectors.push({ sequence: sector.readUInt32LE(4), sector });
	}
	const values = new Map<string, string>();
	for (const { sector } of sectors.sort((a, b) => a.sequence - b.sequence))
		for (const [key, value] of recordsOf(sector))
			if (value === undefined) values.delete(key);
			else values.set(key, value);
	return values;
}
