/**
 * dayOff: by broad daylight the lamp is off (a day burner is an alarm on every street).
 *
 * A chance is a minute of a lamp with power, ten minutes after the sky has become brighter than any
 * lamplight. Dimmer minutes that count as day for certain are compared, too.
 */
import { MINUTE } from "../../lib/spans.js";
import { Tally } from "./check.js";
import type { Explained, Verdict } from "./explained.js";
import type { Lamps } from "./lamps.js";

const CHECKED_EVERY = MINUTE; // a day burner burns for long

export class DayOff extends Tally {
	readonly name = "dayOff";
	readonly #lit: Uint8Array; // counted once for each time it burns by day

	constructor(
		private readonly lamps: Lamps,
		explained: Explained,
	) {
		super();
		explained.onVerdict((verdict) => verdict.at % CHECKED_EVERY === 0 && this.#check(verdict));
		this.#lit = new Uint8Array(lamps.count);
	}

	#check({ at, lamp, most: asked, open }: Verdict): void {
		const { lamps } = this;
		const { fallTime } = lamps.configured;
		const isDay = lamps.isBright(at - fallTime, lamp) && lamps.isBright(at, lamp);
		const isOrdered = lamps.isOrdered(at, lamp, fallTime);
		const isOpen = isOrdered && open !== undefined;
		if (lamps.isDaytime(at, lamp)) {
			if (isDay && !isOpen) this.judge();
			else this.leave(open ?? "a day that the lamp need not be sure of");
		}
		if (!isDay || isOpen) return;
		const most = isOrdered ? asked : 0;
		const level = lamps.level(at, lamp);
		const lit = !lamps.isAtMost(at, lamp, most);
		if (lit && !this.#lit[lamp]) this.offend(at, lamp, `${level.toFixed(1)} % by daylight`);
		this.#lit[lamp] = lit ? 1 : 0;
	}
}
