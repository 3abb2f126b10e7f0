/**
 * Journal: the events of this life, numbered, with the newest JOURNAL_ENTRIES in memory.
 *
 * Entries are stored in one array of numbers and one of short texts, both allocated at
 * construction: as objects they would fill half of the lamp's slots. An entry becomes an object
 * when it is read.
 */
import type { Millis, UtcMillis } from "../units.js";
import type { EventType, LampEvent, Severity, StartEndFlag } from "./events.js";
import { EVENT_TYPES, SEVERITY } from "./events.js";
import { Noise } from "./noise.js";

/** An entry as read. `utc` is absent while no trusted clock could date it. */
export interface JournalEntry {
	/** The life of the event. */
	readonly life: number;
	/** 1, 2, 3 ... within a life, without gaps. */
	readonly seq: number;
	readonly type: EventType;
	readonly startEndFlag: StartEndFlag | undefined;
	readonly severity: Severity;
	/** Monotonic instant of the first occurrence, in its life. */
	readonly uptime: Millis;
	readonly utc: UtcMillis | undefined;
	/** Number of occurrences, folded repeats included. */
	readonly count: number;
	/** As JSON text, `{}` at least, at most ATTRIBUTES_MAX_CHARACTERS. */
	readonly attributes: string;
}

/** The console's view of the journal: the newest entries of this life. */
export interface JournalReader {
	/** Number of the oldest entry still in memory; newest + 1 if there is none. */
	readonly oldest: number;
	/** Number of the newest entry; 0 if there is none. */
	readonly newest: number;
	/** The entry in its present state; undefined if it never existed or was displaced. */
	read(seq: number): JournalEntry | undefined;
}

/** A bad night has about 20; displaced entries remain in flash. 32 take 768 bytes and the texts. */
export const JOURNAL_ENTRIES = 32;
/** Repeats within this time of the first are counted, not numbered. */
export const FOLD_TIME: Millis = 60_000;
/** Longest attributes of one entry; longer texts in them are shortened until they fit. */
export const ATTRIBUTES_MAX_CHARACTERS = 160;
/** Largest value of a counter (16 bits); it stays there. */
const COUNT_MAX = 65_535;

const FLAGS: readonly (StartEndFlag | undefined)[] = Object.freeze([undefined, "start", "end"]);

/** Numbers of an entry: uptime; UTC, NaN without a clock; type, flag, taken and count in one. */
const FIELDS = 3;
const FLAG = 256;
const TAKEN = 1024;
const COUNT = 2048;

export class Journal implements JournalReader {
	newest = 0;
	readonly life: number;
	private readonly numbers = new Float64Array(JOURNAL_ENTRIES * FIELDS);
	private readonly texts: string[] = new Array(JOURNAL_ENTRIES).fill("");
	private readonly noise = new Noise();

	constructor(life: number) {
		this.life = life;
	}

	get oldest(): number {
		return Math.max(1, this.newest - JOURNAL_ENTRIES + 1);
	}

	/**
	 * Records an event and returns its number, or that of the entry into which it was folded.
	 * Events of a noisy type beyond its cap are only counted (`eventsCapped`); the newest number is
	 * returned for them.
	 */
	append(event: LampEvent, now: Millis, utc: UtcMillis | undefined): number {
		const type = EVENT_TYPES.indexOf(event.type);
		const flag = FLAGS.indexOf(event.startEndFlag);
		const text = attributesText(event.attributes);
		const same = this.foldable(type, flag, text, now);
		if (same !== undefined) {
			const place = placeOf(same) + 2;
			const rest = this.numbers[place]!;
			if (rest < COUNT * COUNT_MAX) this.numbers[place] = rest + COUNT;
			return same;
		}
		if (event.type !== "eventsCapped") this.hush(now, utc);
		if (!this.noise.admits(type, flag, now)) {
			const capped = this.noise.cappedFirst(type);
			if (capped) this.append(capped, now, utc);
			return this.newest;
		}
		this.newest += 1;
		const place = placeOf(this.newest);
		this.numbers[place] = now;
		this.numbers[place + 1] = utc ?? Number.NaN;
		this.numbers[place + 2] = type + FLAG * flag + COUNT;
		this.texts[this.newest % JOURNAL_ENTRIES] = text;
		return this.newest;
	}

