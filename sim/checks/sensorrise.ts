/**
 * sensorRise: within 1.2 s of a PIR edge at night the presence level shines, and stays while a
 * detected road user is in the cone. It is the level that the program sets for presence at that
 * time (sensor rules): no less, and no more unless the program itself asks for more, or an image is
 * verified, for two minutes once in a run.
 */

import { Tally } from "./check.js";
import type { ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";

/** A rise of 1 s or less that begins in the same tick, and the delay of the sensor's input. */
const RISE_LIMIT = 1_200;

/** Once in a run a lamp verifies an image at its full class, and falls after it. */
const VERIFIED_WITHIN = 120_000;
/** A fall that lasts longer than the program's tolerance in time may be under way at any edge. */
const LONG_FALL = 120_000;

export class SensorRise extends Tally {
	readonly name = "sensorRise";
	readonly #since: Float64Array; // edge that is not checked yet; Infinity: none
	readonly #brightFrom: Float64Array; // first rise to more than its rule sets; Infinity: none yet
	readonly #waiting: number[] = []; // lamps in the order of their edges

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
		private readonly epochUtc: number,
	) {
		super();
		this.#since = new Float64Array(lamps.count).fill(Infinity);
		this.#brightFrom = new Float64Array(lamps.count).fill(Infinity);
	}

	onEdge(at: number, lamp: number, moving: boolean): void {
		if (!moving || this.#since[lamp]! <= at) return;
		this.#since[lamp] = at;
		this.#waiting.push(lamp);
	}

	/** Held: once risen, no later duty may lower it while a road user is in the cone. */
	onDuty(at: number, lamp: number): void {
		const { lamps } = this;
		if (!lamps.movement.isSound(at, lamp)) return; // it need not see who is there
		if (at < lamps.seenSince[lamp]! + RISE_LIMIT || !this.#applies(at, at, lamp)) return;

		if (!lamps.isAtLeast(at, lamp, this.#wanted(at, lamp).least))
			this.offend(at, lamp, `${this.#say(at, lamp)} with someone there`);
	}

	onEnd(_at: number, lamp: number): void {
		this.#since[lamp] = Infinity;
	}

	advance(at: number): void {
		const waiting = this.#waiting;
		while (waiting.length > 0) {
			const lamp = waiting[0]!;
			const since = this.#since[lamp]!;
			const risen = since + RISE_LIMIT;
			if (since !== Infinity && risen > at) return;
			waiting.shift();
			this.#since[lamp] = Infinity;
			if (since === Infinity || !this.#applies(since, risen, lamp)) continue;
			this.tried++;
			if (this.#shines(risen, lamp)) continue;
			this.offend(risen, lamp, `${this.#say(risen, lamp)} 1.2 s after the edge`);
		}
	}

	/** It was dark at the edge and no order has changed the light since. */
	#applies(edge: number, at: number, lamp: number): boolean {
		const { lamps } = this;
		const { pirFitted, clearToBusy = 0, fallTime } = lamps.configured;
		if (pirFitted === false || clearToBusy > 0) return false; // settings that promise less
		return lamps.isSurelyDark(edge, lamp) && !lamps.isOrdered(at, lamp, fallTime);
	}

	/** Level due to presence. A higher level may remain from before, during its fall. */
	#wanted(at: number, lamp: number): { least: number; most: number } {
		const { lamps } = this;
		const error = lamps.clockError(at, lamp);
		const range = this.program.rangeAt(this.epochUtc + at, error);
		const { presenceLeast: least, presenceMost, most } = range;
		const isFalling = lamps.configured.fallTime > LONG_FALL;
		const isUpdated = lamps.downloads.isUnderWay(at, lamp, lamps.configured.fallTime);
		const isSound = lamps.isSound(at, lamp) && !isUpdated;
		const isCertain = lamps.hasProgram(at, lamp) && isSound && !isFalling;
		return { least, most: isCertain ? Math.max(most, presenceMost) : 100 };
	}

	#shines(at: number, lamp: number): boolean {
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
