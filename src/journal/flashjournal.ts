/**
 * Flash journal: stores entries in a ring of flash sectors until they are delivered, safe from
 * power cuts.
 *
 * Erased bytes are FF, a write only clears bits, an erase sets a sector's. A power cut leaves any of
 * the bits of a page, or of a sector under erase, as they were. Layout of a sector:
 *
 *    0 magic, written after its erase   4 sequence   8 the same with all bits inverted, both
 *   written when it is taken into use   12 FF until all its entries are delivered   16 records
 *
 * Sectors are used in a circle, which wears them evenly. Records are appended and delivered in that
 * order; a delivery clears one byte. No entry is overwritten before it is delivered, so every
 * stored entry arrives. When the sectors run out, entries of lower severity are no longer accepted.
 *
 * An erase clears the sector's head first, for a torn erase might leave a head of which the records
 * are gone. It takes 45 to 400 ms, during which the ESP32 runs nothing else; so the next sector is
 * erased ahead, at a moment that the node chooses. A write erases only if that moment never came.
 */
import type { FlashLog, Utf8 } from "../host.js";
import type { Millis } from "../units.js";
import type { Severity } from "./events.js";
import type { JournalEntry } from "./journal.js";
import {
	beganOf,
	DELIVERED_BYTE,
	decode,
	encode,
	get,
	HEAD_BYTES,
	isBlank,
	isDelivered,
	lengthOf,
	lifeOf,
	put,
	RECORD_BYTES,
} from "./record.js";
import { TALLY_SECTORS } from "./tally.js";

/** Fewer, less the tally's two, leave no room for RESERVED; 16 hold about 530 entries. */
export const LEAST_SECTORS = 8 + TALLY_SECTORS;
/** Free sectors that an entry needs to be accepted: the last ones are for severe entries. */
export const RESERVED: { readonly [S in Severity]: number } = Object.freeze({
	safety: 0,
	repair: 2,
	info: 4,
});
const SECTOR_HEAD = 16;
const MAGIC = 0x4a4e4c31; // "1LNJ"
const SEQUENCE_AT = 4;
const DONE_AT = 12;
const UNUSED = 0xffff_ffff;
const ERASED = 255;
/** Programmed at once (data sheets of serial flash); a later page only after the one before. */
const PAGE_BYTES = 256;
const NONE = -1;

export interface FlashDoors {
	readonly flashLog: FlashLog;
	readonly utf8: Utf8;
}

/** Counts erases, and limits them. */
export interface EraseBudget {
	erases(): void;
	mayErase(now: Millis, isSafety?: boolean): boolean;
}

export class FlashJournal {
	/** False: no flash log, or it failed; no more entries are accepted in this life. */
	isUsable: boolean;
	/** The next sector must be erased, and may be. */
	isEraseDue = false;
	private readonly doors: FlashDoors;
	private readonly budget: EraseBudget;
	private readonly sectors: number;
	private at = 0; // where the next record goes
	private sequence = 0; // of the present sector; 0: none yet
	private waitsAt = NONE; // the oldest undelivered record
	private isReady = false; // the next sector is erased
	private isUnread = false; // a read failed: the rest is left to the next life

	constructor(doors: FlashDoors, budget: EraseBudget) {
		this.doors = doors;
		this.budget = budget;
		this.sectors = doors.flashLog.sectors - TALLY_SECTORS;
		this.isUsable = doors.flashLog.sectors >= LEAST_SECTORS;
	}

	/** Finds the entries of earlier lives; called before any use. */
	open(): void {
		if (this.isUsable) this.mount();
	}

	/** An entry waits for delivery. */
	get waits(): boolean {
		return this.waitsAt !== NONE;
	}

	/** Whether an entry of this severity is accepted now. */
	takes(severity: Severity, now: Millis): boolean {
		if (!this.isUsable || this.freeSectors < RESERVED[severity]) return false;
		return !this.isShort || this.budget.mayErase(now, severity === "safety");
	}

	/** The next append may need an erase first. */
	get isShort(): boolean {
		return !this.isReady && this.roomHere < RECORD_BYTES;
	}

