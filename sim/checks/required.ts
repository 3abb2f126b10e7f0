/**
 * Required: the light that the program and presence ask of a lamp at an instant, from the world alone.
 *
 * Wherever the world leaves a fact open, both results are within the range. Orders are not among them:
 * the second lamp obeys each one as the documents say (docs/light.md).
 */
import { RELEASE } from "../world/pir.js";
import { longestHold, type ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";

interface Levels {
	readonly least: number;
	readonly most: number;
}

export class Required {
	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
	) {}

	/** The greatest level with somebody there and without an order. */
	mostWithPresence(at: number, lamp: number): number {
		const range = this.lamps.rangeAt(this.program, at, lamp);
		return Math.max(range.most, range.presenceMost);
	}

	/** The program's levels around an instant; a lamp's clock may be open. */
	programAt(at: number, lamp: number): Levels {
		return this.lamps.rangeAt(this.program, at, lamp);
	}

	/** The light of presence, apart from other requests; a lamp's clock may be open. */
	presenceAt(at: number, lamp: number): Levels {
		const range = this.lamps.rangeAt(this.program, at, lamp);
		return { least: range.presenceLeast, most: range.presenceMost };
	}
}

/** Longest return to the program after the last road user left: two falls and both delays. */
export function returnTime(configured: Lamps["configured"]): number {
	return RELEASE + longestHold(configured) + configured.linger + 2 * configured.fallTime;
}