	/** When an hour with capped events ends. */
	get hushAt(): Millis {
		return this.noise.dueAt;
	}

	/** Records the capped events of a past hour; to be called when `hushAt` has come. */
	hush(now: Millis, utc: UtcMillis | undefined): void {
		for (let capped = this.noise.over(now); capped; capped = this.noise.over(now))
			this.append(capped, now, utc);
	}

	read(seq: number): JournalEntry | undefined {
		if (!this.holds(seq)) return undefined;
		const place = placeOf(seq);
		const rest = this.numbers[place + 2]!;
		const type = this.typeOf(seq);
		const utc = this.numbers[place + 1] as UtcMillis;
		return {
			life: this.life,
			seq,
			type,
			startEndFlag: FLAGS[(rest / FLAG) & 3],
			severity: SEVERITY[type],
			uptime: this.numbers[place]!,
			utc: Number.isNaN(utc) ? undefined : utc,
			count: Math.floor(rest / COUNT),
			attributes: this.texts[seq % JOURNAL_ENTRIES]!,
		};
	}

	/** The same, handed out for delivery: its count is final, and repeats get a new number. */
	take(seq: number): JournalEntry | undefined {
		if (this.holds(seq)) this.numbers[placeOf(seq) + 2]! |= TAKEN;
		return this.read(seq);
	}

	/** Dates the events of this life from before the clock was trusted. */
	resolve(now: Millis, utc: UtcMillis): void {
		for (let seq = this.oldest; seq <= this.newest; seq += 1) {
			const place = placeOf(seq);
			if (Number.isNaN(this.numbers[place + 1]!) && !this.isTaken(seq))
				this.numbers[place + 1] = utc - (now - this.numbers[place]!);
		}
	}

	protected severityOf(seq: number): Severity {
		return SEVERITY[this.typeOf(seq)];
	}

	private holds(seq: number): boolean {
		return Number.isInteger(seq) && seq >= this.oldest && seq <= this.newest;
	}

	private typeOf(seq: number): EventType {
		return EVENT_TYPES[this.numbers[placeOf(seq) + 2]! & (FLAG - 1)] as EventType;
	}

	private isTaken(seq: number): boolean {
		return (this.numbers[placeOf(seq) + 2]! & TAKEN) !== 0;
	}

	/**
	 * The number of an equal entry that is recent and undelivered. A begin or end folds only into
	 * the latest of its type, so that the last state of a condition stays last.
	 */
	private foldable(type: number, flag: number, text: string, now: Millis): number | undefined {
		for (let seq = this.newest; seq >= this.oldest; seq -= 1) {
			const place = placeOf(seq);
			if (now - this.numbers[place]! >= FOLD_TIME) return undefined;
			const rest = this.numbers[place + 2]!;
			if ((rest & (FLAG - 1)) !== type) continue;
			const isSame =
				((rest / FLAG) & 3) === flag &&
				!this.isTaken(seq) &&
				this.texts[seq % JOURNAL_ENTRIES] === text;
			if (isSame) return seq;
			if (flag !== 0) return undefined;
		}
		return undefined;
	}
}

function placeOf(seq: number): number {
	return (seq % JOURNAL_ENTRIES) * FIELDS;
}

function attributesText(attributes: object): string {
	let text = JSON.stringify(attributes);
	for (let longest = ATTRIBUTES_MAX_CHARACTERS; text.length > ATTRIBUTES_MAX_CHARACTERS; ) {
		text = JSON.stringify(attributes, (_name, value) =>
			typeof value === "string" && value.length > longest ? `${value.slice(0, longest)}~` : value,
		);
		if (longest === 0) return text;
		longest = Math.floor(longest / 2);
	}
	return text;
}
