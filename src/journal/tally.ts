/**
 * Tally: counts of lives, writes and erases, as marks in flash, so that no boot writes a key.
 *
 * A lamp may restart every ten seconds for a year. A mark clears one bit or two; 6,656 of them cost
 * one erase, and none costs a write of the key-value store. Two sectors at the end of the log
 * alternate; each is a row of pages that are used one after the other:
 *
 *    0 sequence   4 lives   8 losses of power   12 short lives in a row   14 of them by loss of power
 *   16 spent on writes   18 spent on erases   20 checksum of these
 *   24 marks, two a byte, the low half first; F: none yet
 *
 * A page begins with the counts up to it; its marks are added. A power cut while a mark is written
 * leaves no mark, or one of those of which it consists: a life or a loss more, a write or a step. A
 * power cut while a page is begun leaves the page before it, which is full; the next mark begins
 * another. A page of which the sequence alone is still erased is given the sequence 0 and skipped.
 *
 * All counts are in the page in use, so from a sector's last page on, the other sector is erased
 * ahead, at a moment that the node chooses, and a mark records the erase. After a power cut before
 * that mark, the sector is erased again.
 */
import type { FlashLog } from "../host.js";
import { get, isBlank, sumOf } from "./record.js";

/** At the end of the log. */
export const TALLY_SECTORS = 2;

// The marks: four of one bit, and the rest of two.
/** A boot. */
export const LIFE = 0b1110;
/** The boot came after a loss of power. */
export const LOSS = 0b1101;
/** One step of uptime passed. */
export const TIME = 0b1011;
/** A key is written. */
export const WRITE = 0b0111;
/** A sector is erased. */
export const ERASE = 0b1100;
/** This life is no longer a short one. */
export const LASTED = 0b0011;
/** The other sector is erased; torn, the mark is a life or a write. */
export const READY = 0b0110;
export type Mark =
	| typeof LIFE
	| typeof LOSS
	| typeof TIME
	| typeof WRITE
	| typeof ERASE
	| typeof LASTED
	| typeof READY;

/** Cost of a write and of an erase, in steps of uptime. */
export const WRITE_COST = 3;
export const ERASE_COST = 30;
/** Debt beyond this is cancelled: a lamp must be out of debt within a day. */
const MOST_SPENT = 144;

const PAGE = 128;
const HEAD = 24;
const SUM_AT = 20;
/** Marks on a page. */
const ROOM = 2 * (PAGE - HEAD);
/** More marks than one turn makes: saved-up writes, and the steps of a day for each. */
const SHORT = 64;
const NONE = 0b1111;
const UNUSED = 0xffff_ffff;
/** Largest number of a life: the store accepts none above it, and a count stays there. */
export const LIVES_MAX = 0xffff_fffe;
/** Largest value of two bytes; counts stay there. */
const COUNT_MAX = 0xffff;

export class Tally {
	lives = 0;
	losses = 0;
	/** Short lives in a row, this one included until it has lasted. */
	row = 0;
	/** Those of them that began with a loss of power. */
	lossRow = 0;
	/** Steps of credit spent on writes, at best 0. */
	spentOnWrites = 0;
	/** Steps of credit spent on erases, at best 0. */
	spentOnErases = 0;
	/** The tally's own erases since boot. */
	erases = 0;
	/** False: no flash for the tally, or it failed; counts are of this life alone. */
	isKept: boolean;
	private readonly flash: FlashLog;
	private sequence = 0;
	private page = -1; // of all pages of both sectors
	private count = ROOM; // marks on it
	private isReady = false; // the other sector is erased

	/** Finds the counts of earlier lives. */
	constructor(flash: FlashLog) {
		this.flash = flash;
		this.isKept = flash.sectors > TALLY_SECTORS;
		if (this.isKept) this.mount();
	}

	/** Whether no mark was ever written here. */
	get isNew(): boolean {
		return this.page < 0;
	}

	/** The other sector may be erased: its counts are no longer needed, and its space soon is. */
	get isEraseDue(): boolean {
		return this.isKept && !this.isReady && this.page >= 0 && (this.page + 1) % this.pages === 0;
	}

	/** The same, and soon a mark must erase it. */
	get isShort(): boolean {
		return this.isEraseDue && this.count >= ROOM - SHORT;
	}

	/** Erases the other sector; called when `isEraseDue`, in an erase window. */
	erase(): void {
		this.isKept = this.eraseSector(this.nextPage);
		this.mark(READY);
	}

	/** Lives count on from `lives` at least; a new page begins with them. */
	raise(lives: number): void {
		this.lives = Math.max(this.lives, lives);
		this.count = ROOM;
	}

	/** Counts a mark, and writes it if there is flash. */
	mark(mark: Mark): void {
		if (this.isKept && this.count === ROOM) this.isKept = this.turn();
		this.add(mark);
		if (!this.isKept) return;
		const at = this.placeOf(this.page) + HEAD + (this.count >> 1);
		const byte = this.count % 2 === 0 ? 0xf0 | mark : (mark << 4) | 0x0f;
		this.isKept = this.flash.write(at, Uint8Array.of(byte), 0, 1);
		this.count += 1;
	}

