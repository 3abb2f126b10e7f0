/**
 * Debt: the time for which people in the dark had less light than required.
 *
 * Counted in person-seconds, from the PWM and the world: each road user in a lamp's cone while it
 * is dark, whether or not the PIR detects that person. A second count weights each second by the
 * missing share of the level.
 */
import type { Witness } from "../street/witness.js";
import { FULL_DUTY } from "../world/world.js";
import { atLeast } from "./lamps.js";

/** It counts as dark for all lamps only this long after dusk: clouds drift, photocells delay. */
export const DUSK: number = 10 * 60_000;

interface Owing {
	/** Level required for each person in a cone, per cent. */
	readonly level: number;
	/** It is dark below this daylight, lux. */
	readonly onLevel: number;
}

export class Debt implements Witness {
	/** Person-ms in the dark, and of these with less light than required. */
	personMs = 0;
	owedMs = 0;
	/** The same, each weighted by the missing share of the required level. */
	missingMs = 0;
	readonly #level: Float64Array; // per cent
	readonly #inside: Int32Array;
	readonly #since: Float64Array;
	#darkFrom = Infinity;

	constructor(
		private readonly lamps: number,
		private readonly owing: Owing,
	) {
		this.#level = new Float64Array(lamps);
		this.#inside = new Int32Array(lamps);
		this.#since = new Float64Array(lamps);
	}

	onEnd(at: number, lamp: number): void {
		this.#settle(at, lamp);
		this.#level[lamp] = 0;
	}

	onDuty(at: number, lamp: number, duty: number): void {
		this.#settle(at, lamp);
		this.#level[lamp] = (100 * duty) / FULL_DUTY;
	}

	onEnter(at: number, lamp: number): void {
		this.#settle(at, lamp);
		this.#inside[lamp]!++;
	}

	onLeave(at: number, lamp: number): void {
		this.#settle(at, lamp);
		this.#inside[lamp]!--;
	}

	onDaylight(at: number, lux: number): void {
		const dark = lux < this.owing.onLevel;
		if (dark === this.#darkFrom < Infinity) return;
		this.#settleAll(at);
		this.#darkFrom = dark ? at + DUSK : Infinity;
	}

	finish(at: number): void {
		this.#settleAll(at);
	}

	#settleAll(at: number): void {
		for (let lamp = 0; lamp < this.lamps; lamp++) this.#settle(at, lamp);
	}

	/** World and lamps report up to a window apart: an instant may lie some ms before the last. */
	#settle(at: number, lamp: number): void {
		const since = this.#since[lamp]!;
		const from = Math.max(since, this.#darkFrom);
		this.#since[lamp] = Math.max(at, since);
		const persons = this.#inside[lamp]!;
		if (persons === 0 || at <= from) return;
		const span = persons * (at - from);
		this.personMs += span;
		const { level } = this.owing;
		const shown = this.#level[lamp]!;
		if (atLeast(shown, level)) return;
		this.owedMs += span;
		this.missingMs += (span * (level - shown)) / level;
	}
}