	/** Appends an entry; false: it is not stored. */
	append(entry: JournalEntry): boolean {
		const bytes = new Uint8Array(RECORD_BYTES); // rare: not worth half a kilobyte for ever
		const length = encode(entry, this.doors.utf8, bytes);
		const isPossible =
			this.isUsable && length > 0 && (this.roomHere >= length || this.openSector());
		if (!isPossible) return false;
		const { at } = this;
		if (!this.write(at, bytes, length)) return false;
		this.at += length;
		if (this.waitsAt === NONE) this.waitsAt = at;
		return true;
	}

	/** The oldest waiting entry; incomplete (power cut) and decayed records are skipped. */
	head(): JournalEntry | undefined {
		while (this.waitsAt !== NONE) {
			const bytes = this.read(this.waitsAt, lengthOf(this.read(this.waitsAt, HEAD_BYTES)));
			const entry = decode(bytes, this.doors.utf8);
			if (this.isUnread)
				this.waitsAt = NONE; // the next life delivers it
			else if (!entry) this.delivered();
			else return entry.utc === undefined ? this.dated(entry) : entry;
		}
		return undefined;
	}

	/** Marks the oldest waiting entry as delivered. */
	delivered(): void {
		const at = this.waitsAt;
		if (at === NONE) return;
		this.write(at + DELIVERED_BYTE, new Uint8Array(1), 1);
		this.waitsAt = this.nextWaiting(at);
		if (this.isUnread) this.waitsAt = NONE;
		else this.closeFrom(this.sectorOf(at));
		this.look();
	}

	/** Erases the next sector; called when `isEraseDue`, in an erase window. */
	erase(): void {
		const next = this.nextSector;
		const { flashLog } = this.doors;
		const at = next * flashLog.sectorBytes;
		this.budget.erases();
		const bytes = new Uint8Array(DONE_AT);
		const isErased = this.write(at, bytes, DONE_AT) && flashLog.erase(next);
		put(bytes, 0, MAGIC, 4);
		this.isReady = isErased && this.write(at, bytes, 4);
		this.isUsable = this.isReady;
		this.look();
	}

	/** The present sector; -1 before the first. */
	private get sector(): number {
		return this.sectorOf(this.at - 1);
	}

	private sectorOf(place: number): number {
		return Math.floor(place / this.doors.flashLog.sectorBytes);
	}

	private get nextSector(): number {
		return this.sequence === 0 ? 0 : (this.sector + 1) % this.sectors;
	}

	private get roomHere(): number {
		if (this.sequence === 0) return 0;
		return (this.sector + 1) * this.doors.flashLog.sectorBytes - this.at;
	}

	/** How many more sectors can be taken into use before one with waiting entries. */
	private get freeSectors(): number {
		if (this.waitsAt === NONE) return this.sectors - 1;
		return (this.sectorOf(this.waitsAt) - this.sector - 1 + this.sectors) % this.sectors;
	}

	/** Takes the next sector into use. */
	private openSector(): boolean {
		if (this.isUnread || this.freeSectors === 0) return false;
		if (!this.isReady) this.erase();
		if (!this.isReady) return false;
		const next = this.nextSector * this.doors.flashLog.sectorBytes;
		if (this.waitsAt === NONE && this.sequence > 0) this.close(this.sector);
		const bytes = new Uint8Array(8);
		put(bytes, 0, this.sequence + 1, 4);
		put(bytes, 4, UNUSED - this.sequence - 1, 4);
		if (!this.write(next + SEQUENCE_AT, bytes, 8)) return false;
		this.sequence += 1;
		this.at = next + SECTOR_HEAD;
		this.isReady = false;
		this.look();
		return true;
	}

	/** Marks a sector as delivered, so that a boot need not read it. */
	private close(sector: number): void {
		this.write(sector * this.doors.flashLog.sectorBytes + DONE_AT, new Uint8Array(1), 1);
	}

	/** Closes the sectors from `first` to the one before the oldest waiting entry. */
	private closeFrom(first: number): void {
		const end = this.waitsAt === NONE ? this.sector : this.sectorOf(this.waitsAt);
		for (let at = first; at !== end; at = (at + 1) % this.sectors) this.close(at);
	}

	private look(): void {
		this.isEraseDue = this.isUsable && !this.isReady && this.freeSectors > 0;
	}

