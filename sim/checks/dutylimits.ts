/**
 * dutyLimits: each duty is a whole number from 0 to 4095, at most `maxLevel`, and none is written
 * twice; a lit driver gets `minimumDuty` at least, and less than `deratingLevel` a minute after its
 * housing became hot.
 *
 * On a bus levels are repeated, and a fade is judged at both ends of each piece.
 */
import { FULL_DUTY } from "../world/world.js";
import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";

export class DutyLimits extends Tally {
	readonly name = "dutyLimits";
	readonly #last: Float64Array; // duty that the last piece ends at
	readonly #until: Float64Array; // its end
	readonly #moved: Uint8Array; // it was a movement, whose end is an event of its own

	constructor(private readonly lamps: Lamps) {
		super();
		this.#last = new Float64Array(lamps.count).fill(NaN);
		this.#until = new Float64Array(lamps.count);
		this.#moved = new Uint8Array(lamps.count);
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.judge();
		const { maxLevel } = this.lamps.configured;
		const isValid = isDuty(duty) && isDuty(to);
		if (!isValid) {
			const wrong = isDuty(duty) ? to : duty;
			this.offend(at, lamp, `duty ${wrong} is not a whole number from 0 to ${FULL_DUTY}`);
		} else if (!this.lamps.isAtMost(at, lamp, maxLevel))
			this.offend(at, lamp, `duty ${duty} is above ${maxLevel} %`);
		else if (!this.lamps.isAtMost(until, lamp, maxLevel))
			this.offend(at, lamp, `a fade to ${to} is above ${maxLevel} %`);
		else if (until === at && duty > 0 && !this.lamps.isAboveMinimum(at, lamp))
			this.offend(at, lamp, `duty ${duty} is below the driver's minimum`);
		else if (until === at && !this.lamps.isBelowCap(at, lamp))
			this.offend(at, lamp, `duty ${duty} in a hot housing`);
		else if (until === at && this.#isHeld(at, lamp, duty))
			this.offend(at, lamp, `duty ${duty} written again`);
		this.#last[lamp] = to;
		this.#until[lamp] = until;
		this.#moved[lamp] = until > at ? 1 : 0;
	}

	/** Held before this event; that which ends a movement is none that was written. */
	#isHeld(at: number, lamp: number, duty: number): boolean {
		if (duty !== this.#last[lamp]) return false;
		if (this.lamps.configured.hasBus) return false; // a level is repeated each minute
		if (this.lamps.leastLit(lamp) >= 100) return false; // all levels are one duty, and so is each fade
		return this.#moved[lamp] === 0 || at > this.#until[lamp]!;
	}

	/** A new machine has no record of the pin's last duty. */
	onEnd(_at: number, lamp: number): void {
		this.#last[lamp] = NaN;
	}
}

function isDuty(duty: number): boolean {
	return Number.isInteger(duty) && duty >= 0 && duty <= FULL_DUTY;
}
