/**
 * vacantReturn: after hold, linger and two falls without a road user 99 % of the minutes end at the
 * program, the order or the floor (97 % in a row).
 *
 * Checked by the minute: in 99 % of the dark lamp-minutes after a vacancy as long as hold, linger
 * and falls, in which no PIR fired falsely, and in a short run in all but one of each lamp.
 */
import { MINUTE } from "../../lib/spans.js";
import { Tally } from "./check.js";
import type { ProgramOracle } from "./configured.js";
import type { Explained, Verdict } from "./explained.js";
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

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
		private readonly explained: Explained,
	) {
		super();
		this.#back = returnTime(lamps.configured);
		// the level of a vacant lamp is steady for long, so each minute is checked at its end
		explained.onVerdict((verdict) => verdict.at % MINUTE === 0 && this.#check(verdict));
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

	#check(verdict: Verdict): void {
		const { at, lamp } = verdict;
		const { lamps } = this;
		const isChance = lamps.isNight(at - MINUTE, lamp) && this.#isEmpty(at, lamp);
		const why = this.#without(verdict);
		if (why === undefined) this.judge();
		else if (isChance) this.leave(why);
		if (why !== undefined) return;
		const { least, most } = this.#asked(verdict);
		const level = lamps.level(at, lamp);
		if (!lamps.isAtLeast(at, lamp, least) || !lamps.isAtMost(at, lamp, most))
			this.offend(at, lamp, `${level.toFixed(1)} % with nobody there, not ${most} %`);
	}

	/** The light of an order over the time of its fade, else that of the program. */
	#asked(verdict: Verdict): { least: number; most: number } {
		const { at, lamp } = verdict;
		if (this.lamps.isOrdered(at, lamp, this.#back)) return verdict;
		return VacantReturn.rangeOf(this.lamps, this.program, at, lamp);
	}

	/** Why the light at that instant is not known; undefined: it is. */
	#orderedOpen({ at, lamp, open }: Verdict): string | undefined {
		const { lamps, explained } = this;
		if (!lamps.isOrdered(at, lamp, this.#back)) return undefined;
		const isStill = lamps.isStill(at, lamp, this.#back + explained.fadeOf(at, lamp));
		return isStill ? open : "an order's fade";
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
	#without(verdict: Verdict): string | undefined {
		const { at, lamp } = verdict;
		const { lamps } = this;
		const back = this.#back;
		if (!lamps.isDark(at - MINUTE, lamp)) return "a boot, or light that hides the night";
		if (!lamps.isVacant(at, lamp, back)) return "a sensor that is or was broken";
		if (!lamps.isStill(at, lamp, back)) return "a false trigger";
		const open = this.#orderedOpen(verdict);
		if (open !== undefined) return open;
		if (!lamps.hasProgram(at, lamp)) return "no date, or a wrong one";
		return lamps.downloads.isUnderWay(at, lamp, back) ? "a download" : undefined;
	}
}