	/** The next waiting record after the one at `at`, in this sector or a later one. */
	private nextWaiting(at: number): number {
		return this.waitingFrom(this.sectorOf(at), at + lengthOf(this.read(at, HEAD_BYTES)));
	}

	private waitingFrom(sector: number, from: number): number {
		const { sectorBytes } = this.doors.flashLog;
		for (let here = sector, at = from; ; ) {
			const end = here === this.sector ? this.at : (here + 1) * sectorBytes;
			while (at + HEAD_BYTES < end) {
				const head = this.read(at, HEAD_BYTES);
				const length = lengthOf(head);
				if (length === 0) break;
				if (!isDelivered(head)) return at;
				at += length;
			}
			if (here === this.sector) return NONE;
			here = (here + 1) % this.sectors;
			at = here * sectorBytes + SECTOR_HEAD;
		}
	}

	/** An undated entry, with the date that a later entry of its life implies. */
	private dated(entry: JournalEntry): JournalEntry {
		for (let at = this.waitsAt; at !== NONE; at = this.nextWaiting(at)) {
			const head = this.read(at, HEAD_BYTES);
			if (lifeOf(head) !== entry.life) break;
			const began = beganOf(head);
			if (began !== undefined)
				return { ...entry, utc: (began + entry.uptime) as NonNullable<JournalEntry["utc"]> };
		}
		return entry;
	}

	private mount(): void {
		const { flashLog } = this.doors;
		const { sectorBytes } = flashLog;
		const head = new Uint8Array(SECTOR_HEAD);
		let newest = NONE;
		let oldest = NONE; // of those with entries that may wait
		let first = Infinity;
		for (let sector = 0; sector < this.sectors; sector += 1) {
			if (!flashLog.read(sector * sectorBytes, head)) {
				this.fail();
				return;
			}
			if (head[0] === ERASED) continue; // a new lamp boots quickly
			const sequence = sequenceOf(head);
			if (sequence > this.sequence) {
				this.sequence = sequence;
				newest = sector;
			}
			if (sequence > 0 && sequence < first && head[DONE_AT] === ERASED) {
				first = sequence;
				oldest = sector;
			}
		}
		if (newest !== NONE) this.at = this.endOf(newest);
		if (oldest !== NONE) {
			this.waitsAt = this.waitingFrom(oldest, oldest * sectorBytes + SECTOR_HEAD);
			if (this.isUnread) this.waitsAt = NONE;
			else this.closeFrom(oldest);
		}
		if (!flashLog.read(this.nextSector * sectorBytes, head)) this.fail();
		this.isReady = get(head, 0, 4) === MAGIC && isBlank(head.subarray(SEQUENCE_AT));
		this.look();
	}

	/** The place after the last record of a sector; a torn record there closes the sector. */
	private endOf(sector: number): number {
		const { sectorBytes } = this.doors.flashLog;
		const end = (sector + 1) * sectorBytes;
		let at = sector * sectorBytes + SECTOR_HEAD;
		while (at + HEAD_BYTES < end) {
			const head = this.read(at, HEAD_BYTES);
			const length = lengthOf(head);
			if (length === 0) return isBlank(this.read(at, PAGE_BYTES - (at % PAGE_BYTES))) ? at : end;
			at += length;
		}
		return at;
	}

	private read(at: number, count: number): Uint8Array {
		const bytes = new Uint8Array(count);
		if (!this.doors.flashLog.read(at, bytes)) this.fail();
		return bytes;
	}

	/** A read failed: it leaves no statement about the log, which is not written any more. */
	private fail(): void {
		this.isUnread = true;
		this.isUsable = false;
	}

	private write(at: number, bytes: Uint8Array, count: number): boolean {
		if (!this.doors.flashLog.write(at, bytes, 0, count)) this.isUsable = false;
		return this.isUsable;
	}
}

/** The sequence of a sector in use; 0: it is not in use. */
function sequenceOf(head: Uint8Array): number {
	const sequence = get(head, SEQUENCE_AT, 4);
	const isWhole = sequence + get(head, SEQUENCE_AT + 4, 4) === UNUSED;
	return get(head, 0, 4) === MAGIC && isWhole && sequence !== UNUSED ? sequence : 0;
}
