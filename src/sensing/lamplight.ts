/**
 * Lamplight: the part of the light at the pole that is a lamp's: the own one, a neighbour's, a work light.
 *
 * Pace and course distinguish daylight from it, without a clock. A dawn grows out of the dark by a share
 * a minute: a light that grows faster is a lamp's, at any brightness. No dawn comes before the shortest night
 * is over. The brightest light of a night's first hours is taken off in the morning; light that is back where
 * it was is the same lamps'. The light of an evening falls: where it rises fast a neighbour lit, where it falls
 * too slowly a lamp burns already. All of this errs on the lit side; a light beyond FLOODLIGHT is day once it
 * has lasted.
 */
import type { Lux, Millis } from "../units.js";
import {
	FLOODLIGHT,
	isReading,
	type LightCourse,
	type PhotocellOptions,
	type PhotocellOutput,
	STEADY_FOR,
} from "./photocell.js";
import { RecurringLight } from "./recurringlight.js";

/** Street lamps together throw no more than this on a sensor that looks at the sky, lux. */
export const LAMPLIGHT_MOST = 200;
/** One of them throws no more than this, lux. */
const LAMP_MOST = LAMPLIGHT_MOST / 2;
/** A light beyond FLOODLIGHT lasts so long where its brightness alone shows that it is the sky's. */
export const FLOODLIGHT_FOR: Millis = 10 * 60_000;
/** No light near a road throws so much on a sensor that looks at the sky, lux. */
const SUNLIGHT = 3000;
/** So long after dusk the sky gives less than a lux in every season: from then on lamps are learnt ... */
export const LEARN_FROM: Millis = 45 * 60_000;
/** ... until here: the shortest night at 60 degrees has 5.5 h. */
export const LEARN_UNTIL: Millis = 3 * 3_600_000;
/** A reading that stands alone for less is a flash: the host looks twice within this. */
const GLOW_FOR: Millis = 45_000;
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
/** How long a light may stand still before the day was bright ... */
const STEADY_IN_DOUBT: Millis = 20 * MINUTE;
/** ... and by day after a rise as fast as a lamp's, or where a dusk is due, in which a sky falls. */
const STEADY_AFTER_JUMP: Millis = 10 * MINUTE;
/** After a dusk the next one is due from here on: seasons and clouds move it by less. */
const DUSK_AGAIN: Millis = 23.5 * 3_600_000;
/** In winter a day at 60 degrees has 5.5 h. */
const DAY_LEAST: Millis = 2 * 3_600_000;
/** A light that is back where it was before a jump, to the host's dead band. */
const BACK_SHARE = 1.1;
/** Two readings of a dawn may differ by so much at once: the host's dead band. */
const JUMP_SHARE = 1.1;
/** No dawn brightens by this share a minute. */
const JUMP_PACE = 0.4;
/** Clouds that part brighten it by less than this share a minute. */
const CLOUD_PACE = 0.06;
/** From so much a dawn grows, lux; to 70 it takes 11 min at the equator, 15 at 50 degrees. */
const DAWN_SEED = 2;
/** Readings stand further apart where lamps widen the host's dead band; longer gaps count as this. */
const DAWN_GAP: Millis = 3 * MINUTE;
/** The pace of a dusk is measured over so long. */
const DUSK_STEP: Millis = 2 * MINUTE;
/** A light that falls is reported by the host at the latest when it has lost this share ... */
const DEAD_BAND = 0.1;
/** ... and the host has looked at it again. */
const LOOK_EVERY: Millis = MINUTE / 2;
/** In twilight a clear sky loses this share with each degree that the sun sinks ... */
const DUSK_SHARE = 1.08;
/** ... and it sinks by so much a minute where it does so straight, degrees. */
const SUN_PACE = 0.25;
/** With the sun above, a dim sky is a covered one, and no pace is a twilight's; degrees. */
const SUN_IS_DOWN = -1;
/** Sine of the sun's greatest declination: in the solstices a dusk is the slowest. */
const SOLSTICE = 0.398;
/** A sky whose fall shows less than this share of `onLevel` counts as dark; clouds that part slow a dusk. */
const DUSK_DOUBT = 0.9;

export interface LamplightOptions extends Pick<PhotocellOptions, "onLevel" | "offLevel"> {
	/** Degrees. */
	readonly latitude: number;
}

/** Bounds of day and night by place, clock and past nights. */
export interface SunTimes {
	/** No dawn comes earlier after a dusk, ms. */
	readonly nightFor: Millis;
	/** Elevation of the sun by a dated clock, degrees; NaN without one. */
	elevationAt(now: Millis): number;
}

