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

export class RecurringLight {
	/** Lux and the sky's part of each low, from the darkest on. */
	private readonly lows = new Float64Array(2 * LOWS_MOST);
	private count = 0;

	/** `sky`, an estimate of the sky's part of a reading `lux`, or what the last low bounds it to. */
	bound(sky: number, lux: number): number {
		const { lows } = this;
		while (this.count > 0 && lows[2 * this.count - 2]! > lux * DARKER_SHARE) this.count -= 1;
		const low = lows[2 * this.count - 2] ?? 0;
		if (this.count > 0 && lux <= low * SAME_SHARE)
			return Math.min(sky, lows[2 * this.count - 1]! + Math.max(0, lux - low));
		if (this.count === LOWS_MOST) {
			lows.copyWithin(0, 2);
			this.count -= 1;
		}
		lows[2 * this.count] = lux;
		lows[2 * this.count + 1] = sky;
		this.count += 1;
		return sky;
	}
}
