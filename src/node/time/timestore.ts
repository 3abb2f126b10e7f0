/**
 * Time store: what the time room must know in the next life, in one text of numbers.
 *
 * The last date that two answers agreed upon (no true date is earlier), the date reckoned by clock or
 * by the time with power, how long a switched feeder has fed the node, and the durations of the last nights.
 * Writes: one a day for the date and one for the night, 730 a year. On a switched feeder also the
 * time fed: each FED_COARSE, and each FED_FINE around the usual end; about 13 a night, 4,800 a year
 * of the 20,000 that the flash's budget allows.
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

/** What the store did not take is tried again after this, as by the journal (journal/keptjournal.ts). */
const TRY_AGAIN: Millis = 10 * MINUTE;
/** Earliest date, reckoned date, time fed, how the feeding began; then nights. */
const HEAD = 4;
const FED_COARSE: Millis = 2 * HOUR;
/** A cut is known to half of it, and midnight to a quarter. */
const FED_FINE: Millis = 10 * MINUTE;
/** While no usual end is known: finer would be beyond the budget, all night. */
const FED_UNUSUAL: Millis = 30 * MINUTE;
/** The fine steps begin so long before the usual end. */
const FED_EARLY: Millis = 40 * MINUTE;

/** How a feeding began: as the rest of another, at dusk, or in the deep night. */
const REST = 0;
const AT_DUSK = 1;
const BY_NIGHT = 2;
/** Cabinets switch at 8 lx and more, those by the clock, too; under trees a lamp sees less than half. */
const TWILIGHT_LEAST = 3;
/** The light sensor has spoken within; half an hour later a dusk is as dark as any night. */
const FIRST_LOOK: Millis = MINUTE;

export class TimeStore {
	/** A date that is past: two answers agreed upon it. */
	earliest: UtcMillis | undefined;
	dueAt: Millis = Infinity;
	/** Whether this boot is the dusk of a switched feeder. */
	isDusk = false;
	private readonly store: CountingStore;
	private keptEarliest: UtcMillis | undefined; // as the store has it
	private age: Millis = 0; // of a clock that errs as much as the one that gave `earliest`
	private switched: boolean;
	private reckoned = Number.NaN; // the date less `now`, as far as it was known; NaN: never
	private fedSince: Millis = 0; // this feeding, and those that it is the rest of
	private began = REST;
	private lookUntil: Millis = Number.NEGATIVE_INFINITY; // the light at the boot tells how it began

	constructor(store: CountingStore, switched: boolean) {
		this.store = store;
		this.switched = switched;
	}

	/** Reads what the life before knew; returns the durations of the last nights, oldest first. */
	begin(cause: PowerCause, now: Millis): readonly Millis[] {
		const numbers = (this.store.read(TIME_KEY) ?? "").split(" ").map(Number);
		const isOurs = numbers.length >= HEAD && numbers.every((n) => n >= 0 && n < Infinity);
		const [earliest, reckoned, fed, began] = isOurs ? numbers : [0, 0, 0, 0];
		if (isPlausible(earliest!)) this.earliest = this.keptEarliest = earliest;
		if (isPlausible(reckoned!)) this.reckoned = reckoned - now;
		const stored = isOurs ? numbers.slice(HEAD) : [];
		this.fedSince = now;
		if (!this.switched) return stored;
		this.dueAt = now;
		const isRestart = cause !== "powerOn" && cause !== "brownout";
		if (!isRestart) this.lookUntil = now + FIRST_LOOK;
		const lengths =
			began === AT_DUSK && !isRestart ? withLived(stored, fed! + stepOf(stored) / 2) : stored;
		const usual = usualLength(lengths);
		const isRest = began !== BY_NIGHT && usual !== undefined && isCutShort(fed!, usual);
		this.isDusk = !isRest && !isRestart;
		this.began = isRestart ? began! : this.isDusk ? AT_DUSK : REST;
		if (!this.isDusk) this.fedSince = now - fed!;
		return lengths;
	}

	/**
	 * A reading: true if this feeding, taken to begin at dusk, began in the deep night. However short
	 * it will be, the next is not the rest of it, or that is dark, too.
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

	/** Whether a switched feeder may be cut soon, as it is each night. */
	isEndNear(now: Millis, lengths: readonly Millis[]): boolean {
		const usual = usualLength(lengths);
		return this.switched && usual !== undefined && now - this.fedSince >= usual - FED_EARLY;
	}

	/** A date that is not later than `now`, as near as can be told without a clock. */
	reckonedTo(now: Millis): UtcMillis | undefined {
		return Number.isNaN(this.reckoned) ? undefined : ((this.reckoned + now) as UtcMillis);
	}

	configure(switched: boolean, now: Millis): void {
		if (switched && !this.switched) this.dueAt = now + FED_COARSE;
		this.switched = switched;
	}

	/** An answer agreed with the clock. */
	confirm(utc: UtcMillis, now: Millis): void {
		if (this.age === 0 && this.earliest !== undefined && utc < this.earliest + DAY) return;
		this.earliest = utc;
		this.age = 0;
		this.dueAt = now;
	}

	/**
	 * The bound was false: this date is the true one. `age`: it is stored so much earlier, for the next
	 * life reckons the error of its clock from there.
	 */
	disown(utc: UtcMillis, now: Millis, age: Millis = 0): void {
		this.earliest = utc;
		this.age = age;
		this.reckoned = utc - now;
		this.dueAt = now;
	}

	/** The store holds a later bound than the one in force. */
	get isBoundFalse(): boolean {
		const { earliest, keptEarliest } = this;
		return earliest !== undefined && keptEarliest !== undefined && earliest < keptEarliest;
	}

	/** The date is known. */
	note(utc: UtcMillis, now: Millis): void {
		if (!(Math.abs(utc - now - this.reckoned) < DAY)) this.dueAt = now;
	}

	/** A night was learnt. */
	nightPassed(now: Millis): void {
		this.dueAt = now;
	}

	/** Stores; `utc`: the date by whatever clock the program goes by. */
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

/** How finely the time fed was stored at a cut where it was expected, if anywhere. */
function stepOf(lengths: readonly Millis[]): Millis {
	return usualLength(lengths) === undefined ? FED_UNUSUAL : FED_FINE;
}

function nextAt(now: Millis, fed: Millis, usual: Millis | undefined): Millis {
	if (fed < SHORTEST_FED) return now + SHORTEST_FED - fed;
	if (usual === undefined) return now + FED_UNUSUAL;
	const fine = usual - FED_EARLY;
	return now + (fed < fine ? Math.min(FED_COARSE, fine - fed) : FED_FINE);
}
