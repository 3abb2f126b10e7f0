/**
 * Lamps: state shared by the checks: light of each lamp, road users in its cone, darkness, orders.
 *
 * It is called first, so that each check finds the state as of the event it receives.
 */
import { FAULTS } from "../faults/faults.js";
import type { OrderSent } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import { DAY, HOUR, MINUTE } from "../util/spans.js";
import { DEAD_BAND_SHARE, GAIN_SPREAD, GLARE, OWN_LIGHT } from "../world/lightsensor.js";
import { SAMPLE_INTERVAL } from "../world/sky.js";
import { FULL_DUTY } from "../world/world.js";
import type { Configured } from "./configured.js";

/** Steps of the DALI curve lie 2.8 % apart: half of one, and the duty's own rounding. */
const SHARE_TOLERANCE = 0.02;
const LEVEL_TOLERANCE = 0.05;
/** A measurement may wait for the next sample of the sky, and be one dead band late. */
const SENSOR_DELAY = 2 * SAMPLE_INTERVAL;
/** Lux of an overcast sky with the sun well below -6 deg. */
const BLACK = 0.1;

/** Whether a level is at least `wanted`, within the tolerance of the curve's steps. */
export function atLeast(level: number, wanted: number): boolean {
	return level >= wanted * (1 - SHARE_TOLERANCE) - LEVEL_TOLERANCE;
}

/** Whether a level is at most `wanted`, within the tolerance of the curve's steps. */
export function atMost(level: number, wanted: number): boolean {
	return level <= wanted * (1 + SHARE_TOLERANCE) + LEVEL_TOLERANCE;
}

/** Poles to either side from which a neighbour's movement can light a lamp. */
const TELLING = 6;

/** Error of the program without a clock (docs/time.md) ... */
const MIDNIGHT_ERROR = 15 * MINUTE;
/** ... once this many nights have been learnt. */
const LEARNT_AFTER = 4 * 24 * HOUR;
/** Until the next answer of a time server that is reachable again. */
const ANSWERED_WITHIN = HOUR + MINUTE;
/** A lamp that boots in less light than this did not boot at dusk, lux. */
const DEEP_NIGHT = 5;
/** A dead PIR among neighbours is found after so many passages (docs/neighbours.md). */
const FOUND_BY = 20;

export class Lamps implements Witness {
	/** Light output, per cent: the PWM drives the LED current in proportion. */
	readonly level: Float64Array;
	/** Since when the machine runs; Infinity: it does not. */
	readonly runsSince: Float64Array;
	/** Number of road users in the cone, and of those that the PIR detects. */
	readonly inside: Int32Array;
	readonly seen: Int32Array;
	/** Since when a detected road user is in the cone, or Infinity. */
	readonly seenSince: Float64Array;
	/** Departure of the last one, or start of the lamp, whichever is later. */
	readonly vacantSince: Float64Array;
	/** Likewise the PIR's last release, false triggers included; Infinity: it is active. */
	readonly stillSince: Float64Array;
	/** Orders in force or to come, by lamp. */
	readonly orders: OrderSent[][];
	/** Since when the sensor is sound; Infinity: broken. The lamp may doubt it until then. */
	readonly pirSoundFrom: Float64Array;
	readonly lightSensorSoundFrom: Float64Array;
	/** From then on a broken sensor must have been found; Infinity: none is broken. */
	readonly fullFrom: Float64Array;
	/** Since when no time server answers; and since when one answers again. */
	readonly #clockLostAt: Float64Array;
	readonly #clockFrom: Float64Array;
	/** It booted in deep night without a clock: no program until the day. */
	readonly #timeless: Uint8Array;
	/** Passages since its PIR died; -1: it is not dead. */
	readonly #missed: Float64Array;
	#lux = 0;
	/**
	 * From this instant on the sky is black, so that the sun alone suffices; Infinity: it is not.
	 */
	private blackFrom = Infinity;
	/**
	 * From this instant on it is dark for every lamp, within any tolerance; Infinity: it is not.
	 */
	darkFrom = Infinity;
	/** Likewise bright; and so bright that no lamplight on a sensor matters. */
	brightFrom = Infinity;
	private glaringFrom = Infinity;
	private readonly glared: Uint8Array;

