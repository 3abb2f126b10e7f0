/**
 * Fault plan: begins and ends the faults of a run, planned ones at their times and others at once,
 * and reports them to the witnesses.
 */
import type { Witness } from "../street/witness.js";
import type { Agenda } from "../util/agenda.js";
import type { FaultyWorld } from "./fault.js";
import { FAULTS } from "./faults.js";
import type { FaultOrder } from "./order.js";

/** A fault that has begun and has not ended. */
interface StandingFault {
	readonly id: number;
	readonly name: string;
	/** From 1; undefined: all lamps. */
	readonly lamp: number | undefined;
	/** Virtual ms. */
	readonly since: number;
	/** Planned end, virtual ms; Infinity: none. */
	readonly until: number;
}

export class FaultPlan {
	readonly #standing = new Map<number, StandingFault>();
	readonly #byHand: { id: number; order: FaultOrder }[] = [];
	/** Of each fault at each lamp: the faults that stand. */
	readonly #causes = new Map<string, number>();
	#count = 0;
	/** Grows with each begin and end. */
	version = 0;

	constructor(
		orders: readonly FaultOrder[],
		private readonly lamps: number,
		private readonly world: FaultyWorld,
		private readonly agenda: Agenda,
		private readonly witness: Witness,
	) {
		for (const order of orders) this.add(order);
	}

	/** In order of their begin. */
	get standing(): readonly StandingFault[] {
		return [...this.#standing.values()];
	}

	/** Faults that a person began while the run went on, with their ends so far. */
	get byHand(): readonly FaultOrder[] {
		return this.#byHand.map(({ order }) => order);
	}

	/** A person begins a fault at `at`. */
	begin(at: number, name: string, lamp: number | undefined): void {
		const order = { name, lamp, at, until: Infinity };
		this.#byHand.push({ id: this.add(order), order });
	}

	/** Plans a fault; an instant that is past already is the next one. */
	add({ name, lamp, at, until }: FaultOrder): number {
		const id = ++this.#count;
		this.agenda.add(at, {
			due: (since) => {
				this.#standing.set(id, { id, name, lamp, since, until });
				this.#act(since, name, lamp, true);
			},
		});
		this.agenda.add(until, { due: (when) => this.#end(when, id) });
		return id;
	}

	/** Ends a standing fault at `at`. @returns whether there was one */
	end(at: number, id: number): boolean {
		if (!this.#standing.has(id)) return false;
		this.agenda.add(at, { due: (when) => this.#end(when, id) });
		for (const planned of this.#byHand)
			if (planned.id === id) planned.order = { ...planned.order, until: at };
		return true;
	}

	#end(at: number, id: number): void {
		const fault = this.#standing.get(id);
		if (!fault) return; // it was ended before its planned time
		this.#standing.delete(id);
		this.#act(at, fault.name, fault.lamp, false);
	}

	#act(at: number, name: string, lamp: number | undefined, on: boolean): void {
		this.version++;
		const fault = FAULTS[name]!;
		const isAll = lamp === undefined || fault.street === true;
		const first = isAll ? 0 : lamp - 1;
		const last = isAll ? this.lamps - 1 : first;
		for (let n = first; n <= last; n++) {
			const cause = `${name} ${n}`;
			const before = this.#causes.get(cause) ?? 0;
			const after = before + (on ? 1 : -1);
			this.#causes.set(cause, after);
			if (before > 0 === after > 0) continue; // it stands as long as one of its causes
			fault.act(this.world, on, at, n);
			this.witness.onFault?.(at, n, name, on);
		}
	}
}
