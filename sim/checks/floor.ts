/**
 * floor: at night the light is never below the floor; a protected lamp keeps its class.
 *
 * A chance is a minute of a lamp with power under a dark sky, without an order or a program that
 * permits less.
 */
import { MINUTE } from "../../lib/spans.js";
import { Tally } from "./check.js";
import type { ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";

const CHECKED_EVERY = MINUTE; // also when no duty is written

export class Floor extends Tally {
	readonly name = "floor";
	readonly #below: Uint8Array; // counted once for each time it goes below

	#next = CHECKED_EVERY;

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
	) {
		super();
		this.#below = new Uint8Array(lamps.count);
	}

	onDuty(at: number, lamp: number): void {
		this.#check(at, lamp);
	}

	/** Also without a new duty: dusk may have come, or the lamp never lit. */
	advance(at: number): void {
		for (; this.#next <= at; this.#next += CHECKED_EVERY)
			for (let lamp = 0; lamp < this.lamps.count; lamp++) {
				this.#chance(this.#next, lamp);
				this.#check(this.#next, lamp);
			}
	}

	#chance(at: number, lamp: number): void {
		const { lamps } = this;
		const isJudged = lamps.isSurelyDark(at, lamp);
		if (isJudged && this.#allowed(at, lamp)) return;
		if (isJudged) this.judge();
		else if (lamps.isNight(at, lamp))
			this.leave(lamps.dates.mayBeWrong(lamp) ? "a wrong date" : "a boot, or light on the sensor");
	}

	#check(at: number, lamp: number): void {
		const { lamps } = this;
		if (!lamps.isSurelyDark(at, lamp)) return;
		const { floor } = this.program;
		const lit = lamps.isAtLeast(at, lamp, floor);
		const below = !lit && !this.#allowed(at, lamp);
		if (below && !this.#below[lamp])
			this.offend(at, lamp, `${lamps.level(at, lamp).toFixed(1)} % below ${floor} % at night`);
		this.#below[lamp] = below ? 1 : 0;
	}

	/** An order below the floor, and the rise after it; a program with lights out. */
	#allowed(at: number, lamp: number): boolean {
		const { orders, configured } = this.lamps;
		const { least } = this.lamps.rangeAt(this.program, at, lamp);
		if (least < this.program.floor) return true;
		const isProtected = configured.lightProtected === true;
		return !isProtected && orders.isBelowFloor(at, lamp, configured.riseTime + 1_000);
	}
}
