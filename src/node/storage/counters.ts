/**
 * Counters: totals that survive a restart, and the times at which they are stored.
 *
 * The stored text is one line of numbers: energy, energy of the old lamp, lit time, switch-ons,
 * road users, the start of their count, and a bound each for energy, lit time and switch-ons. No
 * report exceeds its bound before the next store, so no reported counter runs backwards. A power
 * cut loses what was added since the last store, an hour's worth at most; later lives then report
 * the bound until the count has caught up with it.
 */
import type { Store, StoreResult } from "../../host.js";
import { dayOfBook, turn } from "../../meter/days.js";
import { Ledger } from "../../meter/ledger.js";
import type { Meter, MeterCounters } from "../../meter/meter.js";
import { COUNTERS_KEY, DAYS_KEY } from "../../storekeys.js";
import type { Millis, UtcMillis } from "../../units.js";
import { takeHandover } from "./handover.js";

/** One hour: 8,760 writes a year, of the 20,000 that the flash budget allows. */
export const STORE_INTERVAL: Millis = 3_600_000;
const HOUR: Millis = 3_600_000;
/** A clock that was set back by less than this, as time servers do, begins no other hour. */
const SLIP: Millis = 60_000;
/** Switch-ons reported beyond the stored count at most; further ones wait for the next store. */
const SWITCH_ONS_AHEAD = 100;
/** Bounds are rounded up where they are stored, counts to the nearest. */
const PRECISION_Wh = 0.002;
const SECOND: Millis = 1000;
const NOTHING: readonly number[] = Object.freeze([0, 0, 0, 0, 0, 0, 0, 0, 0]);

export class Counters {
	roadUsers: number;
	/** Start of the count of road users; undefined until a date is known. */
	since: UtcMillis | undefined;
	private readonly ledger: Ledger;
	/** When the counters are stored next. */
	dueAt: Millis;
	private readonly store: Store;
	private day: number | undefined; // the current night in the book of days
	// Lower bounds: earlier lives may have reported as much. Upper bounds: no report exceeds them.
	private readonly leastEnergy: number;
	private leastLit: Millis;
	private readonly leastSwitchOns: number;
	private mostEnergy: number;
	private mostLit: Millis;
	private mostSwitchOns: number;

	/** Continues from the stored text; a missing or invalid one counts from 0. */
	constructor(store: Store, now: Millis) {
		takeHandover(store, COUNTERS_KEY, DAYS_KEY);
		this.store = store;
		const text = store.read(COUNTERS_KEY);
		const numbers = numbersIn(text);
		// no report before the first store; nor beyond the bounds of a life that ended in order
		const isBound = numbers[8]! <= numbers[3]!; // whole numbers, which no rounding moves
		this.dueAt = isBound ? now : now + STORE_INTERVAL;
		this.roadUsers = numbers[4]!;
		this.since = numbers[5] ? (numbers[5] as UtcMillis) : undefined;
		this.mostEnergy = this.leastEnergy = numbers[6]!;
		this.mostLit = this.leastLit = numbers[7]!;
		this.mostSwitchOns = this.leastSwitchOns = numbers[8]!;
		this.day = dayOfBook(this.book());
		this.ledger = new Ledger(numbers[0]!, now);
	}

	/** Begins the count of road users when a date becomes known; one from a wrong date begins anew. */
	dated(utc: UtcMillis): void {
		if (this.since === undefined || this.since > utc) this.since = utc;
	}

	/** Energy of the nth hour back, Wh; 0 is the last complete hour. */
	hour_Wh(index: number): number | undefined {
		return this.ledger.hour(index);
	}

	/** When the last complete hour ended. */
	get hourEndedAt(): Millis {
		return this.ledger.closedAt;
	}

	/** The stored counters, from which the meter continues. */
	resumed(): MeterCounters {
		const numbers = numbersIn(this.store.read(COUNTERS_KEY));
		return {
			activeEnergy_Wh: numbers[0]!,
			oldLampEnergy_Wh: numbers[1]!,
			litTime: numbers[2]!,
			switchOnCounter: numbers[3]!,
		};
	}

