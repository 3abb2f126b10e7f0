/**
 * vacantReturn: in a vacant place the light returns to the program or the floor.
 *
 * Checked by the minute: in 99 % of the dark lamp-minutes after a vacancy as long as hold, linger
 * and falls, in which no PIR fired falsely, and in a short run in all but one of each lamp.
 */
import { MINUTE } from "../../lib/spans.js";
import { RELEASE } from "../world/pir.js";
import { Tally } from "./check.js";
import { longestHold, type ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";

/** Share of the vacant dark lamp-minutes that must be dim. */
const SHARE = 0.99;
/** With neighbours a false trigger lights five lamps, and longer. */
const SHARE_OF_ROW = 0.97;
/** Minutes of a lamp besides, in a short run: it verifies the signature of an image at its class. */
const FEW = 1;

export class VacantReturn extends Tally {
	readonly name = "vacantReturn";
	#next = MINUTE;
	readonly #back: number;

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
		private readonly epochUtc: number,
	) {
		super();
		this.#back = VacantReturn.returnTime(lamps.configured);
	}

	override get ok(): boolean {
		const { neighbours } = this.lamps.configured;
		const share = this.tried * (1 - (neighbours ? SHARE_OF_ROW : SHARE));
		return this.count <= Math.max(share, FEW * this.lamps.count);
	}

	/** Longest return to the program after the last road user left: two falls and both delays. */
	static returnTime(configured: Lamps["configured"]): number {
		return RELEASE + longestHold(configured) + configured.linger + 2 * configured.fallTime;
	}

	/** The program's levels at that instant, by the error of the lamp's clock and a step's fall. */
	static rangeOf(lamps: Lamps, program: ProgramOracle, epochUtc: number, at: number, lamp: number) {
		const tolerance = lamps.clockError(at, lamp) + lamps.configured.fallTime;
		return program.rangeAt(epochUtc + at, tolerance);
	}

	/** The level of a vacant lamp is steady for long, so each minute is checked at its end. */
	advance(at: number): void {
		for (; this.#next <= at; this.#next += MINUTE)
			for (let lamp = 0; lamp < this.lamps.count; lamp++) this.#check(this.#next, lamp);
	}

	#check(at: number, lamp: number): void {
		const { lamps } = this;
		const back = this.#back;
		if (!lamps.isStill(at, lamp, back) || !lamps.isDark(at - MINUTE, lamp)) return;
		if (lamps.isOrdered(at, lamp, back) || !lamps.hasProgram(at, lamp)) return;
		if (lamps.downloads.isUnderWay(at, lamp, back)) return;
		this.tried++;
		const { least, most } = VacantReturn.rangeOf(lamps, this.program, this.epochUtc, at, lamp);
		const level = lamps.level(at, lamp);
		if (!lamps.isAtLeast(at, lamp, least) || !lamps.isAtMost(at, lamp, most))
			this.offend(at, lamp, `${level.toFixed(1)} % with nobody there, not ${most} %`);
	}
}
