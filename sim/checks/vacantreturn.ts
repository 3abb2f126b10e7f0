/**
 * vacantReturn: after hold, linger and two falls without a road user 99 % of the minutes end at the
 * program or the floor (97 % in a row).
 *
 * Checked by the minute: in 99 % of the dark lamp-minutes without an order after a vacancy as long as
 * hold, linger and falls, in which no PIR fired falsely, and in a short run in all but one of each lamp.
 */
import { MINUTE } from "../../lib/spans.js";
import { Tally } from "./check.js";
import type { ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";
import { returnTime } from "./required.js";

/** Share of the vacant dark lamp-minutes that must be dim. */
const SHARE = 0.99;
/** With neighbours a false trigger lights five lamps, and longer. */
const SHARE_OF_ROW = 0.97;
/** Minutes of a lamp besides, in a short run: it verifies the signature of an image at its class. */
const FEW = 1;
/** Likewise for each TLS handshake, which it passes at its class: 48 s at 1 kbit/s, and the falls. */
const HANDSHAKE = 2;

export class VacantReturn extends Tally {
	readonly name = "vacantReturn";
	readonly #back: number;
	#next = MINUTE;

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
	) {
		super();
		this.#back = returnTime(lamps.configured);
	}

	/** The level of a vacant lamp is steady for long, so each minute is checked at its end. */
	advance(at: number): void {
		for (; this.#next <= at; this.#next += MINUTE)
			for (let lamp = 0; lamp < this.lamps.count; lamp++)
				if (this.lamps.runsSince[lamp]! <= this.#next) this.#check(this.#next, lamp);
	}

	override get ok(): boolean {
		const { neighbours } = this.lamps.configured;
		const share = this.tried * (1 - (neighbours ? SHARE_OF_ROW : SHARE));
		const { count, vouched } = this.lamps;
		return this.count <= Math.max(share, FEW * count + HANDSHAKE * vouched.questions);
	}

	/** The program's levels at that instant, by the error of the lamp's clock and a step's fall. */
	static rangeOf(lamps: Lamps, program: ProgramOracle, at: number, lamp: number) {
		return lamps.rangeAt(program, at, lamp, lamps.configured.fallTime);
	}

	#check(at: number, lamp: number): void {
		const { lamps } = this;
		const isChance = lamps.isNight(at - MINUTE, lamp) && this.#isEmpty(at, lamp);
		const why = this.#without(at, lamp);
		if (why === undefined) this.judge();
		else if (isChance) this.leave(why);
		if (why !== undefined) return;
		const { least, most } = VacantReturn.rangeOf(lamps, this.program, at, lamp);
		const level = lamps.level(at, lamp);
		if (!lamps.isAtLeast(at, lamp, least) || !lamps.isAtMost(at, lamp, most))
			this.offend(at, lamp, `${level.toFixed(1)} % with nobody there, not ${most} %`);
	}

	/** Nobody was near for as long as light may remain. */
	#isEmpty(at: number, lamp: number): boolean {
		const { vacantSince, configured, count } = this.lamps;
		const { neighbours, autoClear } = configured;
		if (vacantSince[lamp]! + this.#back > at) return false;
		if (!neighbours) return true;
		for (let other = 0; other < count; other++)
			if (vacantSince[other]! + this.#back + autoClear > at) return false;
		return true;
	}

	/** Why the minute promises nothing; undefined: it does. */
	#without(at: number, lamp: number): string | undefined {
		const { lamps } = this;
		const back = this.#back;
		if (!lamps.isDark(at - MINUTE, lamp)) return "a boot, or light that hides the night";
		if (!lamps.isVacant(at, lamp, back)) return "a sensor that is or was broken";
		if (!lamps.isStill(at, lamp, back)) return "a false trigger";
		if (lamps.isOrdered(at, lamp, back)) return "an order";
		if (!lamps.hasProgram(at, lamp)) return "no date, or a wrong one";
		return lamps.downloads.isUnderWay(at, lamp, back) ? "a download" : undefined;
	}
}
