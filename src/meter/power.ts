/**
 * Power: what a lamp draws at a level, modelled; there is no meter chip.
 *
 * An LED driver keeps a small share for itself and draws the rest in proportion to the light:
 * measured luminaires draw 0.49 to 0.52 of their full power at 50 %. The old lamp knows only full,
 * ballast included.
 */
import type { Percent, Watts } from "../units.js";

export interface LampPower {
	/** The LED luminaire at 100 %, driver included. */
	readonly ledPower: Watts;
	/** Driver and controller while the lamp is off. */
	readonly standbyPower: Watts;
	/** The lamp it replaced, ballast included (HPS 70/100/150/250 W: 83/118/173/277 W). */
	readonly oldLampPower: Watts;
}

/** The share of full power that a lit driver draws at no light: 50 % of light then costs 51 %. */
export const DRIVER_SHARE = 0.02;

/** Modelled power at a level. */
export function powerOf(level: Percent, lamp: LampPower): Watts {
	if (level <= 0) return lamp.standbyPower;
	const share = DRIVER_SHARE + (1 - DRIVER_SHARE) * (level / 100);
	return Math.max(lamp.standbyPower, lamp.ledPower * share) as Watts;
}
