/**
 * lightAhead: with neighbours, the presence level shines 2 s before a road user enters the cone.
 *
 * Checked by the PWM for each road user that enters a cone in the dark, at every lamp with two
 * others before it on the way: for the first lamps of a street no neighbour can report the
 * approach. Required in 95 % of the passes; the rest is left for lost datagrams (20 % of them at
 * most) and PIRs that miss a road user.
 */
import type { RoadUser } from "../world/roadusers.js";
import { USER_KINDS, type UserKind } from "../world/timetable.js";
import { Tally } from "./check.js";
import type { ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";
import { atLeast } from "./lamps.js";

/** Lead before a road user enters the cone, ms. */
export const LEAD = 2_000;
const SHARE = 0.95;
/** Lamps before this one on the way: at 50 km/h one pole is 2.2 s, and the rise takes 0.8 of them. */
const BEFORE = 2;

export class LightAhead extends Tally {
	readonly name = "lightAhead";
	/** Passes by kind of road user: checked, and lit in time. */
	readonly passes = Object.fromEntries(
		USER_KINDS.map((kind) => [kind, { tried: 0, lit: 0 }]),
	) as Record<UserKind, { tried: number; lit: number }>;
	readonly #fullSince: Float64Array; // Infinity: it is not at presence level

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
		private readonly epochUtc: number,
	) {
		super();
		this.#fullSince = new Float64Array(lamps.count).fill(Infinity);
	}

	override get ok(): boolean {
		return this.count <= this.tried * (1 - SHARE);
	}

	onDuty(at: number, lamp: number): void {
		const { presenceLeast } = this.program.rangeAt(this.epochUtc + at);
		const isFull = atLeast(this.lamps.level[lamp]!, presenceLeast);
		if (!isFull) this.#fullSince[lamp] = Infinity;
		else if (this.#fullSince[lamp] === Infinity) this.#fullSince[lamp] = at;
	}

	onEnd(_at: number, lamp: number): void {
		this.#fullSince[lamp] = Infinity;
	}

	onEnter(at: number, lamp: number, _seen: boolean, user: RoadUser): void {
		const { lamps } = this;
		const nth = user.forth ? lamp : lamps.count - 1 - lamp;
		if (nth < BEFORE || !lamps.isDark(at - LEAD, lamp)) return;
		if (lamps.isOrdered(at, lamp, lamps.configured.fallTime)) return;
		const lit = this.#fullSince[lamp]! <= at - LEAD;
		const passes = this.passes[user.kind];
		this.tried++;
		passes.tried++;
		if (lit) passes.lit++;
		else this.offend(at, lamp, `not lit ${LEAD / 1000} s before a ${user.kind} came`);
	}
}