export class Lamplight implements LightCourse {
	dayFor: Millis = 0;
	steadyFor: Millis = STEADY_FOR;
	private stillFor: Millis = STEADY_FOR; // `steadyFor` of a light that does not fall
	/** Brightest lamplight of the night, lux. */
	private glow = 0;
	private nightSince: Millis = Number.NaN; // NaN: none was seen
	private isDay = true; // it was, or no reading came yet
	private dayAt: Millis = Number.NaN; // when it began
	private duskAt: Millis = Number.NaN; // NaN: it began with a boot
	private learnt = false; // `glow` is this night's
	private sky = 0; // light that came by night at the pace of a dawn, lux
	private skyAtLow = 0; // before the rise under way
	private least = 0; // darkest reading of the night
	private readonly recurring = new RecurringLight();
	private lux = Number.NaN; // the last reading
	private luxAt: Millis = Number.NaN;
	private low = Number.NaN; // from which it rises
	private lowAt: Millis = Number.NaN;
	private litAt = Number.NaN; // light before a neighbour lit in twilight; NaN: none did
	private mark = Number.NaN; // from which an evening falls
	private markAt: Millis = Number.NaN;
	private isSlow = false; // it falls too slowly for a sky

	/**
	 * The sky's part of a reading, lux; NaN where it is open. `output`: of the photocell before this
	 * reading.
	 */
	skyOf(
		lux: Lux,
		now: Millis,
		output: PhotocellOutput,
		options: LamplightOptions,
		sun: SunTimes,
	): Lux {
		if (!isReading(lux)) return lux;
		const isBright = lux >= options.offLevel + FLOODLIGHT;
		if (isBright && this.isDay && output === "day") return this.brighten(lux, now);
		const before = this.lux;
		const beforeAt = this.luxAt;
		this.follow(lux, now);
		if (output !== "day") {
			const sky = this.skyOfNight(lux, before, now, beforeAt, options.latitude, sun.nightFor);
			const isFlood = isBright && sky < options.offLevel;
			const mayBeLamps = isFlood && output === "night" && lux < SUNLIGHT;
			this.dayFor = mayBeLamps ? FLOODLIGHT_FOR : 0;
			if (isFlood) return lux;
			// Day or a work light: until that is clear a boot leaves it to the clock, or lights.
			const isOpen = output === "unknown" && lux >= options.offLevel + LAMPLIGHT_MOST;
			return (isOpen && sky < options.offLevel ? Number.NaN : sky) as Lux;
		}
		if (!this.isDay) {
			this.isDay = true;
			this.stillFor = STEADY_IN_DOUBT;
			this.dayAt = now;
			this.mark = Number.NaN;
			this.isSlow = false;
		}
		if (isBright) return this.brighten(lux, now);
		return this.skyOfDay(lux, now, options, sun) as Lux;
	}

	/** More than lamps give; an evening falls from here. */
	private brighten(lux: Lux, now: Millis): Lux {
		this.lux = this.low = this.mark = lux;
		this.luxAt = this.lowAt = this.markAt = now;
		this.litAt = Number.NaN;
		this.isSlow = false;
		this.steadyFor = this.stillFor = STEADY_FOR;
		return lux;
	}

	private skyOfDay(lux: number, now: Millis, options: LamplightOptions, sun: SunTimes): number {
		const { offLevel } = options;
		if (lux <= this.litAt * BACK_SHARE) this.litAt = Number.NaN;
		if (this.litAt >= 0) return 0;
		const isDusk = now - this.duskAt >= DUSK_AGAIN;
		if (isDusk || this.isJump(lux, now, JUMP_SHARE, JUMP_PACE)) this.stillFor = STEADY_AFTER_JUMP;
		const isEvening = this.mark >= 0 && lux < LAMPLIGHT_MOST;
		const most = isEvening ? Math.max(offLevel, options.onLevel + LAMP_MOST) : offLevel;
		if (this.low < most && this.isJump(lux, now, 1, SKY_PACE)) {
			this.litAt = this.low;
			return 0;
		}
		return lux >= options.onLevel && this.isTooSlow(lux, now, options, sun) ? 0 : lux;
	}

	/**
	 * Whether an evening falls so slowly that the sky gives less than `onLevel` and lamps the rest.
	 * From LAMP_MOST on, the absence of a reading shows the same after `steadyFor`; below, a dead band is
	 * too few lux. A covered sky that is as dim before sunset falls at half that pace, so no
	 * evening is judged while a dated clock has the sun above SUN_IS_DOWN.
	 */
	private isTooSlow(lux: number, now: Millis, options: LamplightOptions, sun: SunTimes): boolean {
		const span = now - this.markAt;
		this.steadyFor = this.stillFor;
		if (Number.isNaN(this.mark)) return false;
		if (lux >= LAMPLIGHT_MOST || !(lux < this.mark)) this.isSlow = false;
		else {
			const pace = duskPaceAt(options.latitude);
			const least = pace * options.onLevel;
			const day = dayLeft(sun.elevationAt(now), pace);
			const nextWithin = day + ((DEAD_BAND * lux) / least) * MINUTE + LOOK_EVERY;
			if (lux >= LAMP_MOST) this.steadyFor = Math.min(this.stillFor, nextWithin);
			if (span < DUSK_STEP) return this.isSlow;
			this.isSlow = day === 0 && (this.mark - lux) / (span / MINUTE) < least * DUSK_DOUBT;
		}
		this.mark = lux;
		this.markAt = now;
		return this.isSlow;
	}