	constructor(
		readonly count: number,
		readonly configured: Configured,
	) {
		this.level = new Float64Array(count);
		this.runsSince = new Float64Array(count).fill(Infinity);
		this.inside = new Int32Array(count);
		this.seen = new Int32Array(count);
		this.seenSince = new Float64Array(count).fill(Infinity);
		this.vacantSince = new Float64Array(count);
		this.stillSince = new Float64Array(count);
		this.pirSoundFrom = new Float64Array(count);
		this.lightSensorSoundFrom = new Float64Array(count);
		this.glared = new Uint8Array(count);
		this.#clockLostAt = new Float64Array(count).fill(Infinity);
		this.#clockFrom = new Float64Array(count);
		this.#timeless = new Uint8Array(count);
		this.#missed = new Float64Array(count).fill(-1);
		this.fullFrom = new Float64Array(count).fill(Infinity);
		this.orders = Array.from({ length: count }, () => []);
	}

	/** Dark without doubt, stated delays included, and the lamp has had the time to measure it. */
	isDark(at: number, lamp: number): boolean {
		return at >= this.darkSince(lamp) && at >= this.runsSince[lamp]! + this.configured.startTime;
	}

	/** Since when it is dark for that lamp: one with a broken light sensor uses the sun. */
	darkSince(lamp: number): number {
		return this.lightSensorSoundFrom[lamp] === Infinity ? this.blackFrom : this.darkFrom;
	}

	/** Whether none of its sensors is broken, or was lately. */
	isSound(at: number, lamp: number): boolean {
		return at >= this.pirSoundFrom[lamp]! && at >= this.lightSensorSoundFrom[lamp]!;
	}

	/**
	 * The place has been vacant for `ms`, and no broken sensor contradicts it; with neighbours,
	 * also the places whose movements would light this lamp, until those expire.
	 */
	isVacant(at: number, lamp: number, ms: number): boolean {
		return this.#isQuiet(this.vacantSince, at, lamp, ms);
	}

	/** Likewise: and no PIR fired falsely. */
	isStill(at: number, lamp: number, ms: number): boolean {
		return this.isVacant(at, lamp, ms) && this.#isQuiet(this.stillSince, at, lamp, ms);
	}

