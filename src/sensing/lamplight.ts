/**
 * Lamplight: the part of the light at the pole that is a lamp's, the own one or a neighbour's.
 *
 * Two facts tell it from the sky's, without a clock. No dawn comes in the first hours of a night: what
 * lights the sensor then is lamps, and that much is taken off in the morning. And the sky of an evening
 * glides: what rises faster in twilight is a neighbour that lit, so the night has come. A boot may be by
 * night, so until a day was seen all that a lamp may throw is taken off, too. All of it errs on the lit
 * side, and by LAMPLIGHT_MOST at most: brighter than that above `offLevel` is day in any case.
 */
import type { Lux, Millis } from "../units.js";
import { isReading, type PhotocellOutput } from "./photocell.js";

/** All lamps together throw no more than this on a sensor that looks at the sky, lux. */
export const LAMPLIGHT_MOST = 200;
/** After dusk the sky gives less than a lux, whatever the season: from then on lamps are learnt ... */
export const LEARN_FROM: Millis = 45 * 60_000;
/** ... until here: the shortest night at 60 degrees has 5.5 h. */
export const LEARN_UNTIL: Millis = 3 * 3_600_000;
/**
 * A sky below `offLevel` brightens by less than this share a minute: recorded evenings never did at all.
 * If one does, the lamp lights a few minutes early, which is why the share is no greater.
 */
const SKY_PACE = 0.2;
const MINUTE: Millis = 60_000;
/** How long a rise is one: a lamp may light in several steps, of which none alone would tell. */
const RISE_FOR: Millis = 90_000;
/** Less is no lamp: a car far off, the sensor's own steps. A lamp at floor that faces us throws more. */
const JUMP_LEAST = 5;
/** A light that is back where it was before a jump, to the host's dead band. */
const BACK_SHARE = 1.1;

export class Lamplight {
	/** Brightest lamplight of the night, lux. */
	private glow = 0;
	private nightSince: Millis = Number.NaN; // NaN: it is not night
	private learnt = false; // `glow` is this night's
	private lux = Number.NaN; // the last reading
	private luxAt: Millis = Number.NaN;
	private low = Number.NaN; // from which it rises
	private lowAt: Millis = Number.NaN;
	private litAt = Number.NaN; // light before a neighbour lit in twilight; NaN: none did

	/** What of a reading is the sky's, lux. `output`: what the photocell says so far. */
	skyOf(lux: Lux, now: Millis, output: PhotocellOutput, offLevel: Lux): Lux {
		if (!isReading(lux)) return lux;
		const before = this.lux;
		this.follow(lux, now);
		const isSurelyDay = lux >= offLevel + LAMPLIGHT_MOST;
		if (output !== "day") return (isSurelyDay ? lux : this.skyOfNight(lux, before, now)) as Lux;
		this.nightSince = Number.NaN;
		if (isSurelyDay || lux <= this.litAt * BACK_SHARE) this.litAt = Number.NaN;
		if (this.litAt >= 0) return 0 as Lux;
		if (!isSurelyDay && this.low < offLevel && this.isJump(lux, now)) this.litAt = this.low;
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

	private follow(lux: Lux, now: Millis): void {
		if (!(lux > this.lux)) {
			this.low = lux;
			this.lowAt = now;
		} else if (now - this.lowAt > RISE_FOR) {
			this.low = this.lux;
			this.lowAt = Math.max(this.luxAt, now - MINUTE);
		}
		this.lux = lux;
		this.luxAt = now;
	}

	/** Both ends of the rise are readings, so the host's dead band hides nothing of its pace. */
	private isJump(lux: Lux, now: Millis): boolean {
		const pace = (SKY_PACE * (now - this.lowAt)) / MINUTE;
		return lux - this.low >= JUMP_LEAST && lux > this.low * (1 + pace);
	}
}
