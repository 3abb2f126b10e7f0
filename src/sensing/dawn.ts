/**
 * Dawn: the part of a night's light that came at the pace of a dawn, and so is the sky's.
 *
 * A dawn grows out of the dark by a share a minute. A light that grows faster is a lamp's, at any
 * brightness, and adds nothing; of slower light no more counts than a dawn can have brought since the
 * reading before.
 */
import type { Millis } from "../units.js";
import { JUMP_PACE, JUMP_SHARE, type LightRise } from "./lightrise.js";
import { boundBy, startLows } from "./recurringlight.js";
import { fastestPaceAt } from "./twilight.js";

/** Clouds that part brighten a dawn by less than this share a minute. */
const CLOUD_PACE = 0.06;
/** From so much a dawn grows, lux; to 70 it takes 11 min at the equator, 15 at 50 degrees. */
const SEED = 2;
/** Readings stand further apart where lamps widen the host's dead band; longer gaps count as this. */
const GAP_MOST: Millis = 180_000;
const MINUTE: Millis = 60_000;

export class Dawn {
	/** The sky's part of the last reading, lux. */
	sky = 0;
	private skyAtLow = 0; // before the rise under way
	private least = 0; // darkest reading of the night
	private readonly lows = startLows();

	/** A night begins. */
	begin(lux: number): void {
		this.sky = 0;
		this.skyAtLow = 0;
		this.least = lux;
	}

	/** The light rises from the last reading on, and the sky had its present part there. */
	onRise(): void {
		this.skyAtLow = this.sky;
	}

	/** A reading at which no dawn can have come yet. */
	wait(lux: number): void {
		if (lux < this.least) this.least = lux;
	}

	/** The sky's part of a reading `lux`, which came at `now` after `before` at `beforeAt`. */
	skyOf(
		lux: number,
		before: number,
		now: Millis,
		beforeAt: Millis,
		rise: LightRise,
		latitude: number,
	): number {
		if (lux < this.least) {
			// A lamp that burnt all night went out: the sky keeps its part.
			this.sky = Math.min(this.sky, lux);
			this.least = lux - this.sky;
		}
		if (!(lux > before)) this.skyAtLow = this.sky = Math.min(this.sky, lux - this.least);
		else if (rise.isFaster(lux, now, JUMP_SHARE, JUMP_PACE)) this.sky = this.skyAtLow;
		else {
			const minutes = Math.min(now - beforeAt, GAP_MOST) / MINUTE;
			const pace = fastestPaceAt(latitude) + CLOUD_PACE;
			const most = (this.sky + SEED) * Math.exp(pace * minutes);
			this.sky = Math.min(this.sky + lux - before, most);
		}
		return (this.sky = boundBy(this.lows, this.sky, lux));
	}
}
