/**
 * Power: the modelled power of a lamp at a level; there is no meter chip.
 *
 * The model is a curve through the points measured or given in the data sheet, straight between
 * them. Without points it passes through 15 % of the power at 10 % of the light and 51 % at 50 %:
 * measured luminaires draw 0.14 to 0.16 and 0.49 to 0.52 there. The controller's own power is added
 * while the lamp is lit. The old lamp has one level, full, with its ballast.
 */
import type { Percent, Watts } from "../units.js";

/** The names are those of the settings. */
export interface LampPower {
	/** The LED luminaire at 100 %, driver included. */
	readonly ledPower_W: Watts;
	/** The luminaire at 50 %; 0: not known, and the curve passes over the point. */
	readonly ledPower50_W: Watts;
	/** The same at 25 %. */
	readonly ledPower25_W: Watts;
	/** The same at 10 %. */
	readonly ledPower10_W: Watts;
	/** Driver and controller while the lamp is off. */
	readonly standbyPower_W: Watts;
	/** The controller while the lamp is lit, beside the luminaire's power. */
	readonly controllerPower_W: Watts;
	/** The replaced lamp, ballast included (HPS 70/100/150/250 W: 83/118/173/277 W). */
	readonly oldLampPower_W: Watts;
	/** The lamp with which the energy is compared; absent: the replaced one. */
	readonly baseline?: "oldLamp" | "ledFull";
}

/** Power of the baseline while it is dark, W. */
export function baselinePower(lamp: LampPower): Watts {
	return lamp.baseline === "ledFull"
		? ((lamp.ledPower_W + lamp.controllerPower_W) as Watts)
		: lamp.oldLampPower_W;
}

/** The share of full power that a lit driver draws without light: 10 % of light then needs 15 %. */
const DRIVER_SHARE = 0.06;
/** The share of full power at 50 % of light. */
const HALF_SHARE = 0.51;

/** Modelled power at a level, W. */
export function powerOf(level: Percent, lamp: LampPower): Watts {
	return new PowerCurve(lamp).at(level);
}

/** The curve of one lamp. It holds the segment of the last level: a fade stays within one. */
export class PowerCurve {
	private from = Infinity; // the segment: its first level, its end, its width
	private until = 0;
	private width = 0;
	private low = 0; // power at `from`, and its rise over the width
	private rise = 0;
	private readonly standby: Watts;
	private readonly controller: Watts;
	private readonly lamp: LampPower;

	constructor(lamp: LampPower) {
		this.lamp = lamp;
		this.standby = lamp.standbyPower_W;
		this.controller = lamp.controllerPower_W;
	}

	/** Modelled power at a level, W. Called at each step of a fade. */
	at(level: Percent): Watts {
		if (level <= 0) return this.standby;
		if (level < this.from || level >= this.until) this.find(level);
		const power = this.low + (this.rise * (level - this.from)) / this.width + this.controller;
		return power > this.standby ? (power as Watts) : this.standby;
	}

	/** Finds the points around the level. */
	private find(level: Percent): void {
		const { ledPower_W, ledPower50_W, ledPower25_W, ledPower10_W } = this.lamp;
		let from = 0;
		let low = DRIVER_SHARE * ledPower_W;
		let to = 100;
		let high: number = ledPower_W;
		const hasPoints = ledPower50_W > 0 || ledPower25_W > 0 || ledPower10_W > 0;
		const half = hasPoints ? ledPower50_W : HALF_SHARE * ledPower_W;
		if (half > 0)
			if (level >= 50) {
				from = 50;
				low = half;
			} else {
				to = 50;
				high = half;
			}
		if (ledPower25_W > 0 && from === 0)
			if (level >= 25) {
				from = 25;
				low = ledPower25_W;
			} else {
				to = 25;
				high = ledPower25_W;
			}
		if (ledPower10_W > 0 && from === 0)
			if (level >= 10) {
				from = 10;
				low = ledPower10_W;
			} else {
				to = 10;
				high = ledPower10_W;
			}
		if (from === 0 && low > high) low = high; // less light never draws more power
		this.from = from;
		this.until = to < 100 ? to : Infinity;
		this.width = to - from;
		this.low = low;
		this.rise = high - low;
	}
}