	/**
	 * Stores the counters. `meter`: updated to this instant; `most`: greatest power, W. `isLast`:
	 * the life ends in order and reports no more, so the bounds are the counts themselves.
	 */
	keep(meter: Meter, roadUsers: number, most: number, isLast = false): StoreResult {
		const { activeEnergy_Wh, litTime, switchOnCounter } = meter.counters();
		this.roadUsers = roadUsers;
		const ahead = isLast ? 0 : STORE_INTERVAL;
		// Rounded up to the stored precision: a later life must not read less than was reported. The
		// product itself may be rounded down to a whole number.
		const energy = activeEnergy_Wh + most * (ahead / HOUR);
		const bound = Math.ceil(1000 * energy) / 1000;
		const mostEnergy = Math.max(this.leastEnergy, bound < energy ? bound + 0.001 : bound);
		const mostLit = Math.max(this.leastLit, Math.ceil(litTime) + ahead);
		const switchOns = switchOnCounter + (isLast ? 0 : SWITCH_ONS_AHEAD);
		const mostSwitchOns = Math.max(this.leastSwitchOns, switchOns);
		const bounds = [mostEnergy, mostLit, mostSwitchOns] as const;
		const text = textOf(meter.counters(), roadUsers, this.since, bounds);
		const result = this.store.write(COUNTERS_KEY, text);
		if (result !== "ok") return result; // the bounds stay as they were
		this.mostEnergy = mostEnergy;
		this.mostLit = mostLit;
		this.mostSwitchOns = mostSwitchOns;
		return "ok";
	}

	/** The light source was replaced: reported hours begin at 0 again. */
	renewLit(): void {
		this.leastLit = 0;
	}

	/** Closes an hour; the next ends with the hour of `utc`, or without a date an hour from now. */
	closeHour(now: Millis, meter: Meter, utc: UtcMillis | undefined): void {
		this.ledger.close(1000 * meter.activeEnergy_kWh, now);
		const past = utc === undefined ? 0 : ((utc + SLIP) % STORE_INTERVAL) - SLIP;
		this.dueAt = now + STORE_INTERVAL - past;
	}

	/**
	 * Begins `day` in the book of days, if it is a new night. `meter`: updated to this instant. A
	 * write that fails is repeated in an hour.
	 */
	onNight(day: number, meter: Meter): StoreResult {
		if (day === this.day) return "ok";
		const book = this.book();
		const { activeEnergy_Wh, oldLampEnergy_Wh } = meter.counters();
		const next = turn(book, day, activeEnergy_Wh, oldLampEnergy_Wh);
		const result = next === book ? "ok" : this.store.write(DAYS_KEY, next);
		if (result === "ok") this.day = day;
		return result;
	}

	/** The energy of the last nights, as text (meter/days.ts). */
	book(): string {
		return this.store.read(DAYS_KEY) ?? "";
	}

	/** Whether a report shows a bound of an earlier life, that a power cut ended, in place of a count. */
	isReserved({ activeEnergy_Wh, litTime, switchOnCounter }: MeterCounters): boolean {
		if (switchOnCounter < this.leastSwitchOns || litTime + SECOND < this.leastLit) return true;
		return activeEnergy_Wh + PRECISION_Wh < this.leastEnergy;
	}

	/** The energy to report: not less than before a power cut, not more than the stored bound. */
	reportedEnergy_kWh(active_kWh: number): number {
		return Math.min(Math.max(1000 * active_kWh, this.leastEnergy), this.mostEnergy) / 1000;
	}

	/** The hours to report, between the same bounds. */
	reportedHours(hours: number): number {
		const least = Math.max(hours * HOUR, this.leastLit);
		return Math.min(least, this.mostLit) / HOUR;
	}

	/** The switch-ons to report, between the same bounds. */
	reportedSwitchOns(switchOns: number): number {
		return Math.min(Math.max(switchOns, this.leastSwitchOns), this.mostSwitchOns);
	}
}

/** The numbers of a stored text, in the order of `textOf`; zeros if it is missing or invalid. */
function numbersIn(text: string | undefined): readonly number[] {
	if (text === undefined) return NOTHING;
	const numbers = text.split(" ").map(Number);
	const isOurs = numbers.length === NOTHING.length && numbers.every((n) => n >= 0 && n < Infinity);
	return isOurs ? numbers : NOTHING;
}

/** The stored text. The last parameter: bounds of energy (Wh), lit time (ms) and switch-ons. */
export function textOf(
	{ activeEnergy_Wh, oldLampEnergy_Wh, litTime, switchOnCounter }: MeterCounters,
	roadUsers: number,
	since: UtcMillis | undefined,
	[mostEnergy, mostLit, mostSwitchOns]: readonly [number, number, number],
): string {
	return [
		activeEnergy_Wh.toFixed(3),
		oldLampEnergy_Wh.toFixed(3),
		Math.round(litTime),
		switchOnCounter,
		roadUsers,
		since ?? 0,
		mostEnergy.toFixed(3),
		mostLit,
		mostSwitchOns,
	].join(" ");
}
