/**
 * sensorRise: within 1.2 s of a PIR edge at night the presence level shines, and stays while
 * someone the PIR sees is in the cone.
 */

import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";
import { atLeast } from "./lamps.js";

/** A rise of 1 s or less that begins in the same tick, and the time the sensor's word takes. */
export const RISE_LIMIT = 1_200;

export class SensorRise extends Tally {
	readonly name = "sensorRise";
	readonly #since: Float64Array; // edge that is not judged yet; Infinity: none
	readonly #waiting: number[] = []; // lamps in the order of their edges

	constructor(private readonly lamps: Lamps) {
		super();
		this.#since = new Float64Array(lamps.count).fill(Infinity);
	}

	onEdge(at: number, lamp: number, moving: boolean): void {
		if (!moving || this.#since[lamp]! <= at) return;
		this.#since[lamp] = at;
		this.#waiting.push(lamp);
	}

	/** Held: once risen, no later duty may take it away while they are there. */
	onDuty(at: number, lamp: number): void {
		const { level, seenSince } = this.lamps;
		if (at < seenSince[lamp]! + RISE_LIMIT || !this.#applies(at, at, lamp)) return;
		if (!this.#shines(lamp)) this.offend(at, lamp, `${this.#say(level[lamp]!)} with someone there`);
	}

	onEnd(_at: number, lamp: number): void {
		this.#since[lamp] = Infinity;
	}

	advance(at: number): void {
		const waiting = this.#waiting;
		while (waiting.length > 0) {
			const lamp = waiting[0]!;
			const since = this.#since[lamp]!;
			if (since !== Infinity && since + RISE_LIMIT > at) return;
			waiting.shift();
			this.#since[lamp] = Infinity;
			if (since === Infinity || !this.#applies(since, since + RISE_LIMIT, lamp)) continue;
			this.tried++;
			if (!this.#shines(lamp))
				this.offend(
					since + RISE_LIMIT,
					lamp,
					`${this.#say(this.lamps.level[lamp]!)} 1.2 s after the edge`,
				);
		}
	}

	/** It was dark at the edge and nobody ordered otherwise since. */
	#applies(edge: number, at: number, lamp: number): boolean {
		const { lamps } = this;
		if (lamps.pirSoundFrom[lamp] === Infinity) return false; // its edges are not what is there
		return lamps.isDark(edge, lamp) && !lamps.isOrdered(at, lamp, lamps.configured.fallTime);
	}

	#shines(lamp: number): boolean {
		const { presenceLevel, maxLevel } = this.lamps.configured;
		return atLeast(this.lamps.level[lamp]!, Math.min(presenceLevel, maxLevel));
	}

	#say(level: number): string {
		return `${level.toFixed(1)} % instead of ${this.lamps.configured.presenceLevel} %`;
	}
}
