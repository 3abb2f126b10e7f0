/**
 * Recurring light: bounds the sky's part by what the same lamps gave before.
 *
 * Light that is back where it was comes from the same lamps, so the sky has grown by the difference
 * alone. Without this bound lamps that light for road users in steps as slow as a dawn's would add up
 * over a night. The lows kept are readings from which the light rose, each a fifth above the one
 * before; a light that falls below a low removes it.
 */

/** Two readings of one light differ by so much: each may be a dead band of the host late. */
const SAME_SHARE = 1.2;
/** A reading that is darker by so much is another light: a lamp went out. */
const DARKER_SHARE = 1.1;
/** Lows kept: lamps multiply the light of a vacant place by less than 1.2 to this power. */
const LOWS_MOST = 10;

/** Lux and the sky's part of each low, from the brightest on; NaN beyond the darkest. */
type Lows = Float64Array;

export function startLows(): Lows {
	return new Float64Array(2 * LOWS_MOST).fill(Number.NaN);
}

/** `sky`, an estimate of the sky's part of a reading `lux`, or what the last low bounds it to. */
export function boundBy(lows: Lows, sky: number, lux: number): number {
	while (lows[0]! > lux * DARKER_SHARE) {
		lows.copyWithin(0, 2);
		lows[2 * LOWS_MOST - 2] = Number.NaN;
	}
	const low = lows[0]!;
	if (lux <= low * SAME_SHARE) return Math.min(sky, lows[1]! + Math.max(0, lux - low));
	lows.copyWithin(2, 0); // the darkest is given up
	lows[0] = lux;
	lows[1] = sky;
	return sky;
}
