/**
 * Switching: instants at which lamps lit and went out, against the crossings of recorded daylight.
 */
import type { Witness } from "../street/witness.js";
import type { Crossing } from "../world/recorded.js";

interface Turn {
	readonly at: number;
	readonly lit: boolean;
}

export class Lights implements Witness {
	readonly #lit: Uint8Array;
	readonly #turns: Turn[][];

	constructor(lamps: number) {
		this.#lit = new Uint8Array(lamps);
		this.#turns = Array.from({ length: lamps }, () => []);
	}

	onDuty(at: number, lamp: number, duty: number, to: number): void {
		this.#turn(at, lamp, duty > 0 || to > 0);
	}
	onEnd(at: number, lamp: number): void {
		this.#turn(at, lamp, false);
	}

	/** One line for each crossing within the run: the delay until the lamps followed. */
	*report(crossings: Iterable<Crossing>, epochUtc: number, end: number): Iterable<string> {
		for (const { row, utc, lux, night } of crossings) {
			const at = utc - epochUtc;
			if (at < 0 || at >= end) continue;
			const delays = this.#turns.flatMap((turns) => {
				const turn = turns.find((candidate) => candidate.at >= at && candidate.lit === night);
				return turn ? [(turn.at - at) / 1000] : [];
			});
			const verb = night ? "lit" : "went out";
			const span = `${Math.min(...delays).toFixed(1)} to ${Math.max(...delays).toFixed(1)} s`;
			const after = delays.length > 0 ? ` ${span} later` : "";
			yield `row ${row}  ${new Date(utc).toISOString()}  ${lux.toFixed(1)} lx: ` +
				`${delays.length} of ${this.#turns.length} lamps ${verb}${after}`;
		}
	}

	#turn(at: number, lamp: number, lit: boolean): void {
		if (Boolean(this.#lit[lamp]) === lit) return;
		this.#lit[lamp] = lit ? 1 : 0;
		this.#turns[lamp]!.push({ at, lit });
	}
}
