/**
 * Meter: energy of the street, from the PWM alone, and that of the old lamps for comparison.
 *
 * The PWM sets the LED current and with it the light; the driver's own losses make dim light dearer.
 * The controller draws its share in either case. The old lamp burns at its ballast's full power at night by its own
 * photocell, which measures the true daylight.
 */
import type { Witness } from "../street/witness.js";
import { FULL_DUTY } from "../world/world.js";

/** The parts of the power at the mains. */
interface MainsOptions {
	/** Mains power of the luminaire at full, watts. */
	readonly ledPower_W: number;
	/** Of driver and controller while dark, watts. */
	readonly standbyPower_W: number;
	/** Of the controller while lit, watts. */
	readonly controllerPower_W: number;
}

export interface MeterOptions extends MainsOptions {
	/** HPS 70 W with its ballast, watts. */
	readonly oldLampPower_W: number;
	readonly onLevel: number;
	readonly offLevel: number;
}

/** A 37 W LED in place of a 70 W sodium lamp, as in many residential streets. */
export const METER_VALUES = {
	ledPower_W: 37,
	standbyPower_W: 0.5,
	controllerPower_W: 0.5,
	oldLampPower_W: 83,
} as const;

/** Power of a lit driver, share of full, by share of light; measured luminaires: docs/energy.md. */
const DRIVER = [
	[0, 0.06],
	[0.5, 0.51],
	[1, 1],
] as const;

/** Power at the mains for a share of full light, watts. */
export function mainsPower(share: number, options: MainsOptions): number {
	const { ledPower_W, standbyPower_W, controllerPower_W } = options;
	if (share <= 0) return standbyPower_W;
	const nth = share <= DRIVER[1][0] ? 0 : 1;
	const [from, low] = DRIVER[nth]!;
	const [to, high] = DRIVER[nth + 1]!;
	const driver = low + ((high - low) * (share - from)) / (to - from);
	return Math.max(standbyPower_W, driver * ledPower_W + controllerPower_W);
}

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
		let wattMs = this.#wattMs;
		this.#running(at, (span, share) => {
			wattMs += span * mainsPower(share, this.options);
		});
		return wattMs / MS_PER_HOUR / 1000;
	}

	/** Mean level in the dark up to `at`, likewise. */
	nightMeanLevelAt(at: number): number | undefined {
		const darkMs = this.#darkMs + (this.isDark ? Math.max(0, at - this.#darkSince) : 0);
		let shareMs = this.#shareMs;
		if (this.isDark)
			this.#running(at, (span, share) => {
				shareMs += span * share;
			});
		return darkMs > 0 ? (100 * shareMs) / (darkMs * this.lamps) : undefined;
	}

	/** The spans since each powered lamp's last change. */
	#running(at: number, add: (span: number, share: number) => void): void {
		for (let lamp = 0; lamp < this.lamps; lamp++) {
			const share = this.#share[lamp]!;
			if (!Number.isNaN(share)) add(Math.max(0, at - this.#since[lamp]!), share);
		}
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
		const since = this.#since[lamp]!;
		const span = Math.max(0, at - since);
		this.#since[lamp] = Math.max(at, since);
		if (Number.isNaN(share)) return;
		this.#wattMs += span * mainsPower(share, this.options);
		if (!Number.isNaN(this.#darkSince)) this.#shareMs += span * share;
	}
}