	/** `before`: the reading that stood until now; lamps that keep their light give no other. */
	private skyOfNight(
		lux: number,
		before: number,
		now: Millis,
		beforeAt: Millis,
		latitude: number,
		nightFor: Millis,
	): number {
		if (this.isDay) {
			this.isDay = false;
			this.steadyFor = this.stillFor;
			this.litAt = Number.NaN;
			this.sky = 0;
			this.skyAtLow = 0;
			this.least = lux;
			const wasDay = now - this.dayAt >= DAY_LEAST; // else the night goes on
			if (wasDay) this.duskAt = now;
			if (wasDay || !this.learnt) {
				this.nightSince = now;
				this.learnt = false;
				this.glow = 0;
			}
		}
		if (now - this.nightSince >= LEARN_FROM) {
			const isEarly = beforeAt - this.duskAt < nightFor || beforeAt - this.nightSince < LEARN_UNTIL;
			if (isEarly || !this.learnt) this.learn(lux, before, now - beforeAt);
			this.learnt = true;
		}
		const isBeforeDawn = now - this.duskAt < nightFor;
		if (isBeforeDawn) {
			if (lux < this.least) this.least = lux;
			return 0;
		}
		this.dawn(lux, before, now, beforeAt, latitude);
		return Math.max(0, Math.min(this.sky, lux - this.glow));
	}

	/** Lamplight is what lasted, less the sky's part: after a boot a dawn may be under way. */
	private learn(lux: number, before: number, stood: Millis): void {
		const lasting = (stood >= GLOW_FOR ? before : Math.min(before, lux)) - this.sky;
		if (lasting > this.glow) this.glow = Math.min(lasting, LAMPLIGHT_MOST);
	}

	/** Takes what comes as fast as a lamp for a lamp's, and of the rest no more than a dawn brings. */
	private dawn(lux: number, before: number, now: Millis, beforeAt: Millis, latitude: number): void {
		if (lux < this.least) {
			// A lamp that burnt all night went out: the sky keeps its part.
			this.sky = Math.min(this.sky, lux);
			this.least = lux - this.sky;
		}
		if (!(lux > before)) this.skyAtLow = this.sky = Math.min(this.sky, lux - this.least);
		else if (this.isJump(lux, now, JUMP_SHARE, JUMP_PACE)) this.sky = this.skyAtLow;
		else {
			const minutes = Math.min(now - beforeAt, DAWN_GAP) / MINUTE;
			const most = (this.sky + DAWN_SEED) * Math.exp(dawnPaceAt(latitude) * minutes);
			this.sky = Math.min(this.sky + lux - before, most);
		}
		this.sky = this.recurring.bound(this.sky, lux);
	}

	private follow(lux: number, now: Millis): void {
		if (!(lux > this.lux)) {
			this.low = lux;
			this.lowAt = now;
		} else if (now - this.lowAt > RISE_FOR) {
			this.low = this.lux;
			this.skyAtLow = this.sky;
			this.lowAt = Math.max(this.luxAt, now - MINUTE);
		}
		this.lux = lux;
		this.luxAt = now;
	}

	/** Both ends of the rise are readings, so the host's dead band hides nothing of its pace. */
	private isJump(lux: number, now: Millis, share: number, pace: number): boolean {
		const most = this.low * (share + (pace * (now - this.lowAt)) / MINUTE);
		return lux - this.low >= JUMP_LEAST && lux > most;
	}
}

/** Share of its light by which a dawn brightens a minute at most: in the equinoxes, with clouds that part. */
function dawnPaceAt(latitude: number): number {
	return DUSK_SHARE * SUN_PACE * Math.cos((latitude * Math.PI) / 180) + CLOUD_PACE;
}

/** Share of a sky's light that a dusk loses a minute at least; 0 where the sun may not set. */
function duskPaceAt(latitude: number): number {
	const pole = Math.cos((latitude * Math.PI) / 180);
	return DUSK_SHARE * SUN_PACE * Math.sqrt(Math.max(0, pole * pole - SOLSTICE * SOLSTICE));
}

/** Until SUN_IS_DOWN by the slowest sun, which sets at `pace`, ms; 0 after it and without a clock (NaN). */
function dayLeft(elevation: number, pace: number): Millis {
	return elevation > SUN_IS_DOWN ? ((elevation - SUN_IS_DOWN) * DUSK_SHARE * MINUTE) / pace : 0;
}
