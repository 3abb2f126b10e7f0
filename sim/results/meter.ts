/**
 * Meter: energy of the street, from the PWM alone, and that of the old lamps for comparison.
 *
 * In a fade light and power are integrated along its line. The PWM sets the LED current and with it the light; the driver's own losses make dim light dearer.
 * The controller draws its share in either case. The old lamp burns at its ballast's full power at night by its own
 * photocell, which measures the true daylight.
 */
import type { Witness } from "../street/witness.js";
import { Courses } from "../util/courses.js";
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

/** Share of light between its two lines. */
const KNEE = DRIVER[1][0];

/** Power at the mains for a share of full light, watts. */
export function mainsPower(share: number, options: MainsOptions): number {
	const { ledPower_W, standbyPower_W, controllerPower_W } = options;
	if (share <= 0) return standbyPower_W;
	return Math.max(standbyPower_W, litDriver(share) * ledPower_W + controllerPower_W);
}

/** Power of a lit driver, share of full. */
function litDriver(share: number): number {
	const index = share <= KNEE ? 0 : 1;
	const [from, low] = DRIVER[index]!;
	const [to, high] = DRIVER[index + 1]!;
	return low + ((high - low) * (share - from)) / (to - from);
}

/** Mean power while the share of full light moves in a line from one value to another, watts. */
export function meanPower(from: number, to: number, options: MainsOptions): number {
	if (from === to) return mainsPower(from, options);
	const [low, high] = [Math.min(from, to), Math.max(from, to)];
	const knee = Math.min(high, Math.max(low, KNEE));
	const below = (knee - low) * straight(low, knee, options);
	return (below + (high - knee) * straight(knee, high, options)) / (high - low);
}

/** Likewise on one side of the knee: the mean of a line, but never less than standby. */
function straight(low: number, high: number, options: MainsOptions): number {
	const { ledPower_W, standbyPower_W, controllerPower_W } = options;
	const first = litDriver(low) * ledPower_W + controllerPower_W;
	const last = litDriver(high) * ledPower_W + controllerPower_W;
	if (first >= standbyPower_W) return (first + last) / 2;
	if (last <= standbyPower_W) return standbyPower_W;
	const above = last - standbyPower_W;
	return standbyPower_W + (above * above) / (2 * (last - first));
}

function meanShare(from: number, to: number): number {
	return (from + to) / 2;
}

const MS_PER_HOUR = 3600_000;

export class Meter implements Witness {
	readonly #share: Courses; // of full light; NaN: no power
	readonly #since: Float64Array;
	#wattMs = 0;
	#shareMs = 0; // of light at night
	#darkSince = NaN; // NaN: it is day
	#darkMs = 0;

	constructor(
		private readonly lamps: number,
		private readonly options: MeterOptions,
	) {
		this.#share = new Courses(lamps, NaN);
		this.#since = new Float64Array(lamps);
	}

	onBoot(at: number, lamp: number): void {
		this.#settle(at, lamp);
		this.#share.hold(at, lamp, 0);
	}
	onEnd(at: number, lamp: number): void {
		this.#settle(at, lamp);
		this.#share.hold(at, lamp, NaN);
	}
	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.#settle(at, lamp);
		this.#share.set(at, lamp, duty / FULL_DUTY, to / FULL_DUTY, until);
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
		for (let lamp = 0; lamp < this.lamps; lamp++) wattMs += this.#sum(at, lamp, meanPower);
		return wattMs / MS_PER_HOUR / 1000;
	}

	/** Mean level at night up to `at`, likewise. */
	nightMeanLevelAt(at: number): number | undefined {
		const darkMs = this.#darkMs + (this.isDark ? Math.max(0, at - this.#darkSince) : 0);
		let shareMs = this.#shareMs;
		if (this.isDark)
			for (let lamp = 0; lamp < this.lamps; lamp++) shareMs += this.#sum(at, lamp, meanShare);
		return darkMs > 0 ? (100 * shareMs) / (darkMs * this.lamps) : undefined;
	}

	/** Of a lamp from its last change to `at`: a mean times its ms; 0 without power. */
	#sum(at: number, lamp: number, mean: typeof meanPower): number {
		const share = this.#share;
		// An effect of the last window may lie a few ms before the daylight's last change.
		const from = this.#since[lamp]!;
		if (at <= from || Number.isNaN(share.valueAt(at, lamp))) return 0;
		const still = Math.min(at, Math.max(from, share.until(lamp)));
		const begin = share.valueAt(from, lamp);
		const end = share.valueAt(still, lamp);
		const moved = (still - from) * mean(begin, end, this.options);
		return moved + (at - still) * mean(end, end, this.options);
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
		this.#wattMs += this.#sum(at, lamp, meanPower);
		if (this.isDark) this.#shareMs += this.#sum(at, lamp, meanShare);
		this.#since[lamp] = Math.max(at, this.#since[lamp]!);
	}
}
