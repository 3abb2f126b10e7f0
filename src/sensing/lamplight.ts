/**
 * Lamplight: the part of the light at the pole that is a lamp's, the own one or a neighbour's.
 *
 * Two facts tell it from the sky's, without a clock. No dawn comes in the first hours of a night: what
 * lights the sensor then is lamps, and that much is taken off in the morning. And the sky of an evening
 * glides: what jumps up in twilight is a neighbour that lit, so the night has come. Both err on the
 * lit side, and by LAMPLIGHT_MOST at most: brighter than that above `offLevel` is day in any case.
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
	private learning = false;
	private lux = Number.NaN; // the last reading
	private litAt = Number.NaN; // light before a neighbour lit in twilight; NaN: none did

	/** What of a reading is the sky's, lux. `output`: what the photocell says so far. */
	skyOf(lux: Lux, now: Millis, output: PhotocellOutput, offLevel: Lux): Lux {
		if (!(lux >= 0)) return lux; // no reading
		const before = this.lux;
		this.lux = lux;
		const isSurelyDay = lux >= offLevel + LAMPLIGHT_MOST;
		if (output === "night") return (isSurelyDay ? lux : this.skyOfNight(lux, now)) as Lux;
		// a boot by night counts from its first reading: the next may come no sooner than the dawn
		if (output === "day" || lux >= offLevel) this.nightSince = Number.NaN;
		else if (!(this.nightSince <= now)) this.nightSince = now;
		if (isSurelyDay || lux <= this.litAt * BACK_SHARE) this.litAt = Number.NaN;
		else if (before < offLevel && isJump(before, lux)) this.litAt = Math.min(before, lux);
		return this.litAt >= 0 ? (0 as Lux) : lux;
	}

	private skyOfNight(lux: Lux, now: Millis): number {
		this.litAt = Number.NaN;
		if (!(this.nightSince <= now)) this.nightSince = now;
		const age = now - this.nightSince;
		const isLearning = age >= LEARN_FROM && age < LEARN_UNTIL;
		if (isLearning && !this.learning) this.glow = 0; // last night's lamps are not this one's
		this.learning = isLearning;
		if (isLearning) this.glow = Math.max(this.glow, Math.min(lux, LAMPLIGHT_MOST));
		return Math.max(0, lux - (age < LEARN_UNTIL ? LAMPLIGHT_MOST : this.glow));
	}
}

function isJump(before: number, lux: number): boolean {
	return lux - before >= JUMP_LEAST && lux > before * (1 + JUMP_SHARE);
}