	#isQuiet(since: Float64Array, at: number, lamp: number, ms: number): boolean {
		if (!(since[lamp]! + ms <= at) || !this.isSound(at, lamp)) return false;
		const { neighbours, autoClear } = this.configured;
		if (!neighbours) return true;
		const last = Math.min(this.count - 1, lamp + TELLING);
		for (let other = Math.max(0, lamp - TELLING); other <= last; other++) {
			const quiet = since[other]! + ms + autoClear <= at;
			if (other !== lamp && !(quiet && this.isSound(at, other))) return false;
		}
		return true;
	}

	/** Possible error of its clock, ms. */
	clockError(at: number, lamp: number): number {
		return at < this.#clockFrom[lamp]! ? MIDNIGHT_ERROR : 0;
	}

	/** Whether its program is in force; else it shines as without one. */
	hasProgram(at: number, lamp: number): boolean {
		if (at >= this.#clockFrom[lamp]!) return true;
		return !this.#timeless[lamp] && this.#clockLostAt[lamp]! >= LEARNT_AFTER;
	}

	/** Bright without doubt. */
	isBright(at: number, lamp: number): boolean {
		const { offDelay, startTime } = this.configured;
		if (at < this.lightSensorSoundFrom[lamp]!) return false;
		const brightFrom = this.glared[lamp] ? this.glaringFrom : this.brightFrom;
		return at >= brightFrom && at >= this.runsSince[lamp]! + startTime + offDelay;
	}

	/** Whether an order may hold the light at that instant, or held it until `before` ms ago. */
	isOrdered(at: number, lamp: number, before: number): boolean {
		const orders = this.orders[lamp]!;
		for (const order of orders)
			if (order.command !== "clearOverride" && at >= order.at && at < order.until + before)
				return true;
		return false;
	}

	onBoot(at: number, lamp: number): void {
		this.runsSince[lamp] = at;
		if (at < this.#clockFrom[lamp]! && this.#lux < DEEP_NIGHT) this.#timeless[lamp] = 1;
		this.vacantSince[lamp] = at;
		this.stillSince[lamp] = at;
	}
	onEnd(_at: number, lamp: number): void {
		this.runsSince[lamp] = Infinity;
		this.level[lamp] = 0;
	}
	onDuty(_at: number, lamp: number, duty: number): void {
		this.level[lamp] = (duty / FULL_DUTY) * 100;
	}
	onEnter(at: number, lamp: number, seen: boolean): void {
		this.inside[lamp]!++;
		this.vacantSince[lamp] = Infinity;
		if (seen && this.seen[lamp]!++ === 0) this.seenSince[lamp] = at;
	}
	onLeave(at: number, lamp: number, seen: boolean): void {
		if (--this.inside[lamp]! === 0) this.vacantSince[lamp] = at;
		if (this.#missed[lamp]! >= 0 && ++this.#missed[lamp]! === FOUND_BY) this.#mustBeFound(at, lamp);
		if (seen && --this.seen[lamp]! === 0) this.seenSince[lamp] = Infinity;
	}
	onEdge(at: number, lamp: number, moving: boolean): void {
		this.stillSince[lamp] = moving ? Infinity : at;
	}
	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const { breaks, litWithin, doubtedFor = 0, glare, clockless, mute } = FAULTS[name]!;
		if (FAULTS[name]!.wrongClock) this.pirSoundFrom[lamp] = on ? Infinity : at + DAY;
		if (clockless) {
			this.#clockLostAt[lamp] = on ? at : Infinity;
			this.#clockFrom[lamp] = on ? Infinity : at + ANSWERED_WITHIN;
		}
		if (mute) this.#missed[lamp] = on ? 0 : -1;
		if (glare) this.glared[lamp] = on ? 1 : 0;
		if (!breaks) return;
		const soundFrom = breaks === "pir" ? this.pirSoundFrom : this.lightSensorSoundFrom;
		soundFrom[lamp] = on ? Infinity : at + doubtedFor;
		if (litWithin !== undefined) this.fullFrom[lamp] = on ? at + litWithin : Infinity;
	}
	onOrder(order: OrderSent): void {
		this.orders[order.lamp]!.push(order);
	}

	/**
	 * Neighbours on both sides, two on one of them, report movements that its PIR does not detect.
	 */
	#mustBeFound(at: number, lamp: number): void {
		const last = this.count - 1;
		const isBetween = lamp > 0 && lamp < last && last >= 3;
		if (!this.configured.neighbours || !isBetween) return;
		this.fullFrom[lamp] = Math.min(this.fullFrom[lamp]!, at + MINUTE); // the last one is on the way
	}

	/** The least and the most sensitive sensor bound the illuminance that any lamp can measure. */
	onDaylight(at: number, lux: number): void {
		this.#lux = lux;
		if (lux >= this.configured.offLevel) this.#timeless.fill(0);
		const { onLevel, onDelay, offLevel, offDelay, lampResponse = OWN_LIGHT } = this.configured;
		if (lux > BLACK) this.blackFrom = Infinity;
		else this.blackFrom = Math.min(this.blackFrom, at + onDelay + SENSOR_DELAY);
		if (lux * (1 + GAIN_SPREAD) + lampResponse >= onLevel) this.darkFrom = Infinity;
		else this.darkFrom = Math.min(this.darkFrom, at + onDelay + SENSOR_DELAY);
		if (lux * (1 - GAIN_SPREAD) * (1 - DEAD_BAND_SHARE) >= offLevel)
			this.brightFrom = Math.min(this.brightFrom, at + offDelay + SENSOR_DELAY);
		else this.brightFrom = Infinity;
		if (lux * (1 - GAIN_SPREAD) * (1 - DEAD_BAND_SHARE) >= offLevel + GLARE)
			this.glaringFrom = Math.min(this.glaringFrom, at + offDelay + SENSOR_DELAY);
		else this.glaringFrom = Infinity;
	}
}
