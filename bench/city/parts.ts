/**
 * Parts: wall time of a street's run by part. On a shared machine compare runs that took turns.
 *
 * The rest, `street`, is the world, the meter and the order of the windows.
 */
import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import type { Network } from "../../sim/street/network.js";
import type { Witness } from "../../sim/street/witness.js";
import { grouped } from "../lamp.js";

/** Exact counts of a run. */
interface Counts {
	windows: number;
	effects: number;
	inputs: number;
}

export class Parts {
	readonly counts: Counts = { windows: 0, effects: 0, inputs: 0 };
	readonly #began = performance.now();
	readonly #spent = { lamps: 0, broker: 0, trace: 0, checks: 0 };

	timed<A extends unknown[], R>(part: keyof Parts["spent"], work: (...args: A) => R) {
		return (...args: A): R => {
			const from = performance.now();
			const result = work(...args);
			this.#spent[part] += performance.now() - from;
			return result;
		};
	}

	get spent(): Readonly<Record<"lamps" | "broker" | "trace" | "checks", number>> {
		return this.#spent;
	}

	/** The lamps' own work. */
	fleet(fleet: Fleet): Fleet {
		const { counts } = this;
		const run = this.timed("lamps", (until: number) => fleet.run(until));
		const effects: Fleet["effects"] = (visit) =>
			fleet.effects((...effect) => {
				counts.effects++;
				visit(...effect);
			});
		return Object.assign(Object.create(fleet) as Fleet, {
			run: (until: number) => {
				counts.windows++;
				run(until);
			},
			effects,
			post: (...input: Parameters<Fleet["post"]>) => {
				counts.inputs++;
				fleet.post(...input);
			},
		});
	}

	network(network: Network): Network {
		const rest = async (noise: Promise<void>) => {
			const from = performance.now();
			await noise;
			this.#spent.broker += performance.now() - from;
		};
		return {
			get published() {
				return network.published;
			},
			onEffect: this.timed("broker", (...effect) => network.onEffect(...effect)),
			nextDue: () => network.nextDue(),
			deliver: this.timed("broker", (until, post) => network.deliver(until, post)),
			quiet: () => {
				const noise = network.quiet();
				return noise && rest(noise);
			},
			...(network.publish
				? { publish: (topic: string, payload: string) => network.publish?.(topic, payload) }
				: {}),
			...(network.onOrder ? { onOrder: network.onOrder.bind(network) } : {}),
			close: () => network.close(),
		};
	}

	/** Times the calls of a check, in place: the run has taken hold of it already. */
	check(check: Witness): void {
		const methods = check as unknown as Record<string, ((...args: unknown[]) => void) | undefined>;
		for (const name of ["onBoot", "onEnd", "onDuty", "onEnter", "onLeave", "onEdge", "advance"]) {
			const method = methods[name]?.bind(check);
			if (method) methods[name] = this.timed("checks", method);
		}
	}

	/** Microseconds a lamp-hour and share of each part. */
	of(lampHours: number): string {
		const all = performance.now() - this.#began;
		const entries = Object.entries(this.#spent);
		const rest = all - entries.reduce((sum, [, ms]) => sum + ms, 0);
		const text = ([name, ms]: readonly [string, number]) =>
			`${name} ${grouped((1000 * ms) / lampHours)} (${Math.round((100 * ms) / all)} %)`;
		return [...entries, ["street", rest] as const].map(text).join(", ");
	}
}
