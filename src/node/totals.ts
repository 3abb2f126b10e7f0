/**
 * Totals: the counters that outlive a boot, and how often they are stored.
 *
 * One text of numbers: energy, old lamp's energy, lit time, switch-ons, road users, and since when.
 * Stored each STORE_INTERVAL while something was added, so a power cut loses at most that much.
 */
import type { Store } from "../host.js";
import type { Meter, MeterTotals } from "../meter/meter.js";
import type { Millis, UtcMillis } from "../units.js";

/** 8,760 writes a year of the 20,000 that the flash's budget allows. */
export const STORE_INTERVAL: Millis = 3_600_000;
const KEY = "totals";
const FIELDS = 6;

export class Totals {
	readonly meter: MeterTotals;
	roadUsers: number;
	/** Since when road users are counted; undefined until a date is known. */
	since: UtcMillis | undefined;
	private readonly store: Store;
	private due: Millis;
	private stored: string;

	/** Goes on from what is stored; anything that is not ours counts from 0. */
	constructor(store: Store, now: Millis) {
		this.store = store;
		this.due = now + STORE_INTERVAL;
		this.stored = store.read(KEY) ?? "";
		const numbers = this.stored.split(" ").map(Number);
		const isOurs = numbers.length === FIELDS && numbers.every((n) => n >= 0 && n < Infinity);
		const [active, old, lit, switchOns, users, since] = isOurs ? numbers : [0, 0, 0, 0, 0, 0];
		this.meter = {
			activeEnergy_Wh: active!,
			oldLampEnergy_Wh: old!,
			litTime: lit!,
			switchOnCounter: switchOns!,
		};
		this.roadUsers = users!;
		this.since = since ? (since as UtcMillis) : undefined;
	}

	get dueAt(): Millis {
		return this.due;
	}

	/** Stores what was counted, if it changed; `meter` has been brought to `now`. */
	keep(now: Millis, meter: Meter, roadUsers: number): void {
		this.due = now + STORE_INTERVAL;
		this.roadUsers = roadUsers;
		const { activeEnergy_Wh, oldLampEnergy_Wh, litTime, switchOnCounter } = meter.totals();
		const text = [
			activeEnergy_Wh.toFixed(3),
			oldLampEnergy_Wh.toFixed(3),
			Math.round(litTime),
			switchOnCounter,
			roadUsers,
			this.since ?? 0,
		].join(" ");
		if (text === this.stored) return;
		this.stored = text;
		this.store.write(KEY, text);
	}
}
