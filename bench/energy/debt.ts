/**
 * Debt: how long people in the dark had less light than the street owes them.
 *
 * Counted in person-seconds, from the PWM and the world: each road user in a lamp's cone, while it is
 * dark, whether the PIR sees it or not. What is missing is counted, too, by its share of the level.
 */
import { atLeast } from "../../sim/checks/lamps.js";
import type { Witness } from "../../sim/street/witness.js";
import { FULL_DUTY } from "../../sim/world/world.js";

/** Clouds that drift over a dusk, and the delays of photocells: dark for all lamps only after that. */
export const DUSK: number = 10 * 60_000;

export interface Owing {
	/** Per cent that each one in a cone is owed. */
	readonly level: number;
	/** Daylight below it is dark, lux. */
	readonly onLevel: number;
}

export class Debt implements Witness {
	/** Of all in the dark, and of those with less light than owed. */
	personMs = 0;
	owedMs = 0;
	/** The same, each second weighted by the missing share of the level owed. */
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

	/** World and lamps are told a window apart, so an instant may lie a few ms before the last. */
	#settle(at: number, lamp: number): void {
		const from = Math.max(this.#since[lamp]!, this.#darkFrom);
		this.#since[lamp] = Math.max(at, this.#since[lamp]!);
		const persons = this.#inside[lamp]!;
		if (persons === 0 || at <= from) return;
		const span = persons * (at - from);
		this.personMs += span;
		const { level } = this.owing;
		if (atLeast(this.#level[lamp]!, level)) return;
		this.owedMs += span;
		this.missingMs += (span * (level - this.#level[lamp]!)) / level;
	}
}
