/**
 * Journal: what happened in this life, numbered, the newest JOURNAL_ENTRIES of it.
 *
 * Entries lie in columns of numbers and one array of short texts, all taken at construction: as
 * objects they would fill half of the lamp's slots. An entry becomes an object when it is read.
 */
import type { Millis, UtcMillis } from "../units.js";
import type { EventType, LampEvent, Severity, StartEndFlag } from "./events.js";
import { EVENT_TYPES, SEVERITY } from "./events.js";

/** An entry as it is read. `utc` is absent while no trusted clock was there to stamp it. */
export interface JournalEntry {
	/** 1, 2, 3 ... within a life, without gaps. */
	readonly seq: number;
	readonly type: EventType;
	readonly startEndFlag: StartEndFlag | undefined;
	readonly severity: Severity;
	/** Monotonic instant of the first. */
	readonly uptime: Millis;
	readonly utc: UtcMillis | undefined;
	/** How often it happened, repeats folded in. */
	readonly count: number;
	/** As JSON text, `{}` at least, at most ATTRIBUTES_MAX_CHARACTERS. */
	readonly attributes: string;
}

/** What outbox and console see of the journal. */
export interface JournalReader {
	/** Number of the oldest entry still held; newest + 1 if there is none. */
	readonly oldest: number;
	/** Number of the newest entry; 0 if there is none. */
	readonly newest: number;
	/** The entry as it stands; undefined if it was never written or had to give way. */
	read(seq: number): JournalEntry | undefined;
	/** Likewise, handed out: from now on its count rises no more, and repeats open a new number. */
	take(seq: number): JournalEntry | undefined;
	/** The run of entries from `next` on that had to give way; undefined if none did. */
	lostBefore(next: number): { readonly from: number; readonly to: number } | undefined;
}

/** A bad night without a broker gives about 20; 48 take 1.2 KB of columns and 60 bytes a text. */
export const JOURNAL_ENTRIES = 48;
/** Repeats within this time of the first are counted, not numbered. */
export const FOLD_TIME: Millis = 60_000;
/** Longest attributes of one entry; longer texts in them are shortened until they fit. */
export const ATTRIBUTES_MAX_CHARACTERS = 160;
/** A counter column's largest number (16 bits); it stays there. */
const COUNT_MAX = 65_535;

const FLAGS: readonly (StartEndFlag | undefined)[] = Object.freeze([undefined, "start", "end"]);

export class Journal implements JournalReader {
	newest = 0;
	private readonly types = new Uint8Array(JOURNAL_ENTRIES);
	private readonly flags = new Uint8Array(JOURNAL_ENTRIES);
	private readonly taken = new Uint8Array(JOURNAL_ENTRIES);
	private readonly counts = new Uint16Array(JOURNAL_ENTRIES);
	private readonly uptimes = new Float64Array(JOURNAL_ENTRIES);
	private readonly utcs = new Float64Array(JOURNAL_ENTRIES); // NaN: no clock
	private readonly texts: string[] = new Array(JOURNAL_ENTRIES).fill("");

	get oldest(): number {
		return Math.max(1, this.newest - JOURNAL_ENTRIES + 1);
	}

	/** Writes the event down and returns its number, or that of the entry it was folded into. */
	append(event: LampEvent, now: Millis, utc: UtcMillis | undefined): number {
		const type = EVENT_TYPES.indexOf(event.type);
		const flag = FLAGS.indexOf(event.startEndFlag);
		const text = attributesText(event.attributes);
		const same = this.foldable(type, flag, text, now);
		if (same !== undefined) {
			const place = same % JOURNAL_ENTRIES;
			this.counts[place] = Math.min(COUNT_MAX, (this.counts[place] as number) + 1);
			return same;
		}
		this.newest += 1;
		const place = this.newest % JOURNAL_ENTRIES;
		this.types[place] = type;
		this.flags[place] = flag;
		this.taken[place] = 0;
		this.counts[place] = 1;
		this.uptimes[place] = now;
		this.utcs[place] = utc ?? Number.NaN;
		this.texts[place] = text;
		return this.newest;
	}

	take(seq: number): JournalEntry | undefined {
		if (this.holds(seq)) this.taken[seq % JOURNAL_ENTRIES] = 1;
		return this.read(seq);
	}

	read(seq: number): JournalEntry | undefined {
		if (!this.holds(seq)) return undefined;
		const place = seq % JOURNAL_ENTRIES;
		const type = EVENT_TYPES[this.types[place] as number] as EventType;
		const utc = this.utcs[place] as UtcMillis;
		return {
			seq,
			type,
			startEndFlag: FLAGS[this.flags[place] as number],
			severity: SEVERITY[type],
			uptime: this.uptimes[place] as number,
			utc: Number.isNaN(utc) ? undefined : utc,
			count: this.counts[place] as number,
			attributes: this.texts[place] as string,
		};
	}

	lostBefore(next: number): { readonly from: number; readonly to: number } | undefined {
		return next < this.oldest ? { from: next, to: this.oldest - 1 } : undefined;
	}

	/** Gives a date to what happened in this life before the clock was trusted. */
	resolve(now: Millis, utc: UtcMillis): void {
		for (let place = 0; place < JOURNAL_ENTRIES; place += 1)
			if (Number.isNaN(this.utcs[place] as number) && (this.taken[place] as number) === 0)
				this.utcs[place] = utc - (now - (this.uptimes[place] as number));
	}

	private holds(seq: number): boolean {
		return Number.isInteger(seq) && seq >= this.oldest && seq <= this.newest;
	}

	/**
	 * The entry that says the same and is young and undelivered. A begin or end folds only into the
	 * latest of its type, so that the last word on a condition stays last.
	 */
	private foldable(type: number, flag: number, text: string, now: Millis): number | undefined {
		for (let seq = this.newest; seq >= this.oldest; seq -= 1) {
			const place = seq % JOURNAL_ENTRIES;
			if (now - (this.uptimes[place] as number) >= FOLD_TIME) return undefined;
			if (this.types[place] !== type) continue;
			const isSame =
				this.flags[place] === flag && this.taken[place] === 0 && this.texts[place] === text;
			if (isSame) return seq;
			if (flag !== 0) return undefined;
		}
		return undefined;
	}
}

function attributesText(attributes: object): string {
	let longest = ATTRIBUTES_MAX_CHARACTERS;
	for (;;) {
		const text = JSON.stringify(attributes, (_name, value) =>
			typeof value === "string" && value.length > longest ? `${value.slice(0, longest)}~` : value,
		);
		if (text.length <= ATTRIBUTES_MAX_CHARACTERS || longest === 0) return text;
		longest = Math.floor(longest / 2);
	}
}
