/**
 * Airways: which lamps of a row must receive the datagrams of the others.
 */
import { FAULTS } from "../faults/faults.js";
import type { Witness } from "../street/witness.js";

/** After a fault of the air the proofs that forgeries spent come back within this time, ms. */
const RECOVERY = 60_000;

export class Airways implements Witness {
	readonly #troubles: Int32Array;
	readonly #clearFrom: Float64Array;

	constructor(count: number) {
		this.#troubles = new Int32Array(count);
		this.#clearFrom = new Float64Array(count);
	}

	/** No trouble of the network is under way at that lamp. */
	isClear(at: number, lamp: number): boolean {
		return this.#troubles[lamp] === 0 && at >= this.#clearFrom[lamp]!;
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		if (!FAULTS[name]!.isolates) return;
		this.#troubles[lamp]! += on ? 1 : -1;
		this.#clearFrom[lamp] = at + RECOVERY;
	}
}
