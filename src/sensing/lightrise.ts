/**
 * Light rise: the last reading, and the rise of the light that leads to it.
 *
 * Readings that follow each other closely are one rise, because a lamp may light in several steps,
 * none of which is as fast as a lamp. Both ends of a rise are readings, so the host's dead band hides
 * nothing of its pace.
 */
import type { Millis } from "../units.js";

/** A rise that lasts longer is compared with a later reading: a lamp is at its level within this. */
const RISE_FOR: Millis = 90_000;
/** A later rise begins at the last reading, but no longer ago than this: the host looks twice in it. */
const RISE_AGAIN: Millis = 60_000;
/** Less is no lamp, lux: a car far off, the sensor's own steps. A lamp at floor that faces us gives more. */
const RISE_LEAST = 5;
/** Two readings of a sky may differ by so much at once: the host's dead band. */
export const JUMP_SHARE = 1.1;
/** No sky that grows out of the dark brightens by this share a minute. */
export const JUMP_PACE = 0.4;
const MINUTE: Millis = 60_000;

export class LightRise {
	/** The last reading. */
	lux = Number.NaN;
	at: Millis = Number.NaN;
	/** The reading from which the light rises. */
	low = Number.NaN;
	private lowAt: Millis = Number.NaN;

	/** Takes a reading. Returns whether the light rises from another reading than before. */
	follow(lux: number, now: Millis): boolean {
		let isAnother = false;
		if (!(lux > this.lux)) {
			this.low = lux;
			this.lowAt = now;
		} else if (now - this.lowAt > RISE_FOR) {
			this.low = this.lux;
			this.lowAt = Math.max(this.at, now - RISE_AGAIN);
			isAnother = true;
		}
		this.lux = lux;
		this.at = now;
		return isAnother;
	}

	/** Whether the light rose by more than `share` of `low` and, each minute, `pace` of it. */
	isFaster(lux: number, now: Millis, share: number, pace: number): boolean {
		const most = this.low * (share + (pace * (now - this.lowAt)) / MINUTE);
		return lux - this.low >= RISE_LEAST && lux > most;
	}

	/** Begins anew at a reading. */
	restart(lux: number, now: Millis): void {
		this.lux = this.low = lux;
		this.at = this.lowAt = now;
	}
}
