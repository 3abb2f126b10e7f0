/**
 * Airways: which lamps of a row must receive the datagrams of the others.
 */
import { FAULTS } from "../faults/faults.js";
import type { Witness } from "../street/witness.js";
import { Overlaps } from "./overlaps.js";

/** After a fault of the air the proofs that forgeries spent come back within this time, ms. */
const RECOVERY = 60_000;

export class Airways implements Witness {
	readonly #troubles: Overlaps;

	constructor(count: number) {
		this.#troubles = new Overlaps(count);
	}

	/** No trouble of the network is under way at that lamp. */
	isClear(at: number, lamp: number): boolean {
		return !this.#troubles.isOn(at, lamp, RECOVERY);
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		if (FAULTS[name]!.isolates) this.#troubles.turn(at, lamp, on);
	}
}
