/**
 * Flash journal: entries in a ring of flash sectors until they are delivered, safe from power cuts.
 *
 * Erased bytes are FF, a write only clears bits, an erase takes a sector. A sector begins with
 *
 *    0 magic, written when its erase is over   4 sequence   8 the same with all bits turned, both
 *   written when it is taken into use   12 FF until all in it is delivered   16 records
 *
 * Sectors are used in a circle, which wears them evenly. Records are written behind one another and
 * delivered in that order; a delivery clears one byte. Nothing is overwritten before it is delivered:
 * what was stored arrives. When the sectors run out the less severe is not taken any more.
 *
 * An erase takes 45 to 400 ms, in which the ESP32 runs nothing else; so the next sector is erased
 * ahead, at a moment the node chooses, and a write erases only where that moment never came.
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

/** Fewer, the tally's two left out, give no room to the three severities; 16 hold about 530 entries. */
export const LEAST_SECTORS = 8 + TALLY_SECTORS;
/** Sectors that must still be free for an entry to be taken: the last are kept for the worst. */
export const RESERVED: { readonly [S in Severity]: number } = Object.freeze({
	safety: 0,
	repair: 2,
	info: 4,
});
export const SECTOR_HEAD = 16;
const MAGIC = 0x4a4e4c31; // "1LNJ"
const SEQUENCE_AT = 4;
const DONE_AT = 12;
const UNUSED = 0xffff_ffff;
const ERASED = 255;
const NONE = -1;

export interface FlashDoors {
	readonly flashLog: FlashLog;
	readonly utf8: Utf8;
}

/** Who counts erases, and says whether there may be one. */
export interface EraseBudget {
	erases(): void;
	mayErase(now: Millis, isSafety?: boolean): boolean;
}

export class FlashJournal {
	/** False: there is none, or it failed; nothing more is taken in this life. */
	isUsable: boolean;
	/** The sector after the one written to must be erased, and may be. */
	isEraseDue = false;
	private readonly doors: FlashDoors;
	private readonly budget: EraseBudget;
	private readonly sectors: number;
	private at = 0; // where the next record goes
	private sequence = 0; // of the sector written to; 0: none yet
	private waitsAt = NONE; // the oldest that is not delivered
	private isReady = false; // the next sector is erased

	/** Finds what earlier lives left. */
	constructor(doors: FlashDoors, budget: EraseBudget) {
		this.doors = doors;
		this.budget = budget;
		this.sectors = doors.flashLog.sectors - TALLY_SECTORS;
		this.isUsable = doors.flashLog.sectors >= LEAST_SECTORS;
		if (this.isUsable) this.mount();
	}

	/** Something waits for delivery. */
	get waits(): boolean {
		return this.waitsAt !== NONE;
	}

	/** Whether an entry of this severity is taken now. */
	takes(severity: Severity, now: Millis): boolean {
		if (!this.isUsable || this.freeSectors < RESERVED[severity]) return false;
		return !this.isShort || this.budget.mayErase(now, severity === "safety");
	}

	/** What is appended next may have to wait for an erase. */
	get isShort(): boolean {
		return !this.isReady && this.roomHere < RECORD_BYTES;
	}

	/** Writes it behind the others; false: it is not stored. */
	append(entry: JournalEntry): boolean {
		const bytes = new Uint8Array(RECORD_BYTES); // rarely: not worth half a kilobyte for ever
		const length = encode(entry, this.doors.utf8, bytes);
		const isPossible = this.isUsable && length > 0 && (this.roomHere >= length || this.open());
		if (!isPossible) return false;
		const { at } = this;
		if (!this.write(at, bytes, length)) return false;
		this.at += length;
		if (this.waitsAt === NONE) this.waitsAt = at;
		return true;
	}

	/** The oldest that waits; what a power cut left half written or has decayed is passed over. */
	head(): JournalEntry | undefined {
		while (this.waitsAt !== NONE) {
			const bytes = this.read(this.waitsAt, lengthOf(this.read(this.waitsAt, HEAD_BYTES)));
			const entry = decode(bytes, this.doors.utf8);
			if (!entry) this.delivered();
			else return entry.utc === undefined ? this.dated(entry) : entry;
		}
		return undefined;
	}

