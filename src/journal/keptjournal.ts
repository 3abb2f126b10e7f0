/**
 * Kept journal: the journal with its entries in flash, and the queue of events for the CMS.
 *
 * Entries of severity `repair` and `safety` are stored in the turn of the event, after the light.
 * In the first minute of a life `repair` waits until its end, because the life may be one of many
 * that end at once. An `info` entry is stored STORE_AFTER later, unless it was delivered before:
 * with a broker, hardly anything is written. Stored entries of this life and of earlier ones are
 * delivered first, oldest first, each with its own life and number; then the entries that are in
 * memory alone.
 */
import type { Millis, UtcMillis } from "../units.js";
import type { LampEvent } from "./events.js";
import type { EraseBudget, FlashDoors } from "./flashjournal.js";
import { FlashJournal } from "./flashjournal.js";
import type { JournalEntry } from "./journal.js";
import { FOLD_TIME, JOURNAL_ENTRIES, Journal } from "./journal.js";

/** At this age an entry is final: repeats are no longer counted. */
export const STORE_AFTER: Millis = FOLD_TIME;
/** From this many unstored entries on, they are stored at once, before memory displaces them. */
const MOST_UNSTORED = JOURNAL_ENTRIES - 8;
/** A younger life stores `safety` entries only, so that repeated restarts wear no flash. */
export const YOUNG: Millis = 60_000;
/** Time until the next attempt after a failed write; deliveries free space meanwhile. */
export const TRY_AGAIN: Millis = 600_000;

/** Of severity `info`, and yet a person or a program waits for them. */
const AWAITED: readonly string[] = Object.freeze(["selfTest", "updateKept"]);

/** The events that must reach the broker, one by one. */
export interface EventQueue {
	/** An event waits. */
	readonly waits: boolean;
	/** One of more than severity `info`, one that is awaited, or one of an earlier life waits, or may. */
	readonly isUrgent: boolean;
	/** The oldest waiting event, final from now on; the same until `delivered`, if it `stands`. */
	next(): JournalEntry | undefined;
	/** False: the event that `next` returned was displaced before it was delivered. */
	readonly stands: boolean;
	/** The event that `next` returned has arrived, or never can. */
	delivered(): void;
}

export class KeptJournal extends Journal implements EventQueue {
	readonly flash: FlashJournal;
	/** When entries must be stored; Infinity: none. */
	storeAt: Millis = Infinity;
	/** Entries wait for the erase of a sector. */
	isHeldUp = false;
	isUrgent = true; // earlier lives may have left any
	private unstored = 1; // the first number that is neither stored nor delivered
	private lostTo = 0; // end of the run that is reported as lost
	private isHanded = false; // an entry in memory alone is on its way

	private readonly youngUntil: Millis;

	/** `bornAt`: when this life began. */
	constructor(life: number, doors: FlashDoors, budget: EraseBudget, bornAt = -YOUNG) {
		super(life);
		this.youngUntil = bornAt + YOUNG;
		this.flash = new FlashJournal(doors, budget);
	}

	override append(event: LampEvent, now: Millis, utc: UtcMillis | undefined): number {
		const before = this.newest;
		const seq = super.append(event, now, utc);
		if (this.newest === before) return seq;
		if (this.severityOf(seq) !== "info" || AWAITED.includes(event.type)) this.isUrgent = true;
		if (this.flash.isUsable) this.storeAt = Math.min(this.storeAt, this.storeNewestAt(now));
		return seq;
	}

	private storeNewestAt(now: Millis): Millis {
		const severity = this.severityOf(this.newest);
		const isFull = this.newest - this.unstored >= MOST_UNSTORED;
		if (isFull || severity === "safety") return now;
		return severity === "info" ? now + STORE_AFTER : Math.max(now, this.youngUntil);
	}

	/** Delays storing until `at`, when entries wait for an erase. */
	storeFrom(at: Millis): void {
		this.storeAt = at;
	}

