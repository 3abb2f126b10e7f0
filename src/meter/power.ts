/**
 * Power: what a lamp draws at a level, modelled; there is no meter chip.
 *
 * A curve through the points that were measured or stand in the data sheet, straight between them.
 * Where none is given an LED driver keeps a small share for itself and draws the rest in proportion to
 * the light: measured luminaires draw 0.49 to 0.52 of their full power at 50 %. The old lamp knows only
 * full, ballast included.
 */
import type { Percent, Watts } from "../units.js";

/** The names are those of the settings. */
export interface LampPower {
	/** The LED luminaire at 100 %, driver included. */
	readonly ledPower_W: Watts;
	/** At these levels; 0: not known, the curve goes straight past. */
	readonly ledPower50_W: Watts;
	readonly ledPower25_W: Watts;
	readonly ledPower10_W: Watts;
	/** Driver and controller while the lamp is off. */
	readonly standbyPower_W: Watts;
	/** The lamp it replaced, ballast included (HPS 70/100/150/250 W: 83/118/173/277 W). */
	readonly oldLampPower_W: Watts;
}

/** The share of full power that a lit driver draws at no light: 50 % of light then costs 51 %. */
export const DRIVER_SHARE = 0.02;

/** Modelled power at a level. */
export function powerOf(level: Percent, lamp: LampPower): Watts {
	const { standbyPower_W, ledPower_W } = lamp;
	if (level <= 0) return standbyPower_W;
	let from = 0; // the points around the level; scalars, for a step of a fade must not allocate
	let low = DRIVER_SHARE * ledPower_W;
	let to = 100;
	let high: number = ledPower_W;
	for (let point = 0; point < POINTS.length; point += 1) {
		const at = POINTS[point]!;
		const power = pointOf(lamp, at);
		if (power <= 0) continue;
		if (at <= level) {
			from = at;
			low = power;
		} else {
			to = at;
			high = power;
			break;
		}
	}
	if (from === 0) low = Math.min(low, high); // less light never draws more
	const power = to === from ? high : low + ((high - low) * (level - from)) / (to - from);
	return Math.max(standbyPower_W, power) as Watts;
}

/** Per cent, rising. */
const POINTS: readonly number[] = Object.freeze([10, 25, 50, 100]);

function pointOf(lamp: LampPower, at: number): Watts {
	if (at === 10) return lamp.ledPower10_W;
	if (at === 25) return lamp.ledPower25_W;
	return at === 50 ? lamp.ledPower50_W : lamp.ledPower_W;
}
