/**
 * Skylight: when a lamp must count it as dark, and when as day, from the true sky and the sun alone.
 *
 * No sensor of a lamp and no state of the firmware is read. Each lamp is in one of the situations
 * of docs/checks.md: its light sensor measures the sky, is broken in one of three ways, or has light
 * on it that is not the sky's; and it has the right date, a wrong one, or none. A date of which no
 * witness can know makes no day (vouched.ts). Where docs/sensing.md permits either result nothing is
 * required.
 */

import { HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import type { Witness } from "../street/witness.js";
import { DEAD_BAND_SHARE, GAIN_SPREAD, GLARE, OWN_LIGHT } from "../world/lightsensor.js";
import { SAMPLE_INTERVAL } from "../world/sky.js";
import { elevationAt } from "../world/sun.js";
import type { Configured } from "./configured.js";
import type { Dates } from "./dates.js";
import type { Vouched } from "./vouched.js";

/** A measurement may wait for the next sample of the sky, and be one dead band late. */
const SENSOR_DELAY = 2 * SAMPLE_INTERVAL;
/** The least that any sensor measures of the sky, as a share. */
const LEAST_SHARE = (1 - GAIN_SPREAD) * (1 - DEAD_BAND_SHARE);
/** With a date light on the sensor is no daylight below this sun; tolerance of two ephemerides. */
const NO_DAYLIGHT = -3;
const SUN_TOLERANCE = 0.3;
const SUN_DELAY = 3 * MINUTE;
/** A sky beyond offLevel by this is day after FLOODLIGHT_FOR, after any night. */
const FLOODLIGHT = 1000;
const FLOODLIGHT_FOR = 10 * MINUTE;
/** A day by lamplight between the thresholds is over by then: a dull day, and its delays. */
const DULL_DAY = 15 * MINUTE;
/** A lamp takes its own light off the morning, and once more where it lit for a road user meanwhile. */
const OWN_LIGHT_TAKEN = 2;
/** Lamps that face each other and go out in the morning leave the sky's part unknown for so long. */
const LATE_DAWN = 15 * MINUTE;
/** A sky below FLOODLIGHT that stands still so long, to this ratio, may pass for lamps' light. */
const STILL_FOR = 10 * MINUTE;
const STILL_RATIO = 1.25;
/** An evening that brightens by this share from one sample to the next may pass for a lamp that lit. */
const RISE_SHARE = 1.05;
/** No dawn brightens by this share from one sample to the next: a faster rise may pass for a lamp's. */
const JUMP_SHARE = 1.15;
/** Nor by more than a clear one over so long, with clouds that part, a share a minute. */
const DAWN_SPAN = 5 * MINUTE;
const DAWN_CLOUDS = 0.04;
/** A clear dawn brightens by so much a minute where the sun rises straight (sim/world/sky.ts). */
const DAWN_PACE = 0.27;
/** Below that a reading is too coarse for a pace, lux. */
const DAWN_LEAST = 5;
/** A silent sensor, and one that is stuck, are found by then (docs/sensing.md). */
const SILENT_FOUND = 24 * HOUR + 10 * MINUTE;
const STUCK_AFTER = 30 * HOUR;
const STUCK_FOUND = STUCK_AFTER + 10 * MINUTE;
/** Night by the photocell for so long up to a noon: the lamp leaves its clock until the next midnight. */
const SURELY_DAY = 5 - SUN_TOLERANCE;
const CONTRARY_FOR = 2 * HOUR;
const CONFLICT_FOR = 13 * HOUR;
/** A lamp that dates by a wrong clock may doubt its sensor by then (docs/sensing.md: -8 and 5 deg). */
const DEEP_SUN = -7;
const HIGH_SUN = 4;
/** Noon by the mean sun, hours: the equation of time, and the photocell's delays. */
const ABOUT_NOON = 0.4;
/** Light that is not the sky's may pass for a day so long, without a date (docs/sensing.md, Limits). */
const FOREIGN_LIMIT = 75 * MINUTE;

interface Sample {
	readonly at: number;
	readonly lux: number;
}
type Broken = "dead" | "stuck" | "dark";

export class Skylight implements Witness {
	readonly #broken: (Broken | undefined)[];
	readonly #brokenAt: Float64Array;
	/** From then on the sensor counts as sound again, and as measuring again. */
	readonly #soundFrom: Float64Array;
	readonly #measuresFrom: Float64Array;
	readonly #bootAt: Float64Array;
	/** Since the last certain day: a boot, a broken sensor or other light in this night. */
	readonly #isOpen: Uint8Array;
	readonly #glared: Int32Array;
	/** Since the last certain day: the lamp takes a light that it learnt by night off the morning. */
	readonly #hadGlare: Uint8Array;
	readonly #foreign: Int32Array; // sources of other light on it now
	readonly #foreignUntil: Float64Array;
	/** Daylight of the last minutes. */
	readonly #samples: Sample[] = [];
	/** Since when the sky is dark, or bright, or so bright that nothing else matters; Infinity: not. */
	#darkFrom = Infinity;
	#brightFrom = Infinity;
	#glaringFrom = Infinity;
	#floodFrom = Infinity;
	/** Least and greatest light of the sky since it stands still, and since when. */
	#stillLeast = Infinity;
	#stillMost = -Infinity;
	#stillFrom = 0;
	/** The sky fell below offLevel by day, or rose fast: until the next night it may pass for lamps' light. */
	#isDarkDay = false;
	/** The sky fell below what lamps may give, by day: where it rises fast a lamp may have lit. */
	#isEvening = false;
	/** When the sky was last so bright that any lamp measured a day; until when its noon may have been dark. */
	#brightAt = 0;
	#conflictUntil = -Infinity;
	#lux = Infinity; // of the sample before
	#minute = NaN; // that of the sun's elevation
	#datesMinute = NaN;
	#elevation = 0;
	#elevationBefore = 0;

	constructor(
		count: number,
		private readonly configured: Configured,
		private readonly epochUtc: number,
		private readonly dates: Dates,
		private readonly vouched: Vouched,
	) {
		this.#broken = new Array(count).fill(undefined);
		this.#brokenAt = new Float64Array(count);
		this.#soundFrom = new Float64Array(count);
		this.#measuresFrom = new Float64Array(count);
		this.#bootAt = new Float64Array(count);
		this.#isOpen = new Uint8Array(count).fill(1);
		this.#glared = new Int32Array(count);
		this.#hadGlare = new Uint8Array(count);
		this.#foreign = new Int32Array(count);
		this.#foreignUntil = new Float64Array(count).fill(-Infinity);
	}

	/** The true sky is dark to any sensor, in spite of other light on it. */
	isSkyDark(at: number): boolean {
		return at >= this.#darkFrom;
	}

	/** Likewise broad daylight, for so long that no sound lamp doubts the day. */
	isBroadDay(at: number): boolean {
		return at >= this.#floodFrom;
	}

	/** The lamp must count it as dark. */
	mustBeDark(at: number, lamp: number): boolean {
		const { dates, vouched } = this;
		const isNight = this.#isSunBelow(at, this.#deepSun);
		const isRight = dates.isRight(at, lamp) && !vouched.isOff(at, lamp);
		if (isRight && isNight) return true;
		if (this.configured.photocell === false) return isNight || !vouched.isPossible(lamp);
		if (at < this.#darkFrom || at < this.#measuresFrom[lamp]!) return false;
		if (this.#foreign[lamp]! > 0 || at < this.#foreignUntil[lamp]! + FOREIGN_LIMIT) return false;
		const broken = this.#broken[lamp];
		const mayBeStuck = broken === "dark" && at >= this.#brokenAt[lamp]! + STUCK_AFTER;
		if (mayBeStuck && isRight) return false; // the sun decides
		if (broken === undefined || broken === "dark")
			return at >= this.#darkFrom + (this.#glared[lamp] ? DULL_DAY : 0);
		if (at < this.#foundAt(lamp, broken)) return false;
		return isNight || (!isRight && !dates.mayBeWrong(lamp)); // else the sun may decide
	}

	/** It is lit for want of a witness, and its clock may show day: it asks for no program then. */
	isDayByClock(at: number, lamp: number): boolean {
		const isBlind = this.configured.photocell === false && !this.vouched.isPossible(lamp);
		return isBlind && !this.#isSunBelow(at, this.#deepSun);
	}

	/** The lamp must count it as day. */
	mustBeDay(at: number, lamp: number): boolean {
		const { dates, configured } = this;
		const { startTime, offDelay } = configured;
		if (at < this.#bootAt[lamp]! + startTime + offDelay) return false;
		const isCertain = this.vouched.isCertain(at - offDelay, lamp);
		if ((dates.mayBeWrong(lamp) || dates.mayDoubt[lamp]) && !isCertain) return false; // lit in doubt
		if (this.vouched.isOff(at, lamp) && !this.#isSunAbove(at, SURELY_DAY)) return false;
		const elevation = (configured.darkElevation ?? -2) + SUN_TOLERANCE;
		const error = this.vouched.errorOf(at, lamp) + SUN_DELAY;
		const isSunUp = isCertain && error < Infinity && this.#isSunUpFor(at, elevation, error);
		if (configured.photocell === false) return isSunUp;
		const broken = this.#broken[lamp];
		if (broken === "dark" || (broken === undefined && at < this.#soundFrom[lamp]!)) return false;
		if (broken === "stuck") return isSunUp && at >= this.#brokenAt[lamp]! + this.#floodDelay;
		if (broken === "dead") return isSunUp && at >= this.#foundAt(lamp, broken);
		if (this.#foreign[lamp]! > 0) return false;
		if (at >= this.#floodFrom) return true;
		const isDated = isCertain || dates.isRight(at, lamp);
		if (isDated && !isCertain && !this.#isSunAbove(at, SURELY_DAY)) return false; // as without a date
		if (isDated && !this.#isSunAbove(at, this.#deepSun + 2 * SUN_TOLERANCE)) return false; // with such a sun no light on the sensor is daylight to it
		if (this.#isOpen[lamp] || this.#isDarkDay) return false;
		return at >= (this.#hadGlare[lamp] ? this.#glaringFrom + LATE_DAWN : this.#brightFrom);
	}

	/** A dark noon may have contradicted its clock: no program by that clock (docs/time.md). */
	mayContradict(at: number): boolean {
		return at < this.#conflictUntil;
	}

	/** The light sensor is sound, was lately, and nothing but the sky is on it. */
	isSound(at: number, lamp: number): boolean {
		return (
			this.#broken[lamp] === undefined &&
			at >= this.#soundFrom[lamp]! &&
			this.#foreign[lamp] === 0 &&
			at >= this.#foreignUntil[lamp]! + FOREIGN_LIMIT
		);
	}

	onBoot(at: number, lamp: number): void {
		this.#bootAt[lamp] = at;
		this.#isOpen[lamp] = 1;
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const { breaks, sensor, doubtedFor = 0, glare, foreign } = FAULTS[name]!;
		if (glare) {
			this.#glared[lamp]! += on ? 1 : -1;
			this.#hadGlare[lamp] = 1;
		}
		if (foreign) {
			this.#foreign[lamp]! += on ? 1 : -1;
			this.#foreignUntil[lamp] = on ? Infinity : at;
			this.dates.mayDoubt[lamp] = 1;
			this.#isOpen[lamp] = 1;
			this.dates.disturb(at, lamp);
		}
		if (breaks !== "lightSensor") return;
		this.#isOpen[lamp] = 1;
		this.#broken[lamp] = on ? sensor : undefined;
		if (on) this.#brokenAt[lamp] = at;
		this.#soundFrom[lamp] = at + doubtedFor;
		this.#measuresFrom[lamp] = at + this.configured.onDelay + SENSOR_DELAY;
		this.dates.disturb(at, lamp);
	}

	/** The least and the most sensitive sensor bound the illuminance that any lamp can measure. */
	onDaylight(at: number, lux: number): void {
		const { onLevel, onDelay, offLevel, offDelay, ownLight = OWN_LIGHT } = this.configured;
		const { lampResponse = ownLight } = this.configured;
		const isDark = lux * (1 + GAIN_SPREAD) + lampResponse < onLevel;
		const sky = lux * LEAST_SHARE;
		const skyBefore = this.#lux * LEAST_SHARE;
		if (sky < offLevel && skyBefore >= offLevel) this.#isDarkDay = true;
		this.#isEvening = sky < GLARE && (this.#isEvening || skyBefore >= GLARE);
		const isRise = lux > this.#lux * (this.#isEvening ? RISE_SHARE : JUMP_SHARE);
		if ((isRise || this.#isFastDawn(at, lux)) && skyBefore < GLARE) this.#isDarkDay = true;
		this.#lux = lux;
		if (isDark && this.#isSunBelow(at, NO_DAYLIGHT)) this.#isDarkDay = this.#isEvening = false;
		this.#darkFrom = isDark ? Math.min(this.#darkFrom, at + onDelay + SENSOR_DELAY) : Infinity;
		const from = (since: number, level: number, delay: number) =>
			sky >= level ? Math.min(since, at + delay + SENSOR_DELAY) : Infinity;
		const times = at >= this.#brightFrom ? 1 : OWN_LIGHT_TAKEN; // in an evening it has been off
		this.#brightFrom = from(this.#brightFrom, offLevel + times * lampResponse, offDelay);
		this.#glaringFrom = from(this.#glaringFrom, offLevel + GLARE, offDelay);
		this.#floodFrom = from(this.#floodFrom, offLevel + FLOODLIGHT + GLARE, this.#floodDelay);
		this.#watchStillness(at, lux);
		this.#watchNoon(at, sky >= offLevel + GLARE);
	}

	#isFastDawn(at: number, lux: number): boolean {
		const samples = this.#samples;
		samples.push({ at, lux });
		while (samples[0]!.at < at - DAWN_SPAN) samples.shift();
		const [first] = samples as [Sample];
		const pace = DAWN_PACE * Math.cos((this.configured.latitude * Math.PI) / 180) + DAWN_CLOUDS;
		const most = first.lux * Math.exp((pace * (at - first.at)) / MINUTE);
		return at - first.at >= DAWN_SPAN && first.lux >= DAWN_LEAST && lux > most;
	}

	#watchNoon(at: number, isBright: boolean): void {
		if (isBright) this.#brightAt = at;
		if (at - this.#brightAt < CONTRARY_FOR) return;
		const hours = (this.epochUtc + at) / HOUR + this.configured.longitude / 15;
		const isNoon = Math.abs((((hours % 24) + 24) % 24) - 12) < ABOUT_NOON;
		if (isNoon && this.#isSunAbove(at, SURELY_DAY)) this.#conflictUntil = at + CONFLICT_FOR;
	}

	/** Without a course that a sky has, the rest of the day is as uncertain as after a boot. */
	#watchStillness(at: number, lux: number): void {
		this.#stillLeast = Math.min(this.#stillLeast, lux);
		this.#stillMost = Math.max(this.#stillMost, lux);
		const isDark = lux < this.configured.onLevel / 2;
		if (isDark || this.#stillMost > this.#stillLeast * STILL_RATIO) {
			this.#stillLeast = this.#stillMost = lux;
			this.#stillFrom = at;
		}
		if (at - this.#stillFrom >= STILL_FOR && this.#floodFrom === Infinity) this.#isOpen.fill(1);
	}

	/** From a day that is certain on, the next night is judged from its dusk. */
	advance(at: number): void {
		const { dates } = this;
		if (at >= this.#darkFrom)
			for (let lamp = 0; lamp < this.#isOpen.length; lamp++)
				if (this.isSound(at, lamp) && dates.isRight(at, lamp)) dates.mayDoubt[lamp] = 0;
		this.#watchDates(at);
		if (at < this.#floodFrom) return;
		this.#isDarkDay = false;
		for (let lamp = 0; lamp < this.#isOpen.length; lamp++) {
			if (this.#glared[lamp] === 0) this.#hadGlare[lamp] = 0;
			const hasSeen = at >= this.#bootAt[lamp]! + this.#floodDelay + SENSOR_DELAY;
			if (this.#isOpen[lamp] && hasSeen && this.isSound(at, lamp)) this.#isOpen[lamp] = 0;
		}
	}

	/** The sun of a wrong date contradicts a sensor: by day a deep one, by night a high one. */
	#watchDates(at: number): void {
		const minute = Math.floor(at / MINUTE);
		if (minute === this.#datesMinute) return;
		this.#datesMinute = minute;
		const { dates, configured } = this;
		const { latitude, longitude } = configured;
		const isDark = at >= this.#darkFrom;
		for (let lamp = 0; lamp < this.#isOpen.length; lamp++)
			for (const error of dates.errors(lamp)) {
				const sun = elevationAt(this.epochUtc + at + error, latitude, longitude);
				if (isDark ? sun > HIGH_SUN : sun < DEEP_SUN) dates.mayDoubt[lamp] = 1;
			}
	}

	get #floodDelay(): number {
		return Math.max(this.configured.offDelay, FLOODLIGHT_FOR);
	}

	get #deepSun(): number {
		return Math.min(this.configured.darkElevation ?? -2, NO_DAYLIGHT) - SUN_TOLERANCE;
	}

	/** By then a broken sensor has been found in this life. */
	#foundAt(lamp: number, broken: Broken): number {
		const [brokenAt, bootAt] = [this.#brokenAt[lamp]!, this.#bootAt[lamp]!];
		if (broken === "dead") return bootAt > brokenAt ? bootAt : brokenAt + SILENT_FOUND;
		return Math.max(brokenAt, bootAt) + STUCK_FOUND;
	}

	#isSunBelow(at: number, degrees: number): boolean {
		this.#look(at);
		return this.#elevation < degrees && this.#elevationBefore < degrees;
	}

	#isSunAbove(at: number, degrees: number): boolean {
		this.#look(at);
		return this.#elevation > degrees && this.#elevationBefore > degrees;
	}

	/** Also `span` before and after. */
	#isSunUpFor(at: number, degrees: number, span: number): boolean {
		const { latitude, longitude } = this.configured;
		return [at - span, at + span].every(
			(when) => elevationAt(this.epochUtc + when, latitude, longitude) > degrees,
		);
	}

	#look(at: number): void {
		const minute = Math.floor(at / MINUTE);
		if (minute === this.#minute) return;
		const { latitude, longitude } = this.configured;
		const utc = this.epochUtc + at;
		this.#minute = minute;
		this.#elevation = elevationAt(utc, latitude, longitude);
		this.#elevationBefore = elevationAt(utc - SUN_DELAY, latitude, longitude);
	}
}
