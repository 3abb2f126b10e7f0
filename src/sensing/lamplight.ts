/**
 * Lamplight: the part of the light at the pole that is not the sky's.
 *
 * The sky never jumps: dusk and dawn change it by half a per cent a second at most, and the host tells
 * each tenth. What jumps is a lamp, the own one or a neighbour's, or a passing headlight. So the jumps
 * are summed, up and down, and taken off before the photocell looks: two lamps that face each other
 * cannot switch each other. Errors fall on the lit side: the sum is forgotten in full daylight only.
 */
import type { Lux, Millis } from "../units.js";

/** Smaller steps are the sensor's own noise, lux. */
const LEAST_STEP = 2;
/** Between two readings of a host that looks each 30 s the sky changes by less than this share. */
const STEP_SHARE = 0.35;
/** A host that looks more often sees a jump in parts: faster than this share a second. */
const PACE = 0.01;
/** No lamp throws more than this on a sensor that looks at the sky, lux. */
export const LAMPLIGHT_MOST = 200;
/** Daylight in which no lamp matters any more, lux. */
const BROAD_DAYLIGHT = 500;

export class Lamplight {
	/** What has jumped up and not down again, lux. */
	private level = 0;
	private lux = Number.NaN; // the last reading; the first one jumps from nowhere
	private at: Millis = 0;

	/** What of a reading is the sky's, lux. */
	skyOf(lux: Lux, now: Millis): Lux {
		if (!(lux >= 0)) return lux; // no reading
		const step = lux - this.lux;
		if (isJump(step, this.lux, now - this.at)) this.level += step;
		this.lux = lux;
		this.at = now;
		this.level = Math.min(lux, Math.max(0, this.level));
		const sky = lux - Math.min(LAMPLIGHT_MOST, this.level);
		if (sky >= BROAD_DAYLIGHT) this.level = 0;
		return sky as Lux;
	}
}

/** `before`: the reading that stood for `stood` ms. */
function isJump(step: number, before: number, stood: Millis): boolean {
	const size = Math.abs(step);
	return size >= LEAST_STEP && size > before * Math.min(STEP_SHARE, (stood / 1000) * PACE);
}
