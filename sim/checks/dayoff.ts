/**
 * dayOff: by broad daylight the lamp is off (a day burner is an alarm on every street).
 */
import { MINUTE } from "../../lib/spans.js";
import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";

const CHECKED_EVERY = MINUTE; // a day burner burns for long

export class DayOff extends Tally {
	readonly name = "dayOff";
	readonly #lit: Uint8Array; // counted once for each time it burns by day

	#next = CHECKED_EVERY;

	constructor(private readonly lamps: Lamps) {
		super();
		this.#lit = new Uint8Array(lamps.count);
	}

	advance(at: number): void {
		for (; this.#next <= at; this.#next += CHECKED_EVERY)
			for (let lamp = 0; lamp < this.lamps.count; lamp++) this.#check(this.#next, lamp);
	}

	#check(at: number, lamp: number): void {
		const { lamps } = this;
		const { fallTime } = lamps.configured;
		if (!lamps.isBright(at - fallTime, lamp) || !lamps.isBright(at, lamp)) return;
		if (lamps.isOrdered(at, lamp, fallTime)) return;
		this.tried++;
		const level = lamps.level[lamp]!;
		const lit = level > 0;
		if (lit && !this.#lit[lamp]) this.offend(at, lamp, `${level.toFixed(1)} % by daylight`);
		this.#lit[lamp] = lit ? 1 : 0;
	}
}
