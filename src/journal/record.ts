/**
 * Record: one entry of the journal as bytes in flash.
 *
 *    0 length of the whole (16 bits)   2 the same with all bits inverted   4 FF until delivered
 *    5 flag (bits 0-1), severity (2-3)   6 count (16 bits)   8 life   12 seq (32 bits)
 *   16 uptime, ms   22 UTC, ms; all ones: none (48 bits)   28 length of the type's name
 *   29 the type's name, then the attributes, UTF-8   last four bytes: checksum of all from 5 on
 *
 * Numbers have the low byte first. The type is written by name, so that another version of the
 * firmware can deliver a type that it does not have. Flash programs the bits of a page in any order, so
 * a power cut leaves any of them. Two checks are needed: a torn length is unequal to its inverse, for
 * both only lose bits; a torn rest has a wrong checksum, while the length leads to the next record.
 */
import type { Utf8 } from "../host.js";
import type { UtcMillis } from "../units.js";
import type { EventType, Severity, StartEndFlag } from "./events.js";
import type { JournalEntry } from "./journal.js";

/** All numbers of a record, up to the name. */
export const HEAD_BYTES = 29;
const SUM_BYTES = 4;
/** Head, a name of 28, attributes of 160 characters of three bytes each, checksum; rounded up. */
export const RECORD_BYTES = 544;

const LENGTH_AT = 0;
const DELIVERED_AT = 4;
const KIND_AT = 5;
const COUNT_AT = 6;
const LIFE_AT = 8;
const SEQ_AT = 12;
const UPTIME_AT = 16;
const UTC_AT = 22;
const NAME_LENGTH_AT = 28;
const ERASED = 255;
const NO_UTC = 0xffff_ffff_ffff;

const FLAGS: readonly (StartEndFlag | undefined)[] = Object.freeze([undefined, "start", "end"]);
const SEVERITIES: readonly Severity[] = Object.freeze(["safety", "repair", "info"]);

/** Writes the entry to `into` and returns its length; 0: it does not fit. */
export function encode(entry: JournalEntry, utf8: Utf8, into: Uint8Array): number {
	const named = utf8.encode(entry.type, into, HEAD_BYTES);
	const worded = named < 0 ? -1 : utf8.encode(entry.attributes, into, HEAD_BYTES + named);
	const length = HEAD_BYTES + named + worded + SUM_BYTES;
	if (worded < 0 || length > into.length) return 0;
	put(into, LENGTH_AT, length, 2);
	put(into, LENGTH_AT + 2, 0xffff - length, 2);
	into[DELIVERED_AT] = ERASED;
	into[KIND_AT] = FLAGS.indexOf(entry.startEndFlag) + 4 * SEVERITIES.indexOf(entry.severity);
	put(into, COUNT_AT, entry.count, 2);
	put(into, LIFE_AT, entry.life, 4);
	put(into, SEQ_AT, entry.seq, 4);
	put(into, UPTIME_AT, Math.floor(entry.uptime), 6);
	put(into, UTC_AT, entry.utc === undefined ? NO_UTC : Math.floor(entry.utc), 6);
	into[NAME_LENGTH_AT] = named;
	put(into, length - SUM_BYTES, sumOf(into, KIND_AT, length - SUM_BYTES), SUM_BYTES);
	return length;
}

/** The record at the beginning of `bytes`; undefined: it was cut short or has decayed. */
export function decode(bytes: Uint8Array, utf8: Utf8): JournalEntry | undefined {
	const sumAt = lengthOf(bytes) - SUM_BYTES;
	if (sumAt < HEAD_BYTES || get(bytes, sumAt, SUM_BYTES) !== sumOf(bytes, KIND_AT, sumAt))
		return undefined;
	const name = HEAD_BYTES + bytes[NAME_LENGTH_AT]!;
	const type = utf8.decode(bytes, HEAD_BYTES, name - HEAD_BYTES);
	const attributes = utf8.decode(bytes, name, sumAt - name);
	const severity = SEVERITIES[bytes[KIND_AT]! >> 2];
	if (type === undefined || attributes === undefined || severity === undefined) return undefined;
	return {
		life: get(bytes, LIFE_AT, 4),
		seq: get(bytes, SEQ_AT, 4),
		type: type as EventType,
		startEndFlag: FLAGS[bytes[KIND_AT]! & 3],
		severity,
		uptime: get(bytes, UPTIME_AT, 6),
		utc: utcOf(bytes),
		count: get(bytes, COUNT_AT, 2),
		attributes,
	};
}

/** Length of the record with these first bytes; 0: there is none. */
export function lengthOf(head: Uint8Array): number {
	const length = get(head, LENGTH_AT, 2);
	const isWhole = length + get(head, LENGTH_AT + 2, 2) === 0xffff;
	return isWhole && length > HEAD_BYTES && length <= RECORD_BYTES ? length : 0;
}

/** Whether these bytes are still erased. */
export function isBlank(bytes: Uint8Array): boolean {
	return bytes.every((byte) => byte === ERASED);
}

/** Place, within a record, of the byte that a delivery clears. */
export const DELIVERED_BYTE = DELIVERED_AT;

export function isDelivered(head: Uint8Array): boolean {
	return head[DELIVERED_AT] !== ERASED; // also if torn on the way to 0: it was delivered
}

export function lifeOf(head: Uint8Array): number {
	return get(head, LIFE_AT, 4);
}

/** UTC less uptime of a record that has both: when its life began. */
export function beganOf(head: Uint8Array): number | undefined {
	const utc = utcOf(head);
	return utc === undefined ? undefined : utc - get(head, UPTIME_AT, 6);
}

function utcOf(head: Uint8Array): UtcMillis | undefined {
	const utc = get(head, UTC_AT, 6);
	return utc === NO_UTC ? undefined : (utc as UtcMillis);
}

/** FNV-1a, 32 bits: one step a byte; misses a torn or decayed byte once in 4 thousand million. */
export function sumOf(bytes: Uint8Array, from: number, end: number): number {
	const { imul } = Math;
	let sum = 0x811c9dc5;
	for (let at = from; at < end; at += 1) sum = imul(sum ^ bytes[at]!, 0x01000193);
	return sum >>> 0;
}

/** Sizes of the numbers in flash, in bytes. */
type Size = 2 | 4 | 6;
const HIGH = 2 ** 32;

/** Writes a whole number, low byte first; a byte array keeps the low bits, `>>>` has 32 of them. */
export function put(into: Uint8Array, at: number, value: number, size: Size): void {
	into[at] = value;
	into[at + 1] = value >>> 8;
	if (size === 2) return;
	into[at + 2] = value >>> 16;
	into[at + 3] = value >>> 24;
	if (size === 6) put(into, at + 4, Math.floor(value / HIGH), 2);
}

export function get(from: Uint8Array, at: number, size: Size): number {
	const low = from[at]! | (from[at + 1]! << 8);
	if (size === 2) return low;
	const uint32 = (low | (from[at + 2]! << 16) | (from[at + 3]! << 24)) >>> 0;
	return size === 4 ? uint32 : uint32 + get(from, at + 4, 2) * HIGH;
}
