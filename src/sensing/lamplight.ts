/**
 * Lamplight: how much of a reading of the light sensor is the sky's; the rest is a lamp's.
 *
 * Known: readings with their instants. The host sends one when the light has left its dead band, and
 * looks twice a minute. A date is not needed; where there is one, the sun's elevation is known, too.
 *
 * Inferred from pace and course, because brightness alone distinguishes no lamp from a dim sky:
 * - lightrise.ts: how fast the light rises, and from which reading;
 * - nightlamps.ts: the light of a night's first hours is lamps';
 * - dawn.ts, recurringlight.ts: of a night's light, the part that came as slowly as a dawn is the sky's;
 * - evening.ts: by day a fast rise, a slow fall or no change at all is a lamp's.
 *
 * Where they differ, decides by night the least of them, and no sky at all until the shortest night is
 * over; by day the first that finds no sky. So an error is on the lit side. Brightness decides alone
 * beyond FLOODLIGHT: by day at once, by night when it has lasted.
 */
import type { Lux, Millis } from "../units.js";
import { Dawn } from "./dawn.js";
import { Evening, type EveningOptions } from "./evening.js";
import { LightRise } from "./lightrise.js";
import { LAMPLIGHT_MOST, LEARN_FROM, LEARN_UNTIL, learnt } from "./nightlamps.js";
import { FLOODLIGHT, isReading, type LightCourse, type PhotocellOutput } from "./photocell.js";
import type { SunTimes } from "./twilight.js";

/** A light beyond FLOODLIGHT lasts so long where its brightness alone shows that it is the sky's. */
const FLOODLIGHT_FOR: Millis = 10 * 60_000;
/** No light near a road throws so much on a sensor that looks at the sky, lux. */
const SUNLIGHT = 3000;
/** After a dusk the next one is due from here on: seasons and clouds move it by less. */
const DUSK_AGAIN: Millis = 23.5 * 3_600_000;
/** A shorter day was a work light, and the night goes on: in winter a day at 60 degrees has 5.5 h. */
const DAY_LEAST: Millis = 2 * 3_600_000;

export class Lamplight implements LightCourse {
	dayFor: Millis = 0;
	private isDay = true; // it was, or no reading came yet
	private dayAt: Millis = Number.NaN; // when it began
	private duskAt: Millis = Number.NaN; // of the last day; NaN: none was seen
	private nightAt: Millis = Number.NaN; // when the night began; NaN: none was seen
	private glow = 0; // light of lamps by night, lux
	private isLearnt = false; // `glow` is this night's
	private readonly rise = new LightRise();
	private readonly dawn = new Dawn();
	private readonly evening = new Evening();

	get steadyFor(): Millis {
		return this.evening.steadyFor;
	}

	/**
	 * The sky's part of a reading, lux; NaN where it is open. `output`: of the photocell before this
	 * reading.
	 */
	skyOf(
		lux: Lux,
		now: Millis,
		output: PhotocellOutput,
		options: EveningOptions,
		sun: SunTimes,
	): Lux {
		if (!isReading(lux)) return lux;
		const { offLevel } = options;
		const isBright = lux >= offLevel + FLOODLIGHT;
		if (output === "day") return this.skyOfDay(lux, now, isBright, options, sun) as Lux;
		const sky = this.skyOfNight(lux, now, options.latitude, sun.nightFor);
		const isFlood = isBright && sky < offLevel;
		const mayBeLamps = isFlood && output === "night" && lux < SUNLIGHT;
		this.dayFor = mayBeLamps ? FLOODLIGHT_FOR : 0;
		if (isFlood) return lux;
		// Day or a work light: until that is clear a boot leaves it to the clock, or lights.
		const isOpen = output === "unknown" && lux >= offLevel + LAMPLIGHT_MOST;
		return (isOpen && sky < offLevel ? Number.NaN : sky) as Lux;
	}

	private skyOfDay(
		lux: number,
		now: Millis,
		isBright: boolean,
		options: EveningOptions,
		sun: SunTimes,
	): number {
		const { rise, evening } = this;
		if (!this.isDay) {
			this.isDay = true;
			this.dayAt = now;
			rise.restart(lux, now); // the night has judged what led here
			evening.begin();
		}
		if (isBright) {
			rise.restart(lux, now);
			evening.brighten(lux, now);
			return lux;
		}
		rise.follow(lux, now);
		return evening.skyOf(lux, now, rise, now - this.duskAt >= DUSK_AGAIN, options, sun);
	}

	private skyOfNight(lux: number, now: Millis, latitude: number, nightFor: Millis): number {
		const { rise, dawn } = this;
		const before = rise.lux;
		const beforeAt = rise.at;
		if (rise.follow(lux, now)) dawn.onRise();
		if (this.isDay) this.beginNight(lux, now);
		if (now - this.nightAt >= LEARN_FROM) {
			const isEarly = beforeAt - this.duskAt < nightFor || beforeAt - this.nightAt < LEARN_UNTIL;
			if (isEarly || !this.isLearnt)
				this.glow = learnt(this.glow, lux, before, now - beforeAt, dawn.sky);
			this.isLearnt = true;
		}
		if (now - this.duskAt < nightFor) {
			dawn.wait(lux);
			return 0;
		}
		const sky = dawn.skyOf(lux, before, now, beforeAt, rise, latitude);
		return Math.max(0, Math.min(sky, lux - this.glow));
	}

	private beginNight(lux: number, now: Millis): void {
		this.isDay = false;
		this.evening.end();
		this.dawn.begin(lux);
		const wasDay = now - this.dayAt >= DAY_LEAST; // else the night goes on
		if (wasDay) this.duskAt = now;
		if (!wasDay && this.isLearnt) return;
		this.nightAt = now;
		this.isLearnt = false;
		this.glow = 0;
	}
}
