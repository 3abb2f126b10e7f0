/**
 * dayOff: by day the lamp is off.
 *
 * A chance is a minute of a lamp with power and without an order, ten minutes after the sky has become
 * brighter than any lamplight. Dimmer minutes that count as day for certain are compared, too.
 */
import { MINUTE } from "../../lib/spans.js";
import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";

const CHECKED_EVERY = MINUTE; // a day burner burns for long

export class DayOff extends Tally {
	readonly name = "dayOff";
	readonly #lit: Uint8Array; // counted once for each time it burns by day
	/** Since when each minute was day for certain; Infinity: this one is not. */
	readonly #daySince: Float64Array;
	#next = CHECKED_EVERY;

	constructor(private readonly lamps: Lamps) {
		super();
		this.#lit = new Uint8Array(lamps.count);
		this.#daySince = new Float64Array(lamps.count).fill(Infinity);
	}

	advance(at: number): void {
		for (; this.#next <= at; this.#next += CHECKED_EVERY)
			for (let lamp = 0; lamp < this.lamps.count; lamp++)
				if (this.lamps.runsSince[lamp]! <= this.#next) this.#check(this.#next, lamp);
	}

	#check(at: number, lamp: number): void {
		const { lamps } = this;
		const { fallTime } = lamps.configured;
		const since = lamps.isBright(at, lamp) ? Math.min(this.#daySince[lamp]!, at) : Infinity;
		this.#daySince[lamp] = since;
		const isDay = at >= Math.max(since, lamps.runsSince[lamp]!) + fallTime;
		const isOrdered = lamps.isOrdered(at, lamp, fallTime);
		// without photocell and city it shines at its floor by day, as the second lamp does
		if (lamps.isDaytime(at, lamp) && !lamps.skylight.isDayByClock(at, lamp)) {
			if (isOrdered) this.leave("an order");
			else if (isDay) this.judge();
			else this.leave("a day that the lamp need not be sure of");
		}
		if (!isDay || isOrdered) return;
		const lit = !lamps.isAtMost(at, lamp, 0);
		if (lit && !this.#lit[lamp])
			this.offend(at, lamp, `${lamps.level(at, lamp).toFixed(1)} % by daylight`);
		this.#lit[lamp] = lit ? 1 : 0;
	}
}
