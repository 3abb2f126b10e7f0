/**
 * Cabinets: the power of each feeder as a person cut it on the map. A model: full light for as long as
 * a movement sensor settles once power is back, then the course of the night as without the cut.
 */
import { type Colour, inkOf } from "./palette.js";

/** Power of a feeder: as by its night, out, or just returned. */
export const ON = 0;
export const OUT = 1;
export const RETURNED = 2;
/** `settleTime` by default, s. */
const SETTLE_S = 30;

export class Cabinets {
	/** By cabinet: seconds of the night at which power went and came; Infinity: not yet. */
	readonly #out: Float64Array;
	readonly #back: Float64Array;
	/** The ink of a light without power. */
	outInk = inkOf("level", "noPower", 0);

	constructor(cabinets: number) {
		this.#out = new Float64Array(cabinets).fill(Infinity);
		this.#back = new Float64Array(cabinets).fill(Infinity);
	}

	cut(cabinet: number, at: number): void {
		this.#out[cabinet] = at;
		this.#back[cabinet] = Infinity;
	}

	mend(cabinet: number, at: number): void {
		this.#back[cabinet] = at;
	}

	stateAt(cabinet: number, at: number): number {
		if (!(at >= this.#out[cabinet]!)) return ON;
		const back = this.#back[cabinet]!;
		if (at < back) return OUT;
		return at < back + SETTLE_S ? RETURNED : ON;
	}

	/** Cabinets that are out at that instant. */
	outAt(at: number): readonly number[] {
		return Array.from(this.#out.keys()).filter((cabinet) => this.stateAt(cabinet, at) === OUT);
	}

	drawIn(colour: Colour): void {
		this.outInk = inkOf(colour, "noPower", 0);
	}
}
