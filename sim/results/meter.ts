/**
 * Meter: energy of the street, from the PWM alone, and that of the old lamps for comparison.
 *
 * LED light and driver power are proportional to the LED current, which the PWM sets; a driver
 * draws a little even when dark. The old lamp burns at its ballast's full power at night by its own
 * photocell, which measures the true daylight.
 */
import type { Witness } from "../street/witness.js";
import { FULL_DUTY } from "../world/world.js";

export interface MeterOptions {
	/** Mains power at full, and dark, watts. */
	readonly ledPower_W: number;
	readonly standbyPower_W: number;
	/** HPS 70 W with its ballast, watts. */
	readonly oldLampPower_W: number;
	readonly onLevel: number;
	readonly offLevel: number;
}

/** A 37 W LED in place of a 70 W sodium lamp, as in many residential streets. */
export const METER_VALUES = {
	ledPower_W: 37,
	standbyPower_W: 0.5,
	oldLampPower_W: 83,
} as const;

const MS_PER_HOUR = 3600_000;

export class Meter implements Witness {
	readonly #share: Float64Array; // of full light; NaN: no power
	readonly #since: Float64Array;
	#wattMs = 0;
	#shareMs = 0; // of light in the dark
	#darkSince = NaN; // NaN: it is day
	#darkMs = 0;

	constructor(
		private readonly lamps: number,
		private readonly options: MeterOptions,
	) {
		this.#share = new Float64Array(lamps).fill(NaN);
		this.#since = new Float64Array(lamps);
	}

	onBoot(at: number, lamp: number): void {
		this.#settle(at, lamp);
		this.#share[lamp] = 0;
	}
	onEnd(at: number, lamp: number): void {
		this.#settle(at, lamp);
		this.#share[lamp] = NaN;
	}
	onDuty(at: number, lamp: number, duty: number): void {
		this.#settle(at, lamp);
		this.#share[lamp] = duty / FULL_DUTY;
	}

	onDaylight(at: number, lux: number): void {
		const dark = !Number.isNaN(this.#darkSince);
		const turns = dark ? lux >= this.options.offLevel : lux < this.options.onLevel;
		if (!turns) return;
		this.#settleAll(at);
		this.#darkMs += dark ? at - this.#darkSince : 0;
		this.#darkSince = dark ? NaN : at;
	}

	finish(at: number): void {
		this.#settleAll(at);
		if (Number.isNaN(this.#darkSince)) return;
		this.#darkMs += at - this.#darkSince;
		this.#darkSince = at;
	}

	/** The old lamps burn. */
	get isDark(): boolean {
		return !Number.isNaN(this.#darkSince);
	}

	/** Energy up to `at`, in a run that goes on. */
	energyAt(at: number): number {
		const { ledPower_W, standbyPower_W } = this.options;
		let wattMs = this.#wattMs;
		for (let lamp = 0; lamp < this.lamps; lamp++) {
			const share = this.#share[lamp]!;
			if (Number.isNaN(share)) continue;
			const span = Math.max(0, at - this.#since[lamp]!);
			wattMs += span * (standbyPower_W + share * (ledPower_W - standbyPower_W));
		}
		return wattMs / MS_PER_HOUR / 1000;
	}

	/** Likewise of the old lamps. */
	oldEnergyAt(at: number): number {
		const running = this.isDark ? Math.max(0, at - this.#darkSince) : 0;
		return this.#oldEnergy(this.#darkMs + running);
	}

	#oldEnergy(darkMs: number): number {
		return (darkMs * this.lamps * this.options.oldLampPower_W) / MS_PER_HOUR / 1000;
	}

	get energy_kWh(): number {
		return this.#wattMs / MS_PER_HOUR / 1000;
	}
	get energyOldLamp_kWh(): number {
		return this.#oldEnergy(this.#darkMs);
	}
	/** Mean of all lamps while it was dark, per cent; undefined without darkness. */
	get nightMeanLevel(): number | undefined {
		return this.#darkMs > 0 ? (100 * this.#shareMs) / (this.#darkMs * this.lamps) : undefined;
	}

	#settleAll(at: number): void {
		for (let lamp = 0; lamp < this.lamps; lamp++) this.#settle(at, lamp);
	}

	#settle(at: number, lamp: number): void {
		const share = this.#share[lamp]!;
		// An effect of the last window may lie a few ms before the daylight's last change.
		const span = Math.max(0, at - this.#since[lamp]!);
		this.#since[lamp] = Math.max(at, this.#since[lamp]!);
		if (Number.isNaN(share)) return;
		const { ledPower_W, standbyPower_W } = this.options;
		this.#wattMs += span * (standbyPower_W + share * (ledPower_W - standbyPower_W));
		if (!Number.isNaN(this.#darkSince)) this.#shareMs += span * share;
	}
}
