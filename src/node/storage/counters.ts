/**
 * Counters: the counters that outlive a boot, and how often they are stored.
 *
 * One text of numbers: energy, old lamp's energy, lit time, switch-ons, road users, since when, and up
 * to where energy, lit time and switch-ons may be told before the next time it is stored. That bound
 * is why no counter that was told ever runs backwards: a power cut takes what was added since the last
 * store, an hour's worth at most, and the lives after it tell the bound until they have caught up.
 */
import type { Store, StoreResult } from "../../host.js";
import { dayOfBook, turn } from "../../meter/days.js";
import { Ledger } from "../../meter/ledger.js";
import type { Meter, MeterCounters } from "../../meter/meter.js";
import { COUNTERS_KEY, DAYS_KEY } from "../../storekeys.js";
import type { Millis, UtcMillis } from "../../units.js";
import { takeHandover } from "./handover.js";

/** 8,760 writes a year of the 20,000 that the flash's budget allows. */
export const STORE_INTERVAL: Millis = 3_600_000;
const HOUR: Millis = 3_600_000;
/** Told at most, beyond what is stored: more in an hour is told when it is stored. */
const SWITCH_ONS_AHEAD = 100;
const FIELDS = 9;

export class Counters {
	roadUsers: number;
	/** Since when road users are counted; undefined until a date is known. */
	since: UtcMillis | undefined;
	private readonly ledger: Ledger;
	/** When the counters are to be stored next. */
	dueAt: Millis;
	private readonly store: Store;
	private day: number | undefined; // of the night under way in the book of days
	// What was told by lives before at most, and what may be told now.
	private readonly leastEnergy: number;
	private leastLit: Millis;
	private readonly leastSwitchOns: number;
	private mostEnergy: number;
	private mostLit: Millis;
	private mostSwitchOns: number;

	/** Goes on from what is stored; anything that is not ours counts from 0. */
	constructor(store: Store, now: Millis) {
		takeHandover(store, COUNTERS_KEY, DAYS_KEY);
		this.store = store;
		const isNew = store.read(COUNTERS_KEY) === undefined;
		this.dueAt = isNew ? now : now + STORE_INTERVAL; // before the first text nothing may be told
		const [energy, , , , users, since, mostEnergy, mostLit, mostSwitchOns] = this.numbers();
		this.roadUsers = users!;
		this.since = since ? (since as UtcMillis) : undefined;
		this.mostEnergy = this.leastEnergy = mostEnergy!;
		this.mostLit = this.leastLit = mostLit!;
		this.mostSwitchOns = this.leastSwitchOns = mostSwitchOns!;
		this.day = dayOfBook(this.book());
		this.ledger = new Ledger(energy!, now);
	}

	/** A date became known. */
	dated(utc: UtcMillis): void {
		this.since ??= utc;
	}

	/** Energy of the nth last hour that is over, Wh. */
	hour_Wh(nth: number): number | undefined {
		return this.ledger.hour(nth);
	}

	/** When the last of them ended. */
	get hourEndedAt(): Millis {
		return this.ledger.closedAt;
	}

	/** What the meter goes on from. */
	resumed(): MeterCounters {
		const [activeEnergy_Wh, oldLampEnergy_Wh, litTime, switchOnCounter] = this.numbers();
		return {
			activeEnergy_Wh: activeEnergy_Wh!,
			oldLampEnergy_Wh: oldLampEnergy_Wh!,
			litTime: litTime!,
			switchOnCounter: switchOnCounter!,
		};
	}

	/** Stores what was counted; `meter` is of now. `most`: what the lamp can draw. */
	keep(meter: Meter, roadUsers: number, most: number): StoreResult {
		const { activeEnergy_Wh, litTime, switchOnCounter } = meter.counters();
		this.roadUsers = roadUsers;
		// Rounded up to what the text holds: a later life must not read less than this one told.
		const bound = Math.ceil(1000 * (activeEnergy_Wh + most * (STORE_INTERVAL / HOUR))) / 1000;
		const mostEnergy = Math.max(this.leastEnergy, bound);
		const mostLit = Math.max(this.leastLit, Math.ceil(litTime) + STORE_INTERVAL);
		const mostSwitchOns = Math.max(this.leastSwitchOns, switchOnCounter + SWITCH_ONS_AHEAD);
		const bounds = [mostEnergy, mostLit, mostSwitchOns] as const;
		const text = textOf(meter.counters(), roadUsers, this.since, bounds);
		const result = this.store.write(COUNTERS_KEY, text);
		if (result !== "ok") return result; // what may be told stays as it was
		this.mostEnergy = mostEnergy;
		this.mostLit = mostLit;
		this.mostSwitchOns = mostSwitchOns;
		return "ok";
	}

	/** The light source is new: its hours begin at 0, whatever was told. */
	renewLit(): void {
		this.leastLit = 0;
	}

	/** An hour is over: the next one ends with the hour of `utc`, or an hour from now. */
	closeHour(now: Millis, meter: Meter, utc: UtcMillis | undefined): void {
		this.ledger.close(1000 * meter.activeEnergy_kWh, now);
		this.dueAt = now + STORE_INTERVAL - (utc === undefined ? 0 : utc % STORE_INTERVAL);
	}

	/** The night that is under way; `meter` is of now. What the store refuses is due again in an hour. */
	onNight(day: number, meter: Meter): StoreResult {
		if (day === this.day) return "ok";
		const book = this.book();
		const { activeEnergy_Wh, oldLampEnergy_Wh } = meter.counters();
		const next = turn(book, day, activeEnergy_Wh, oldLampEnergy_Wh);
		const result = next === book ? "ok" : this.store.write(DAYS_KEY, next);
		if (result === "ok") this.day = day;
		return result;
	}

	/** What the last nights used (meter/days.ts). */
	book(): string {
		return this.store.read(DAYS_KEY) ?? "";
	}

	/** What is told of a counter: never less than before a power cut, never more than is stored. */
	reportedEnergy_kWh(active_kWh: number): number {
		return Math.min(Math.max(1000 * active_kWh, this.leastEnergy), this.mostEnergy) / 1000;
	}

	reportedHours(hours: number): number {
		const least = Math.max(hours * HOUR, this.leastLit);
		return Math.min(least, this.mostLit) / HOUR;
	}

	reportedSwitchOns(switchOns: number): number {
		return Math.min(Math.max(switchOns, this.leastSwitchOns), this.mostSwitchOns);
	}

	private numbers(): number[] {
		const numbers = (this.store.read(COUNTERS_KEY) ?? "").split(" ").map(Number);
		const isOurs = numbers.length === FIELDS && numbers.every((n) => n >= 0 && n < Infinity);
		return isOurs ? numbers : new Array<number>(FIELDS).fill(0);
	}
}

/** What is stored. `bounds`: of energy (Wh), lit time and switch-ons, as they may be told. */
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
