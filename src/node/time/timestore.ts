/**
 * Time store: the record of the time room for the next life, as one text of numbers.
 *
 * It holds the last date on which two answers agreed (no true date is earlier), the date reckoned
 * by clock or by the time with power, the time for which a switched feeder has fed the node, and
 * the durations of the last nights. Writes: one a day for the date and one for the night, 730 a
 * year. On a switched feeder also the time fed: every FED_COARSE, and every FED_FINE around the
 * usual end of the night; about 13 a night, 4,800 a year of the 20,000 that the flash budget
 * allows.
 */
import type { PowerCause, StoreResult } from "../../host.js";
import { TIME_KEY } from "../../storekeys.js";
import { DAY, HOUR, MINUTE } from "../../time/civil.js";
import { isPlausible } from "../../time/clock.js";
import {
	isCutShort,
	type Midnight,
	SHORTEST_FED,
	usualLength,
	withLived,
} from "../../time/midnight.js";
import type { Lux, Millis, UtcMillis } from "../../units.js";
import type { CountingStore } from "../storage/countingstore.js";

/** A failed write is repeated after this time, as by the journal (journal/keptjournal.ts). */
const TRY_AGAIN: Millis = 10 * MINUTE;
/** Numbers before the nights: earliest date, reckoned date, time fed, beginning of the feeding. */
const HEAD = 4;
const FED_COARSE: Millis = 2 * HOUR;
/** A cut is located to half of this, and midnight to a quarter. */
const FED_FINE: Millis = 10 * MINUTE;
/** Step while no usual end is known: a finer one all night would exceed the flash budget. */
const FED_UNUSUAL: Millis = 30 * MINUTE;
/** The fine steps begin this long before the usual end. */
const FED_EARLY: Millis = 40 * MINUTE;

/** Beginning of a feeding: the rest of another one, at dusk, or in deep night. */
const REST = 0;
const AT_DUSK = 1;
const BY_NIGHT = 2;
/**
 * Lux; less is deep night. Cabinets switch at 8 lx and more, also those by the clock, and under
 * trees a lamp measures less than half.
 */
const TWILIGHT_LEAST = 3;
/** The first light sample comes within this; half an hour later a dusk is as dark as any night. */
const FIRST_LOOK: Millis = MINUTE;

export class TimeStore {
	/** A date that is past: two answers agreed on it. */
	earliest: UtcMillis | undefined;
	dueAt: Millis = Infinity;
	/** Whether this boot is the dusk of a switched feeder. */
	isDusk = false;
	private readonly store: CountingStore;
	private keptEarliest: UtcMillis | undefined; // the stored one
	private age: Millis = 0; // of a clock with the error of the one behind `earliest`
	private switched: boolean;
	private reckoned = Number.NaN; // the reckoned date minus `now`; NaN: no date yet
	private fedSince: Millis = 0; // start of this feeding and of those that it continues
	private began = REST;
	private lookUntil: Millis = Number.NEGATIVE_INFINITY; // light before then shows the beginning

	constructor(store: CountingStore, switched: boolean) {
		this.store = store;
		this.switched = switched;
	}

	/** Reads the record of the life before; returns the last nights' durations, oldest first. */
	begin(cause: PowerCause, now: Millis): readonly Millis[] {
		const numbers = recordIn(this.store.read(TIME_KEY));
		const earliest = numbers[0]!;
		const reckoned = numbers[1]!;
		const fed = numbers[2]!;
		const began = numbers[3]!;
		if (isPlausible(earliest)) this.earliest = this.keptEarliest = earliest;
		if (isPlausible(reckoned)) this.reckoned = reckoned - now;
		const stored = numbers.slice(HEAD);
		this.fedSince = now;
		if (!this.switched) return stored;
		this.dueAt = now;
		const isRestart = cause !== "powerOn" && cause !== "brownout";
		if (!isRestart) this.lookUntil = now + FIRST_LOOK;
		const lengths =
			began === AT_DUSK && !isRestart ? withLived(stored, fed + stepOf(stored) / 2) : stored;
		const usual = usualLength(lengths);
		const isRest = began !== BY_NIGHT && usual !== undefined && isCutShort(fed, usual);
		this.isDusk = !isRest && !isRestart;
		this.began = isRestart ? began : this.isDusk ? AT_DUSK : REST;
		if (!this.isDusk) this.fedSince = now - fed;
		return lengths;
	}

