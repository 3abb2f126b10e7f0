/**
 * doubtLit: at night, full class shines once a broken PIR must have been found.
 *
 * Each fault (sim/faults) states the time by which it must be found; before it, and for faults
 * without one, the check does not apply. A lamp without a sensor, or with one that has no effect on
 * its level, owes nothing to a broken one. A chance is a dark minute with a fault that must have been
 * found; an order that inhibits sensors may hold another level.
 */
import { MINUTE } from "../../lib/spans.js";
import { Tally } from "./check.js";
import type { ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";

const CHECKED_EVERY = MINUTE; // doubt lasts for hours

export class DoubtLit extends Tally {
	readonly name = "doubtLit";
	readonly #dim: Uint8Array; // counted once for each time it is not lit
	#next = CHECKED_EVERY;

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
	) {
		super();
		this.#dim = new Uint8Array(lamps.count);
	}

	advance(at: number): void {
		for (; this.#next <= at; this.#next += CHECKED_EVERY)
			for (let lamp = 0; lamp < this.lamps.count; lamp++) this.#check(this.#next, lamp);
	}

	/** An order may hold another level, or did until its fall ended. */
	#inhibits(at: number, lamp: number, fall: number): boolean {
		const overrides = this.lamps.orders.possible(at, lamp, "override", fall);
		return overrides.some(({ order }) => order.inhibitSensors);
	}

	#check(at: number, lamp: number): void {
		const { lamps } = this;
		const { presenceLevel, maxLevel, fullLevel = 100, fallTime, riseTime } = lamps.configured;
		const { sensorEffect, pirFitted } = lamps.configured;
		if (sensorEffect === "none" || pirFitted === false) return;
		const found = lamps.movement.fullFrom[lamp]! + riseTime;
		if (at < found || !lamps.isDark(at - riseTime, lamp)) return;
		if (this.#inhibits(at, lamp, fallTime)) {
			this.leave("an order that inhibits sensors");
			return;
		}
		const { presenceLeast, presenceMost } = lamps.rangeAt(this.program, at, lamp);
		if (presenceMost === 0) return; // lights out that ignore a doubt, too: docs/programs.md
		if (presenceLeast === 0) {
			this.leave("lights out that may ignore presence");
			return;
		}
		this.judge();
		const full = Math.min(Math.max(presenceLevel, fullLevel, presenceLeast), maxLevel);
		const level = lamps.level(at, lamp);
		const dim = !lamps.isAtLeast(at, lamp, full);
		if (dim && !this.#dim[lamp])
			this.offend(at, lamp, `${level.toFixed(1)} % with a broken sensor, not ${full} %`);
		this.#dim[lamp] = dim ? 1 : 0;
	}
}