	private get nextPage(): number {
		return (this.page + 1) % (TALLY_SECTORS * this.pages);
	}

	private get pages(): number {
		return this.flash.sectorBytes / PAGE;
	}

	private placeOf(page: number): number {
		return (this.flash.sectors - TALLY_SECTORS) * this.flash.sectorBytes + page * PAGE;
	}

	private add(mark: number): void {
		switch (mark) {
			case LIFE:
				this.lives = Math.min(this.lives + 1, LIVES_MAX);
				this.row = Math.min(this.row + 1, COUNT_MAX);
				break;
			case LOSS:
				this.losses += 1;
				this.lossRow = Math.min(this.lossRow + 1, COUNT_MAX);
				break;
			case TIME:
				this.spentOnWrites = Math.max(0, this.spentOnWrites - 1);
				this.spentOnErases = Math.max(0, this.spentOnErases - 1);
				break;
			case WRITE:
				this.spentOnWrites = Math.min(this.spentOnWrites + WRITE_COST, MOST_SPENT);
				break;
			case ERASE:
				this.spentOnErases = Math.min(this.spentOnErases + ERASE_COST, MOST_SPENT);
				break;
			case LASTED:
				this.row = 0;
				this.lossRow = 0;
				break;
			case READY:
				this.isReady = true;
				break;
		}
	}

	/** Begins the next page, in the other sector if this one is full. */
	private turn(): boolean {
		const { flash, nextPage: next } = this;
		const bytes = new Uint8Array(HEAD);
		if (!this.load(next, bytes)) return false; // one that is torn or has decayed would lose marks
		if (next % this.pages === 0) {
			if (!(this.isReady && isBlank(bytes)) && !this.eraseSector(next)) return false;
			this.isReady = false;
		} else if (!isBlank(bytes)) {
			this.page = next;
			return flash.write(this.placeOf(next), new Uint8Array(4), 0, 4) && this.turn();
		}
		this.sequence += 1;
		const numbers = new DataView(bytes.buffer);
		numbers.setUint32(0, this.sequence, true);
		numbers.setUint32(4, this.lives, true);
		numbers.setUint32(8, this.losses, true);
		numbers.setUint16(12, this.row, true);
		numbers.setUint16(14, this.lossRow, true);
		numbers.setUint16(16, this.spentOnWrites, true);
		numbers.setUint16(18, this.spentOnErases, true);
		numbers.setUint32(SUM_AT, sumOf(bytes, 0, SUM_AT), true);
		this.page = next;
		this.count = 0;
		return flash.write(this.placeOf(next), bytes, 0, HEAD);
	}

	private eraseSector(page: number): boolean {
		const { flash } = this;
		this.erases += 1;
		return flash.erase(flash.sectors - TALLY_SECTORS + page / this.pages);
	}

	private mount(): void {
		const { pages } = this;
		const bytes = new Uint8Array(PAGE);
		let first = -1; // page of the sector in use
		let newest = 0;
		for (let sector = 0; sector < TALLY_SECTORS; sector += 1) {
			const sequence = this.read(sector * pages, bytes);
			if (!this.isKept) return; // the counts cannot be read in this life
			if (sequence <= newest) continue;
			newest = sequence;
			first = sector * pages;
		}
		if (first < 0) return;
		let used = 1; // pages of it that were written
		for (let over = pages; used < over; ) {
			const middle = (used + over) >> 1;
			if (!this.load(first + middle, bytes)) return;
			if (get(bytes, 0, 4) === UNUSED) over = middle;
			else used = middle + 1;
		}
		const last = first + used - 1;
		let intact = last;
		while (this.read(intact, bytes) === 0 && intact > first) intact -= 1; // begun as the power failed
		if (!this.isKept) return;
		this.page = last;
		this.take(bytes);
		if (intact < last) this.count = ROOM;
	}

	/** Fills `bytes` from a page; false: the flash cannot be read. */
	private load(page: number, bytes: Uint8Array): boolean {
		if (!this.flash.read(this.placeOf(page), bytes)) this.isKept = false;
		return this.isKept;
	}

	/** Reads a page; returns its sequence, or 0 if it was not begun. */
	private read(page: number, bytes: Uint8Array): number {
		if (!this.flash.read(this.placeOf(page), bytes)) this.isKept = false;
		if (!this.isKept || get(bytes, 0, 4) === UNUSED) return 0;
		return get(bytes, SUM_AT, 4) === sumOf(bytes, 0, SUM_AT) ? get(bytes, 0, 4) : 0;
	}

	private take(bytes: Uint8Array): void {
		this.sequence = get(bytes, 0, 4);
		this.lives = get(bytes, 4, 4);
		this.losses = get(bytes, 8, 4);
		this.row = get(bytes, 12, 2);
		this.lossRow = get(bytes, 14, 2);
		this.spentOnWrites = get(bytes, 16, 2);
		this.spentOnErases = get(bytes, 18, 2);
		this.count = 0;
		for (let at = HEAD; at < PAGE; at += 1) {
			const byte = bytes[at]!;
			if (byte === 255) break;
			this.add(byte & 15);
			this.add(byte >> 4);
			this.count += byte >> 4 === NONE ? 1 : 2;
		}
	}
}
