/**
 * Lamps: what the checks share: who is lit how, who is in which cone, how dark it is, who ordered what.
 *
 * It is told first, so that each check finds the state as of the thing it is told.
 */
import { FAULTS } from "../faults/faults.js";
import type { OrderSent } from "../network.js";
import type { Witness } from "../witness.js";
import { DEAD_BAND_SHARE, GAIN_SPREAD, GLARE, OWN_LIGHT } from "../world/lightsensor.js";
import { SAMPLE_INTERVAL } from "../world/sky.js";
import { FULL_DUTY } from "../world/world.js";
import type { Configured } from "./configured.js";

/** Steps of the DALI curve lie 2.8 % apart: half of one, and the duty's own rounding. */
const SHARE_TOLERANCE = 0.02;
const LEVEL_TOLERANCE = 0.05;
/** A reading may wait for the next look at the sky, and be one dead band late. */
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

/** Poles to either side from which a word can light a lamp. */
const TELLING = 6;

export class Lamps implements Witness {
	/** Light output, per cent: the PWM drives the LED current in proportion. */
	readonly level: Float64Array;
	/** Since when it runs; Infinity: it does not. */
	readonly runsSince: Float64Array;
	/** How many are in the cone, and how many of them the PIR sees. */
	readonly inside: Int32Array;
	readonly seen: Int32Array;
	/** Since when someone seen is in the cone, or Infinity. */
	readonly seenSince: Float64Array;
	/** When the last one left, or the lamp started, whichever is later. */
	readonly vacantSince: Float64Array;
	/** Likewise when the PIR went still, which fires at nothing, too; Infinity: it is active. */
	readonly stillSince: Float64Array;
	/** Orders in force or to come, by lamp. */
	readonly orders: OrderSent[][];
	/** Sensors that can be believed, since when; Infinity: broken. The lamp may doubt them until then. */
	readonly pirSoundFrom: Float64Array;
	readonly lightSensorSoundFrom: Float64Array;
	/** From then on a broken sensor must have been found out; Infinity: there is none. */
	readonly fullFrom: Float64Array;
	/** From this instant on the sky is black, so the sun alone tells it; Infinity: it is not. */
	private blackFrom = Infinity;
	/** From this instant on it is dark for every lamp, whatever its tolerance; Infinity: it is not. */
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
		this.fullFrom = new Float64Array(count).fill(Infinity);
		this.orders = Array.from({ length: count }, () => []);
	}

	/** Dark beyond doubt, stated delays included, and the lamp has had the time to see it. */
	isDark(at: number, lamp: number): boolean {
		return at >= this.darkSince(lamp) && at >= this.runsSince[lamp]! + this.configured.startTime;
	}

	/** Since when it is dark for that lamp: one whose light sensor is broken goes by the sun. */
	darkSince(lamp: number): number {
		return this.lightSensorSoundFrom[lamp] === Infinity ? this.blackFrom : this.darkFrom;
	}

	/** Whether no sensor of it is broken, nor was lately. */
	isSound(at: number, lamp: number): boolean {
		return at >= this.pirSoundFrom[lamp]! && at >= this.lightSensorSoundFrom[lamp]!;
	}

	/**
	 * Nobody has been here for `ms`, and no broken sensor can say otherwise; with neighbours: nor been
	 * where they would tell this lamp, until their word is cleared, too.
	 */
	isVacant(at: number, lamp: number, ms: number): boolean {
		return this.#isQuiet(this.vacantSince, at, lamp, ms);
	}

	/** Likewise: and no PIR fired at nothing. */
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

	/** Bright beyond doubt. */
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
		if (seen && --this.seen[lamp]! === 0) this.seenSince[lamp] = Infinity;
	}
	onEdge(at: number, lamp: number, moving: boolean): void {
		this.stillSince[lamp] = moving ? Infinity : at;
	}
	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const { breaks, litWithin, doubtedFor = 0, glare } = FAULTS[name]!;
		if (glare) this.glared[lamp] = on ? 1 : 0;
		if (!breaks) return;
		const soundFrom = breaks === "pir" ? this.pirSoundFrom : this.lightSensorSoundFrom;
		soundFrom[lamp] = on ? Infinity : at + doubtedFor;
		if (litWithin !== undefined) this.fullFrom[lamp] = on ? at + litWithin : Infinity;
	}
	onOrder(order: OrderSent): void {
		this.orders[order.lamp]!.push(order);
	}

	/** The dullest and the keenest sensor bound what any lamp can know. */
	onDaylight(at: number, lux: number): void {
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
