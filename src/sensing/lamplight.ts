/**
 * Lamplight: the part of the light at the pole that is a lamp's, the own one or a neighbour's.
 *
 * Two facts tell it from the sky's, without a clock. No dawn comes in the first hours of a night: what
 * lights the sensor then is lamps, and that much is taken off in the morning. And the sky of an evening
 * glides: what jumps up in twilight is a neighbour that lit, so the night has come. A boot may be by
 * night, so until a day was seen all that a lamp may throw is taken off, too. All of it errs on the lit
 * side, and by LAMPLIGHT_MOST at most: brighter than that above `offLevel` is day in any case.
 */
import type { Lux, Millis } from "../units.js";
import type { PhotocellOutput } from "./photocell.js";

/** No lamp throws more than this on a sensor that looks at the sky, lux. */
export const LAMPLIGHT_MOST = 200;
/** After dusk the sky gives less than a lux, whatever the season: from then on lamps are learnt ... */
export const LEARN_FROM: Millis = 45 * 60_000;
/** ... until here: the shortest night at 60 degrees has 5.5 h. */
export const LEARN_UNTIL: Millis = 3 * 3_600_000;
/** Between two looks, 30 s apart, twilight changes by less than this share, and lamps by more lux. */
const JUMP_SHARE = 0.35;
const JUMP_LEAST = 10;
/** A light that is back where it was before a jump, to the host's dead band. */
const BACK_SHARE = 1.1;

export class Lamplight {
	/** Brightest lamplight of the night, lux. */
	private glow = 0;
	private nightSince: Millis = Number.NaN; // NaN: it is not night
	private learnt = false; // `glow` is this night's
	private lux = Number.NaN; // the last reading
	private litAt = Number.NaN; // light before a neighbour lit in twilight; NaN: none did

	/** What of a reading is the sky's, lux. `output`: what the photocell says so far. */
	skyOf(lux: Lux, now: Millis, output: PhotocellOutput, offLevel: Lux): Lux {
		if (!(lux >= 0)) return lux; // no reading
		const before = this.lux;
		this.lux = lux;
		const isSurelyDay = lux >= offLevel + LAMPLIGHT_MOST;
		if (output !== "day") return (isSurelyDay ? lux : this.skyOfNight(lux, before, now)) as Lux;
		this.nightSince = Number.NaN;
		if (isSurelyDay || lux <= this.litAt * BACK_SHARE) this.litAt = Number.NaN;
		else if (before < offLevel && isJump(before, lux)) this.litAt = Math.min(before, lux);
		return this.litAt >= 0 ? (0 as Lux) : lux;
	}

	/** `before`: the reading that stood until now; lamps that keep their light give no other. */
	private skyOfNight(lux: Lux, before: number, now: Millis): number {
		this.litAt = Number.NaN;
		if (!(this.nightSince <= now)) {
			this.nightSince = now;
			this.learnt = false;
		}
		const age = now - this.nightSince;
		if (age >= LEARN_FROM && !this.learnt) {
			this.learnt = true;
			this.glow = Math.min(before, LAMPLIGHT_MOST);
		}
		if (age < LEARN_UNTIL) {
			if (this.learnt) this.glow = Math.max(this.glow, Math.min(lux, LAMPLIGHT_MOST));
			return Math.max(0, lux - LAMPLIGHT_MOST);
		}
		return Math.max(0, lux - this.glow);
	}
}

function isJump(before: number, lux: number): boolean {
	return lux - before >= JUMP_LEAST && lux > before * (1 + JUMP_SHARE);
}
