/**
 * Debt: the time for which people at night had less light than required.
 *
 * Counted in person-seconds, from the PWM and the world: each road user in a lamp's cone while it
 * is dark, whether or not the PIR detects that person. A second count weights each second by the
 * missing share of the level. In a fade the time below the requirement is that of its line.
 */
import type { Witness } from "../street/witness.js";
import { Courses } from "../util/courses.js";
import { FULL_DUTY } from "../world/world.js";
import { leastOf } from "./lamps.js";

/** It counts as dark for all lamps only this long after dusk: clouds drift, photocells delay. */
export const DUSK: number = 10 * 60_000;

interface Owing {
	/** Level required for each person in a cone, per cent. */
	readonly level: number;
	/** It is dark below this daylight, lux. */
	readonly onLevel: number;
}

export class Debt implements Witness {
	/** Person-ms at night, and of these with less light than required. */
	personMs = 0;
	owedMs = 0;
	/** The same, each weighted by the missing share of the required level. */
	missingMs = 0;
	readonly #level: Courses; // per cent
	readonly #inside: Int32Array;
	readonly #since: Float64Array;
	#darkFrom = Infinity;

	constructor(
		private readonly lamps: number,
		private readonly owing: Owing,
	) {
		this.#level = new Courses(lamps);
		this.#inside = new Int32Array(lamps);
		this.#since = new Float64Array(lamps);
	}

	onEnd(at: number, lamp: number): void {
		this.#settle(at, lamp);
		this.#level.hold(at, lamp, 0);
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.#settle(at, lamp);
		this.#level.set(at, lamp, (100 * duty) / FULL_DUTY, (100 * to) / FULL_DUTY, until);
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
		const still = Math.min(at, Math.max(from, this.#level.until(lamp)));
		this.#owe(persons * (still - from), this.#level.valueAt(from, lamp), lamp, still);
		this.#owe(persons * (at - still), this.#level.valueAt(still, lamp), lamp, at);
	}

	/** A span in which the level moves in a line from `begin` to that of `at`. */
	#owe(span: number, begin: number, lamp: number, at: number): void {
		if (span === 0) return;
		this.personMs += span;
		const { level } = this.owing;
		const end = this.#level.valueAt(at, lamp);
		const [low, high, least] = [Math.min(begin, end), Math.max(begin, end), leastOf(level)];
		if (low >= least) return;
		const top = Math.min(high, least);
		const owed = span * (high > low ? (top - low) / (high - low) : 1);
		this.owedMs += owed;
		this.missingMs += (owed * (level - (low + top) / 2)) / level;
	}
}