	/** Whether flash accepts entries. */
	get isStored(): boolean {
		return this.flash.isUsable;
	}

	/** The next sector of the log can be erased ahead. */
	get isEraseDue(): boolean {
		return this.flash.isEraseDue;
	}

	erase(): void {
		this.flash.erase();
	}

	get waits(): boolean {
		return this.flash.waits || this.unstored <= this.newest;
	}

	get stands(): boolean {
		return this.flash.waits || this.lostTo > 0 || this.unstored >= this.oldest;
	}

	next(): JournalEntry | undefined {
		const kept = this.flash.head();
		if (kept) return this.fresher(kept);
		if (this.unstored > this.newest) return undefined;
		this.isHanded = true;
		if (this.lostTo === 0 && this.unstored < this.oldest) this.lostTo = this.oldest - 1;
		return this.lostTo > 0 ? this.lost() : this.take(this.unstored);
	}

	/** The same entry from memory, if it is still there: repeats may have been counted since. */
	private fresher(kept: JournalEntry): JournalEntry {
		if (kept.life !== this.life) return kept;
		const remembered = this.read(kept.seq);
		const isSame = remembered?.type === kept.type && Math.floor(remembered.uptime) === kept.uptime;
		return (isSame ? this.take(kept.seq) : undefined) ?? kept;
	}

	delivered(): void {
		if (this.flash.waits) this.flash.delivered();
		else this.pass();
		this.isHanded = false;
		if (!this.waits) this.isUrgent = false;
	}

	/**
	 * Stores the entries that are due; to be called when `storeAt` has come, and before a restart.
	 * If that needs an erase which is not allowed now, all entries wait, unless one of them is of
	 * severity `safety`.
	 */
	store(now: Millis, mayErase = true): void {
		const isFree = mayErase || this.holdsSafety;
		this.isHeldUp = false;
		while (this.unstored <= this.newest && this.storeOne(now, isFree));
		const isLeft = this.unstored <= this.newest && this.flash.isUsable;
		this.storeAt = isLeft ? now + TRY_AGAIN : Infinity;
	}

	/** Stores the first unstored entry, or one `eventsLost` for a run of refused entries. */
	private storeOne(now: Millis, mayErase: boolean): boolean {
		const { flash } = this;
		if (this.isHanded && !this.stands) return false; // the queue must report that first
		let seq = Math.max(this.unstored, this.oldest);
		// An entry on its way stays the same, at any severity.
		if (!this.isHanded)
			while (seq <= this.newest && !flash.takes(this.severityOf(seq), now)) seq += 1;
		if (seq > this.newest) return false;
		this.isHeldUp = flash.isShort && !mayErase;
		if (this.isHeldUp) return false;
		if (this.lostTo === 0 && seq > this.unstored) this.lostTo = seq - 1;
		const entry = this.lostTo > 0 ? this.lost() : this.read(seq);
		if (!entry || !flash.append(entry)) return false;
		this.pass();
		this.isHanded = false;
		return true;
	}

	private get holdsSafety(): boolean {
		let seq = Math.max(this.unstored, this.oldest);
		while (seq <= this.newest && this.severityOf(seq) !== "safety") seq += 1;
		return seq <= this.newest;
	}

	private pass(): void {
		this.unstored = Math.max(this.unstored, this.lostTo) + 1;
		this.lostTo = 0;
	}

	/** The `eventsLost` for the entries up to `lostTo`, with the number and time of the last. */
	private lost(): JournalEntry {
		const then = this.read(Math.max(this.lostTo, this.oldest));
		return {
			life: this.life,
			seq: this.lostTo,
			type: "eventsLost",
			startEndFlag: undefined,
			severity: "repair",
			uptime: then?.uptime ?? 0,
			utc: then?.utc,
			count: 1,
			attributes: `{"from":${this.unstored},"to":${this.lostTo}}`,
		};
	}
}
