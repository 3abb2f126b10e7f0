/**
 * Heat: whether the limit of the driver's output in a hot housing may be in force, or must be
 * (docs/architecture.md; the fault `hot` is 95 degrees).
 */
import { HOUR } from "../../lib/spans.js";
import { Overlaps } from "./overlaps.js";

/** From its end on the lamp measures, and rises, ms; likewise from its begin. */
const COOLS = 60_000;
const HEATS = 60_000;
/** A temperature that stands still for so long is that of a dead sensor (docs/broker.md), ms. */
const FORGOTTEN = 24 * HOUR;
/** Degrees: where the limit begins, from there to its end, and those of a hot housing. */
const START = 75;
const SPAN = 15;
const HOT = 95;

export class Heat {
	readonly #faults: Overlaps;
	/** The latest one; Infinity: one has ended since. */
	readonly #from: Float64Array;

	constructor(count: number) {
		this.#faults = new Overlaps(count);
		this.#from = new Float64Array(count).fill(Infinity);
	}

	turn(at: number, lamp: number, on: boolean): void {
		this.#faults.turn(at, lamp, on);
		this.#from[lamp] = on ? at : Infinity;
	}

	/** It may be in force, or have been a moment ago. */
	mayBeOn(at: number, lamp: number): boolean {
		return this.#faults.isOn(at, lamp, COOLS);
	}

	/** It must be in force; a lamp that boots learns the temperature when it changes. */
	isCertain(
		at: number,
		lamp: number,
		runsSince: number,
		{ deratingStart = START }: { readonly deratingStart?: number },
	): boolean {
		const from = this.#from[lamp]!;
		const isRead = runsSince <= from && at >= from + HEATS && at < from + FORGOTTEN;
		return isRead && HOT >= deratingStart + SPAN;
	}
}