	/** The oldest is delivered. */
	delivered(): void {
		const at = this.waitsAt;
		if (at === NONE) return;
		this.write(at + DELIVERED_BYTE, new Uint8Array(1), 1);
		this.waitsAt = this.nextWaiting(at);
		this.closeFrom(this.sectorOf(at));
		this.look();
	}

	/** Erases the next sector; call it when `isEraseDue`, at a moment at which nothing is lost by it. */
	erase(): void {
		const next = this.nextSector;
		const { flashLog } = this.doors;
		this.budget.erases();
		const bytes = new Uint8Array(4);
		put(bytes, 0, MAGIC, 4);
		this.isReady = flashLog.erase(next) && this.write(next * flashLog.sectorBytes, bytes, 4);
		this.isUsable = this.isReady;
		this.look();
	}

	/** The sector written to; -1 before the first. */
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

	/** How many more sectors can be taken into use before one that still holds something. */
	private get freeSectors(): number {
		if (this.waitsAt === NONE) return this.sectors - 1;
		return (this.sectorOf(this.waitsAt) - this.sector - 1 + this.sectors) % this.sectors;
	}

	/** Takes the next sector into use. */
	private open(): boolean {
		if (this.freeSectors === 0) return false;
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

	/** Notes that all in a sector is delivered: a boot need not read it. */
	private close(sector: number): void {
		this.write(sector * this.doors.flashLog.sectorBytes + DONE_AT, new Uint8Array(1), 1);
	}

	/** Closes the sectors from `first` to the one before that in which something waits. */
	private closeFrom(first: number): void {
		const end = this.waitsAt === NONE ? this.sector : this.sectorOf(this.waitsAt);
		for (let at = first; at !== end; at = (at + 1) % this.sectors) this.close(at);
	}

	private look(): void {
		this.isEraseDue = this.isUsable && !this.isReady && this.freeSectors > 0;
	}

	/** The first place after the record at `at` that waits, in this sector or a later one. */
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

	/** An entry without a date, with the one that a later entry of its life gives it. */
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
		let oldest = NONE; // of those in which something may wait
		let first = Infinity;
		for (let sector = 0; sector < this.sectors; sector += 1) {
			flashLog.read(sector * sectorBytes, head);
			const sequence = head[0] === ERASED ? 0 : sequenceOf(head); // a new lamp's boot is quick
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
			this.closeFrom(oldest);
		}
		flashLog.read(this.nextSector * sectorBytes, head);
		this.isReady = get(head, 0, 4) === MAGIC && get(head, SEQUENCE_AT, 4) === UNUSED;
		this.look();
	}

	/** Behind the last record of a sector; one whose length was torn closes it. */
	private endOf(sector: number): number {
		const { sectorBytes } = this.doors.flashLog;
		const end = (sector + 1) * sectorBytes;
		let at = sector * sectorBytes + SECTOR_HEAD;
		while (at + HEAD_BYTES < end) {
			const head = this.read(at, HEAD_BYTES);
			const length = lengthOf(head);
			if (length === 0) return isBlank(head) ? at : end;
			at += length;
		}
		return at;
	}

	private read(at: number, count: number): Uint8Array {
		const bytes = new Uint8Array(count);
		this.doors.flashLog.read(at, bytes);
		return bytes;
	}

	private write(at: number, bytes: Uint8Array, count: number): boolean {
		if (!this.doors.flashLog.write(at, bytes, 0, count)) this.isUsable = false;
		return this.isUsable;
	}
}

/** Of a sector in use; 0: it is not. */
function sequenceOf(head: Uint8Array): number {
	const sequence = get(head, SEQUENCE_AT, 4);
	const isWhole = sequence + get(head, SEQUENCE_AT + 4, 4) === UNUSED;
	return get(head, 0, 4) === MAGIC && isWhole && sequence !== UNUSED ? sequence : 0;
}
