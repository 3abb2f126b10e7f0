/**
 * Kept journal: the journal with its memory in flash, and the queue of what the CMS must hear.
 *
 * What matters is stored in the turn in which it happened, after the light, or when the life is a
 * minute old: until then it may be one of many that end at once. What only informs is stored
 * STORE_AFTER later, if it was not delivered before: with a broker there, hardly anything is written.
 * Stored entries of this life and of those before are delivered first, oldest first, each with its
 * own life and number; then what stands in memory alone.
 */
import type { Millis, UtcMillis } from "../units.js";
import type { LampEvent } from "./events.js";
import type { EraseBudget, FlashDoors } from "./flashjournal.js";
import { FlashJournal } from "./flashjournal.js";
import type { JournalEntry } from "./journal.js";
import { FOLD_TIME, JOURNAL_ENTRIES, Journal } from "./journal.js";

/** When an entry is as old as this, its repeats are no longer counted: it is final. */
export const STORE_AFTER: Millis = FOLD_TIME;
/** So many that wait to be stored do not wait any longer: memory must not push them out. */
export const MOST_UNSTORED = JOURNAL_ENTRIES - 8;
/** A life as young as this stores only what is `safety`: restarting over and over wears nothing. */
export const YOUNG: Millis = 60_000;
/** What the flash did not take is tried again this soon; deliveries make room meanwhile. */
export const TRY_AGAIN: Millis = 600_000;

/** What must reach the broker, one by one. */
export interface EventQueue {
	/** Something waits. */
	readonly waits: boolean;
	/** The oldest that waits, from now on final; the same until `delivered`, if it `stands`. */
	next(): JournalEntry | undefined;
	/** False: what `next` gave had to give way before it was delivered. */
	readonly stands: boolean;
	/** What `next` gave has arrived, or never can. */
	delivered(): void;
}

export class KeptJournal extends Journal implements EventQueue {
	readonly flash: FlashJournal;
	/** When something is to be stored; Infinity: nothing is. */
	storeAt: Millis = Infinity;
	/** What is to be stored waits for the erase of a sector. */
	isHeldUp = false;
	private unstored = 1; // the first number that is neither stored nor delivered
	private lostTo = 0; // the run handed out as lost ends here
	private isHanded = false; // what stands in memory alone is on its way

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
		if (this.newest > before && this.flash.isUsable) {
			this.storeAt = Math.min(this.storeAt, this.storeNewestAt(now));
		}
		return seq;
	}

	private storeNewestAt(now: Millis): Millis {
		const severity = this.severityOf(this.newest);
		const isFull = this.newest - this.unstored >= MOST_UNSTORED;
		if (isFull || severity === "safety") return now;
		return severity === "info" ? now + STORE_AFTER : Math.max(now, this.youngUntil);
	}

	/** Not before this instant: what waits for an erase is stored then. */
	storeFrom(at: Millis): void {
		this.storeAt = at;
	}

	/** Flash takes entries. */
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

	/** The same as it stands in memory, if it does: repeats may have been counted since. */
	private fresher(kept: JournalEntry): JournalEntry {
		if (kept.life !== this.life) return kept;
		const own = this.read(kept.seq);
		const isSame = own?.type === kept.type && Math.floor(own.uptime) === kept.uptime;
		return (isSame ? this.take(kept.seq) : undefined) ?? kept;
	}

	delivered(): void {
		if (this.flash.waits) this.flash.delivered();
		else this.pass();
		this.isHanded = false;
	}

	/**
	 * Stores what is to be stored; call it when `storeAt` has come, and before a restart. Where that
	 * takes an erase that is not allowed now, all waits: but not for what is `safety`, nor with it.
	 */
	store(now: Millis, mayErase = true): void {
		const isFree = mayErase || this.holdsSafety;
		this.isHeldUp = false;
		while (this.unstored <= this.newest && this.storeOne(now, isFree));
		const isLeft = this.unstored <= this.newest && this.flash.isUsable;
		this.storeAt = isLeft ? now + TRY_AGAIN : Infinity;
	}

	/** The first that is not stored, or a run of less severe ones that give way to one that is taken. */
	private storeOne(now: Millis, mayErase: boolean): boolean {
		const { flash } = this;
		if (this.isHanded && !this.stands) return false; // the queue must hear of that first
		let seq = Math.max(this.unstored, this.oldest);
		// What is on its way stays what it is, whatever it is.
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

	/** Stands for the run from the first to `lostTo`: the number of the last, the time of then. */
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
