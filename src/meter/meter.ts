/**
 * Meter: modelled energy, hours and switch-ons, and the energy of the old lamp (TALQ
 * LampMonitorFunction: activeEnergy, operatingHours, switchOnCounter).
 *
 * Between two changes of level the power is constant, so the sum over the intervals is exact for the
 * model; over a fade it is that of three instants. The baseline, the old lamp or the LED at 100 %, is
 * modelled whenever it is dark, as if by a photocell of its own.
 *
 * A class with numbers that change in place: a fade must not allocate. The node owns the only
 * instance.
 */
import type { Millis, Percent, Watts } from "../units.js";
import { baselinePower, type LampPower, PowerCurve } from "./power.js";

/** The counters that are stored and resumed. */
export interface MeterCounters {
	readonly activeEnergy_Wh: number;
	readonly oldLampEnergy_Wh: number;
	/** Time the lamp was lit, ms. */
	readonly litTime: Millis;
	/** Changes from dark to lit. */
	readonly switchOnCounter: number;
}

/** Watts times milliseconds in one watt-hour; also milliseconds in an hour. */
const PER_HOUR = 3_600_000;
const PER_KILO = 1000;

export class Meter {
	/** Up to this instant all is added up. */
	at: Millis;
	private level = 0 as Percent; // since `at`
	private dark = false; // since `at`
	private power: Watts;
	private curve: PowerCurve;
	private oldLampPower: Watts;
	private active_Wh: number;
	private oldLamp_Wh: number;
	private litTime: Millis;
	private switchOns: number;

	/** Resumes from `counters`; the lamp is off at `now`, as at every boot. */
	constructor(lamp: LampPower, counters: MeterCounters, now: Millis) {
		this.at = now;
		this.curve = new PowerCurve(lamp);
		this.oldLampPower = baselinePower(lamp);
		this.power = this.curve.at(this.level);
		this.active_Wh = counters.activeEnergy_Wh;
		this.oldLamp_Wh = counters.oldLampEnergy_Wh;
		this.litTime = counters.litTime;
		this.switchOns = counters.switchOnCounter;
	}

	/** Sets level and darkness from `now` on; the interval until `now` is added up. */
	note(now: Millis, level: Percent, dark: boolean): void {
		if (now > this.at) this.addUp(now, this.power, this.level > 0);
		this.dark = dark;
		if (level !== this.level) this.setLevel(level);
	}

	/**
	 * Sets level and darkness from `now` on; the level has moved there since the last call, over
	 * `middle` half way: by Simpson's rule, which is 0.4 % off for a whole fade from 20 to 100 %.
	 */
	move(now: Millis, middle: Percent, level: Percent, dark: boolean): void {
		const isLit = this.level > 0 || level > 0;
		const power = this.power + 4 * this.curve.at(middle);
		if (level !== this.level) this.setLevel(level);
		this.addUp(now, (power + this.power) / 6, isLit);
		this.dark = dark;
	}

	private setLevel(level: Percent): void {
		if (level > 0 && this.level <= 0) this.switchOns += 1;
		this.power = this.curve.at(level);
		this.level = level;
	}

	private addUp(now: Millis, power: number, isLit: boolean): void {
		const span = now - this.at;
		this.at = now;
		this.active_Wh += (power * span) / PER_HOUR;
		if (this.dark) this.oldLamp_Wh += (this.oldLampPower * span) / PER_HOUR;
		if (isLit) this.litTime += span;
	}

	/** Uses another luminaire, or other figures for it, from `now` on. */
	setLamp(lamp: LampPower, now: Millis): void {
		this.note(now, this.level, this.dark);
		this.curve = new PowerCurve(lamp);
		this.oldLampPower = baselinePower(lamp);
		this.power = this.curve.at(this.level);
	}

	/** The light source was replaced: its lit time starts at 0. */
	renew(): void {
		this.litTime = 0;
	}

	/** Modelled power now. */
	get activePower(): Watts {
		return this.power;
	}

	/** Energy up to the last `note`. */
	get activeEnergy_kWh(): number {
		return this.active_Wh / PER_KILO;
	}

	/** Energy of the old lamp in the same time, up to the last `note`. */
	get oldLampEnergy_kWh(): number {
		return this.oldLamp_Wh / PER_KILO;
	}

	/** Energy of the old lamp less that of this lamp; below 0 if this lamp used more. */
	get energySaved_kWh(): number {
		return (this.oldLamp_Wh - this.active_Wh) / PER_KILO;
	}

	/** Hours the lamp was lit, up to the last `note`. */
	get operatingHours(): number {
		return this.litTime / PER_HOUR;
	}

	get switchOnCounter(): number {
		return this.switchOns;
	}

	/** The counters to store, up to the last `note`. */
	counters(): MeterCounters {
		return {
			activeEnergy_Wh: this.active_Wh,
			oldLampEnergy_Wh: this.oldLamp_Wh,
			litTime: this.litTime,
			switchOnCounter: this.switchOns,
		};
	}
}
