/**
 * dutyLimits: the PWM receives whole numbers within its range and below maxLevel, and only changes.
 */
import { FULL_DUTY } from "../world/world.js";
import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";

export class DutyLimits extends Tally {
	readonly name = "dutyLimits";
	readonly #last: Float64Array;

	constructor(private readonly lamps: Lamps) {
		super();
		this.#last = new Float64Array(lamps.count).fill(NaN);
	}

	onDuty(at: number, lamp: number, duty: number): void {
		this.tried++;
		const { maxLevel } = this.lamps.configured;
		if (!Number.isInteger(duty) || duty < 0 || duty > FULL_DUTY)
			this.offend(at, lamp, `duty ${duty} is not a whole number from 0 to ${FULL_DUTY}`);
		else if (!this.lamps.isAtMost(lamp, maxLevel))
			this.offend(at, lamp, `duty ${duty} is above ${maxLevel} %`);
		else if (duty === this.#last[lamp]) this.offend(at, lamp, `duty ${duty} written again`);
		this.#last[lamp] = duty;
	}

	/** A new machine has no record of the pin's last duty. */
	onEnd(_at: number, lamp: number): void {
		this.#last[lamp] = NaN;
	}
}