	/**
	 * Evaluates a sample of illuminance. True if this feeding, assumed to begin at dusk, began in
	 * deep night. However short such a feeding is, the next one counts as a dusk, unless that is
	 * dark, too.
	 */
	beganByNight(lux: Lux, now: Millis): boolean {
		if (now > this.lookUntil || !(lux >= 0 && lux < TWILIGHT_LEAST)) return false;
		const wasDusk = this.isDusk;
		this.lookUntil = Number.NEGATIVE_INFINITY;
		this.isDusk = false;
		this.began = BY_NIGHT;
		this.dueAt = now;
		return wasDusk;
	}

	/** Whether the usual cut of a switched feeder is near. */
	isEndNear(now: Millis, lengths: readonly Millis[]): boolean {
		const usual = usualLength(lengths);
		return this.switched && usual !== undefined && now - this.fedSince >= usual - FED_EARLY;
	}

	/** The best estimate without a clock of a date that is not later than `now`. */
	reckonedTo(now: Millis): UtcMillis | undefined {
		return Number.isNaN(this.reckoned) ? undefined : ((this.reckoned + now) as UtcMillis);
	}

	configure(switched: boolean, now: Millis): void {
		if (switched && !this.switched) this.dueAt = now + FED_COARSE;
		this.switched = switched;
	}

	/** Raises the bound to a date on which an answer and the clock agree. */
	confirm(utc: UtcMillis, now: Millis): void {
		if (this.age === 0 && this.earliest !== undefined && utc < this.earliest + DAY) return;
		this.earliest = utc;
		this.age = 0;
		this.dueAt = now;
	}

	/**
	 * Replaces a false bound by the true date. `age`: the date is stored this much earlier, because
	 * the next life reckons the error of its clock from the stored date.
	 */
	disown(utc: UtcMillis, now: Millis, age: Millis = 0): void {
		this.earliest = utc;
		this.age = age;
		this.reckoned = utc - now;
		this.dueAt = now;
	}

	/** Whether the store holds a later bound than the one in force. */
	get isBoundFalse(): boolean {
		const { earliest, keptEarliest } = this;
		return earliest !== undefined && keptEarliest !== undefined && earliest < keptEarliest;
	}

	/** Makes a write due if the known date differs from the reckoned one by a day or more. */
	note(utc: UtcMillis, now: Millis): void {
		if (!(Math.abs(utc - now - this.reckoned) < DAY)) this.dueAt = now;
	}

	/** Makes a write due, because a night was learnt. */
	nightPassed(now: Millis): void {
		this.dueAt = now;
	}

	/** Writes the record. `utc`: the date by the program's clock. */
	keep(now: Millis, nights: Midnight, utc: UtcMillis | undefined): StoreResult {
		if (utc !== undefined) this.reckoned = utc - now;
		const fed = this.switched ? now - this.fedSince : 0;
		const date = this.reckonedTo(now) ?? 0;
		const began = this.switched ? this.began : REST;
		const earliest = this.earliest === undefined ? 0 : this.earliest - this.age;
		const numbers = [earliest, date, fed, began, ...nights.lengths];
		const result = this.store.write(TIME_KEY, numbers.map(Math.round).join(" "));
		this.dueAt = this.switched ? nextAt(now, fed, usualLength(nights.lengths)) : Infinity;
		if (result === "ok") this.keptEarliest = earliest as UtcMillis;
		else this.dueAt = Math.min(this.dueAt, now + TRY_AGAIN);
		return result;
	}
}

const NOTHING: readonly number[] = Object.freeze([0, 0, 0, 0]);

/** The numbers of a stored record; zeros if it is missing or invalid. */
function recordIn(text: string | undefined): readonly number[] {
	if (text === undefined) return NOTHING;
	const numbers = text.split(" ").map(Number);
	const isOurs = numbers.length >= HEAD && numbers.every((n) => n >= 0 && n < Infinity);
	return isOurs ? numbers : NOTHING;
}

/** The step in which the time fed was stored around the expected cut, or with none expected. */
function stepOf(lengths: readonly Millis[]): Millis {
	return usualLength(lengths) === undefined ? FED_UNUSUAL : FED_FINE;
}

function nextAt(now: Millis, fed: Millis, usual: Millis | undefined): Millis {
	if (fed < SHORTEST_FED) return now + SHORTEST_FED - fed;
	if (usual === undefined) return now + FED_UNUSUAL;
	const fine = usual - FED_EARLY;
	return now + (fed < fine ? Math.min(FED_COARSE, fine - fed) : FED_FINE);
}
