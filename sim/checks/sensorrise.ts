/**
 * sensorRise: the presence level shines within 1.2 s of an edge of the PIR (0.6 s more if the movement sensor
 * is in the lower socket), from 1.2 s after the
 * lamp must count as dark on, and stays while a sound PIR detects a road user in the cone; not
 * under an order that inhibits sensors.
 *
 * It is the level that the program sets for presence at that time (sensor rules), and an order does
 * not lower it unless it inhibits sensors: no less; and no more unless the program or an order asks
 * for more, or an image is verified, for two minutes once in a run.
 *
 * A chance is an edge under a dark sky at a lamp that has power, with a road user in the cone.
 */

import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";
import type { Required } from "./required.js";

/** A rise of 1 s or less that begins in the same tick, and the delay of the sensor's input. */
const RISE_LIMIT = 1_200;

/** Once in a run a lamp verifies an image at its full class, and falls after it. */
const VERIFIED_WITHIN = 120_000;
/** A fall that lasts longer than the program's tolerance in time may be under way at any edge. */
const LONG_FALL = 120_000;
/** Longest ramp of an order whose fade may be under way. */
const RAMP_MOST = 3_600_000;

export class SensorRise extends Tally {
	readonly name = "sensorRise";
	readonly #since: Float64Array; // edge that is not checked yet; Infinity: none
	readonly #isChance: Uint8Array; // of that edge
	readonly #brightFrom: Float64Array; // first rise to more than its rule sets; Infinity: none yet
	/** Of this street: a sensor on a bus is asked. */
	readonly #within: number;
	readonly #waiting: number[] = []; // lamps in the order of their edges

	constructor(
		private readonly lamps: Lamps,
		private readonly required: Required,
	) {
		super();
		this.#within = RISE_LIMIT + (lamps.configured.sensedWithin ?? 0);
		this.#since = new Float64Array(lamps.count).fill(Infinity);
		this.#isChance = new Uint8Array(lamps.count);
		this.#brightFrom = new Float64Array(lamps.count).fill(Infinity);
	}

	onEdge(at: number, lamp: number, moving: boolean, real: boolean): void {
		if (!moving || this.#since[lamp]! <= at) return;
		this.#since[lamp] = at;
		this.#isChance[lamp] = real && this.lamps.isNight(at, lamp) ? 1 : 0;
		this.#waiting.push(lamp);
	}

	/**
	 * Held: once risen, no later duty may lower it while a road user is in the cone. Until a rise after
	 * a boot or dusk became certain the light may be on its way.
	 */
	onDuty(at: number, lamp: number): void {
		const { lamps } = this;
		if (!lamps.movement.isSound(at, lamp)) return; // it need not see who is there
		const edge = at - this.#within;
		if (edge < lamps.seenSince[lamp]! || this.#without(edge, at, lamp) !== undefined) return;
		if (!lamps.isAtLeast(at, lamp, this.required.presenceAt(at, lamp).least))
			this.offend(at, lamp, `${this.#say(at, lamp)} with someone there`);
	}

	onEnd(_at: number, lamp: number): void {
		if (this.#since[lamp]! < Infinity && this.#isChance[lamp]) this.leave("power failed");
		this.#since[lamp] = Infinity;
	}

	advance(at: number): void {
		const waiting = this.#waiting;
		while (waiting.length > 0) {
			const lamp = waiting[0]!;
			const since = this.#since[lamp]!;
			const risen = since + this.#within;
			if (since !== Infinity && risen > at) return;
			waiting.shift();
			this.#since[lamp] = Infinity;
			if (since !== Infinity) this.#check(since, risen, lamp);
		}
	}

	#check(since: number, risen: number, lamp: number): void {
		const why = this.#without(since, risen, lamp);
		if (this.#isChance[lamp]) {
			if (why === undefined) this.judge();
			else this.leave(why);
		}
		if (why === undefined && !this.#shines(since, risen, lamp))
			this.offend(risen, lamp, `${this.#say(risen, lamp)} ${this.#within / 1000} s after the edge`);
	}

	/** Why an edge promises nothing; undefined: it does. */
	#without(edge: number, at: number, lamp: number): string | undefined {
		const { lamps } = this;
		const { pirFitted, clearToBusy = 0 } = lamps.configured;
		if (pirFitted === false || clearToBusy > 0) return "settings that promise less";
		if (at < lamps.runsSince[lamp]! + lamps.configured.startTime && !lamps.isSurelyDark(edge, lamp))
			return "a boot";
		if (!lamps.isSurelyDark(edge, lamp)) return "light or a sensor that hides the night";
		const overrides = lamps.orders.possible(at, lamp, "override", this.#within);
		return overrides.some(({ order }) => order.inhibitSensors)
			? "an order that inhibits sensors"
			: undefined;
	}

	/** Level due to presence. A higher level may remain from before, during its fall. */
	#wanted(at: number, lamp: number): { least: number; most: number } {
		const { lamps, required } = this;
		const { fallTime } = lamps.configured;
		const { least } = required.presenceAt(at, lamp);
		const isFalling = fallTime > LONG_FALL || lamps.orders.isOrdered(at, lamp, RAMP_MOST);
		const isUpdated = lamps.downloads.isUnderWay(at, lamp, fallTime);
		const isSound = lamps.isSound(at, lamp) && !isUpdated;
		const isCertain = lamps.hasProgram(at, lamp) && isSound && !isFalling;
		return { least, most: isCertain ? this.required.mostWithPresence(at, lamp) : 100 };
	}

	#shines(_since: number, at: number, lamp: number): boolean {
		const { least, most } = this.#wanted(at, lamp);
		if (!this.lamps.isAtLeast(at, lamp, least)) return false;
		if (this.lamps.isAtMost(at, lamp, most)) return true;
		const from = Math.min(this.#brightFrom[lamp]!, at);
		this.#brightFrom[lamp] = from;
		return at <= from + VERIFIED_WITHIN;
	}

	#say(at: number, lamp: number): string {
		const { least, most } = this.#wanted(at, lamp);
		const bounds = least === most ? `${least} %` : `${least} to ${most} %`;
		return `${this.lamps.level(at, lamp).toFixed(1)} % instead of ${bounds}`;
	}
}
