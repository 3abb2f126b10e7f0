/**
 * Evening: the light of a day below FLOODLIGHT, as far as it is the sky's.
 *
 * A sky falls in the evening. A light that rises fast is a neighbour that lit: night has come, until
 * its light is gone. A light that falls more slowly than a dusk, or stands still, is a lamp's that
 * burns already, and the sky has less than `onLevel`.
 */
import type { Millis } from "../units.js";
import { JUMP_PACE, JUMP_SHARE, type LightRise } from "./lightrise.js";
import { LAMPLIGHT_MOST } from "./nightlamps.js";
import { type PhotocellOptions, STEADY_FOR } from "./photocell.js";
import { type SunTimes, sinksFor, slowestPaceAt } from "./twilight.js";

const MINUTE: Millis = 60_000;
/** One lamp throws no more than this on a sensor that looks at the sky, lux. */
const LAMP_MOST = LAMPLIGHT_MOST / 2;
/**
 * A sky below `offLevel` brightens by less than this share a minute: recorded evenings never did at
 * all. If one does, the lamp lights a few minutes early, which is why the share is no greater.
 */
const SKY_PACE = 0.2;
/** A light that is back where it was before a jump, to the host's dead band. */
const BACK_SHARE = 1.1;

/** How long a light may stand still before the day was bright: clouds and sun may cancel out ... */
const STEADY_IN_DOUBT: Millis = 20 * MINUTE;
/** ... and by day after a rise as fast as a lamp's, or where a dusk is due, in which a sky falls. */
const STEADY_AFTER_JUMP: Millis = 10 * MINUTE;

/** The pace of a fall is measured over so long: the host looks four times within it. */
const PACE_STEP: Millis = 2 * MINUTE;
/** A light that falls is reported by the host at the latest when it has lost this share ... */
const DEAD_BAND = 0.1;
/** ... and the host has looked at it again. */
const LOOK_EVERY: Millis = MINUTE / 2;
/** With the sun above, a dim sky is a covered one, and no pace is a twilight's; degrees. */
const SUN_IS_DOWN = -1;
/** A sky whose fall shows less than this share of `onLevel` counts as dark; clouds that part slow a dusk. */
const DUSK_DOUBT = 0.9;

export interface EveningOptions extends Pick<PhotocellOptions, "onLevel" | "offLevel"> {
	/** Degrees. */
	readonly latitude: number;
}

export class Evening {
	/** How long the light may stand still from now on. */
	steadyFor: Millis = STEADY_FOR;
	private stillFor: Millis = STEADY_FOR; // `steadyFor` of a light that does not fall
	private litAt = Number.NaN; // light before a neighbour lit; NaN: none did
	private mark = Number.NaN; // reading from which the pace is measured; NaN: the day was not bright yet
	private markAt: Millis = Number.NaN;
	private isSlow = false; // it falls too slowly for a sky

	/** A day begins; it was not bright yet. */
	begin(): void {
		this.stillFor = STEADY_IN_DOUBT;
		this.mark = Number.NaN;
		this.isSlow = false;
	}

	/** The day is brighter than lamps: an evening falls from here. */
	brighten(lux: number, now: Millis): void {
		this.mark = lux;
		this.markAt = now;
		this.litAt = Number.NaN;
		this.isSlow = false;
		this.steadyFor = this.stillFor = STEADY_FOR;
	}

	/** Night has come. */
	end(): void {
		this.steadyFor = this.stillFor;
		this.litAt = Number.NaN;
	}

	/** The sky's part of a reading: all of it, or none. `isDusk`: one is due by the last. */
	skyOf(
		lux: number,
		now: Millis,
		rise: LightRise,
		isDusk: boolean,
		options: EveningOptions,
		sun: SunTimes,
	): number {
		const { offLevel, onLevel } = options;
		if (lux <= this.litAt * BACK_SHARE) this.litAt = Number.NaN;
		if (this.litAt >= 0) return 0;
		const isJump = isDusk || rise.isFaster(lux, now, JUMP_SHARE, JUMP_PACE);
		if (isJump) this.stillFor = STEADY_AFTER_JUMP;
		const isEvening = this.mark >= 0 && lux < LAMPLIGHT_MOST;
		const most = isEvening ? Math.max(offLevel, onLevel + LAMP_MOST) : offLevel;
		if (rise.low < most && rise.isFaster(lux, now, 1, SKY_PACE)) {
			this.litAt = rise.low;
			return 0;
		}
		return lux >= onLevel && this.isTooSlow(lux, now, options, sun) ? 0 : lux;
	}

	/**
	 * Whether the light falls so slowly that the sky gives less than `onLevel` and lamps the rest.
	 * From LAMP_MOST on, the absence of a reading shows the same after `steadyFor`; below, a dead band
	 * is too few lux. A covered sky that is as dim before sunset falls at half that pace, so no
	 * evening is judged while a dated clock has the sun above SUN_IS_DOWN.
	 */
	private isTooSlow(
		lux: number,
		now: Millis,
		{ latitude, onLevel }: EveningOptions,
		sun: SunTimes,
	): boolean {
		const span = now - this.markAt;
		this.steadyFor = this.stillFor;
		if (Number.isNaN(this.mark)) return false;
		if (lux >= LAMPLIGHT_MOST || !(lux < this.mark)) this.isSlow = false;
		else {
			const pace = slowestPaceAt(latitude);
			const least = pace * onLevel;
			const elevation = sun.elevationAt(now);
			const day = elevation > SUN_IS_DOWN ? sinksFor(elevation - SUN_IS_DOWN, pace) : 0;
			const nextWithin = day + ((DEAD_BAND * lux) / least) * MINUTE + LOOK_EVERY;
			if (lux >= LAMP_MOST) this.steadyFor = Math.min(this.stillFor, nextWithin);
			if (span < PACE_STEP) return this.isSlow;
			this.isSlow = day === 0 && (this.mark - lux) / (span / MINUTE) < least * DUSK_DOUBT;
		}
		this.mark = lux;
		this.markAt = now;
		return this.isSlow;
	}
}
