/**
 * Fault plan: begins and ends the faults of a run at their times, and reports them to the
 * witnesses.
 */
import type { Witness } from "../street/witness.js";
import type { Actor, Agenda } from "../util/agenda.js";
import { FAULTS, type FaultyWorld } from "./faults.js";
import type { FaultOrder } from "./order.js";

export class FaultPlan {
	constructor(
		orders: readonly FaultOrder[],
		private readonly lamps: number,
		private readonly world: FaultyWorld,
		agenda: Agenda,
		private readonly witness: Witness,
	) {
		for (const order of orders) {
			agenda.add(order.at, this.#edge(order, true));
			agenda.add(order.until, this.#edge(order, false));
		}
	}

	#edge({ name, lamp }: FaultOrder, on: boolean): Actor {
		const first = lamp === undefined ? 0 : lamp - 1;
		const last = lamp === undefined ? this.lamps - 1 : first;
		return {
			due: (at) => {
				for (let n = first; n <= last; n++) {
					FAULTS[name]!.act(this.world, on, at, n);
					this.witness.onFault?.(at, n, name, on);
				}
			},
		};
	}
}
