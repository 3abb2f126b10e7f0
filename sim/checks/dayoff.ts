/**
 * dayOff: by day the lamp is off, or at the light of an order; at any time at which it may be off,
 * a light that does not move is off or at least the least level that can be asked for.
 *
 * A chance is a minute of a lamp with power, ten minutes after the sky has become brighter than any
 * lamplight. Dimmer minutes that count as day for certain are compared, too. Every ten seconds, also
 * in twilight and under orders, a light that rests below all that may be asked for is an offence: a
 * fade to off has stopped before its end.
 */
import { MINUTE } from "../../lib/spans.js";
import { Tally } from "./check.js";
import type { Explained, Verdict } from "./explained.js";
import type { Lamps } from "./lamps.js";

const CHECKED_EVERY = MINUTE; // a day burner burns for long

export class DayOff extends Tally {
	readonly name = "dayOff";
	readonly #lit: Uint8Array; // counted once for each time it burns by day
	/** Since when each minute was day for certain; Infinity: this one is not. */
	readonly #daySince: Float64Array;
	readonly #between: Uint8Array; // and for each time it does not go out entirely

	constructor(
		private readonly lamps: Lamps,
		explained: Explained,
	) {
		super();
		explained.onVerdict((verdict) => {
			this.#checkEnd(verdict);
			if (verdict.at % CHECKED_EVERY === 0) this.#check(verdict);
		});
		this.#lit = new Uint8Array(lamps.count);
		this.#daySince = new Float64Array(lamps.count).fill(Infinity);
		this.#between = new Uint8Array(lamps.count);
	}

	#checkEnd({ at, lamp, level, isBetween }: Verdict): void {
		if (isBetween && !this.#between[lamp])
			this.offend(at, lamp, `${level.toFixed(1)} % at rest, which is neither off nor asked for`);
		this.#between[lamp] = isBetween ? 1 : 0;
	}

	#check({ at, lamp, most: asked, open }: Verdict): void {
		const { lamps } = this;
		const { fallTime } = lamps.configured;
		const since = lamps.isBright(at, lamp) ? Math.min(this.#daySince[lamp]!, at) : Infinity;
		this.#daySince[lamp] = since;
		const isDay = at >= Math.max(since, lamps.runsSince[lamp]!) + fallTime;
		const isOrdered = lamps.isOrdered(at, lamp, fallTime);
		const isOpen = isOrdered && open !== undefined;
		// without photocell and city it shines at its floor by day, which `explained` judges
		if (lamps.isDaytime(at, lamp) && !lamps.skylight.isDayByClock(at, lamp)) {
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
