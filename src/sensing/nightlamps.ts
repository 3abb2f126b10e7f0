/**
 * Night lamps: the brightest light of a night's first hours, which is lamps'.
 *
 * In the morning it is taken off what the sensor reads. Only a light that lasts counts, less the
 * part of a sky: after a boot by night a dawn may be under way.
 */
import type { Millis } from "../units.js";

/** Street lamps together throw no more than this on a sensor that looks at the sky, lux. */
export const LAMPLIGHT_MOST = 200;
/** More is a work light's, which no morning takes over: a dead band of the host above all lamps, lux. */
const WORK_LIGHT = 1.1 * LAMPLIGHT_MOST;
/** So long after dusk the sky gives less than a lux in every season: from then on lamps are learnt ... */
export const LEARN_FROM: Millis = 45 * 60_000;
/** ... until here: the shortest night at 60 degrees has 5.5 h. */
export const LEARN_UNTIL: Millis = 3 * 3_600_000;
/** A reading that stands alone for less is a flash: the host looks twice within this. */
const FLASH_FOR: Millis = 45_000;

/**
 * The lamps' light, lux, by all readings until now and `lux`. Lamps that keep their light give no
 * other reading, so the one before, `before`, `stood` until now, ms. `sky`: its part of that, lux.
 */
export function learnt(
	glow: number,
	lux: number,
	before: number,
	stood: Millis,
	sky: number,
): number {
	const lasting = (stood >= FLASH_FOR ? before : Math.min(before, lux)) - sky;
	if (!(lasting > glow) || lasting > WORK_LIGHT) return glow;
	return Math.min(lasting, LAMPLIGHT_MOST);
}
