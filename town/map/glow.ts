/**
 * Glow: the ink of each light at an instant of an option's night, in one pass that allocates nothing.
 *
 * Drawn light follows the course with the time constant of the eye, as in the picture of a street; a
 * light that changes between two frames of a fast night is seen as a glint and not lost.
 */

import { type Cabinets, ON, OUT, RETURNED } from "./cabinets.js";
import type { Box } from "./camera.js";
import { changeAt, FULL, levelOf, type Night, type Town, timeOf } from "./decoded.js";
import { STEPS } from "./palette.js";

/** Of the eye, ms. */
const EASE = 60;

export class Glow {
	/** One ink a light, as bytes for the graphics card. */
	readonly ink: Uint32Array;
	readonly bytes: Uint8Array;
	/** Drawn level, 0 to 1. */
	readonly #shown: Float32Array;

	constructor(readonly town: Town) {
		this.ink = new Uint32Array(town.count);
		this.bytes = new Uint8Array(this.ink.buffer);
		this.#shown = new Float32Array(town.count);
	}

	/**
	 * `inks`: by cause and level (palette.ts), `noPower`: of a light without power. `passed`: ms since
	 * the last frame; Infinity draws the levels themselves. Lights out of the box keep their ink.
	 */
	fill(
		night: Night,
		at: number,
		inks: Uint32Array,
		cabinets: Cabinets,
		passed: number,
		[west, south, east, north]: Box,
	): void {
		const share = 1 - Math.exp(-passed / EASE);
		const { ink, town } = this;
		const { x, y } = town;
		const shown = this.#shown;
		for (let light = 0; light < ink.length; light++) {
			if (x[light]! < west || x[light]! > east || y[light]! < south || y[light]! > north) continue;
			const feeder = town.feeder[light]!;
			const power = feeder < 0 ? ON : cabinets.stateAt(feeder, at);
			const time = timeOf(night, light, at);
			const change = power === ON ? changeAt(night, light, time) : -1;
			const level = change < 0 ? 0 : levelOf(night, change, time) / FULL;
			const wanted = power === RETURNED ? 1 : level;
			const drawn = shown[light]! + (wanted - shown[light]!) * share;
			shown[light] = drawn;
			const cause = change < 0 ? 0 : night.cause[change]!;
			const step = Math.round(drawn * (STEPS - 1));
			ink[light] = power === OUT ? cabinets.outInk : inks[cause * STEPS + step]!;
		}
	}
}
