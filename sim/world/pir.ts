/**
 * PIR: each lamp's movement sensor, with what real ones get wrong.
 *
 * It sees those who move in its cone, misses one in a hundred, and now and then fires at nothing.
 * Its output stays active until 2 s after the last it saw; within that time nobody new makes an
 * edge. One who stands still would not be seen; in this street everyone moves.
 */
import { INPUT } from "../../hosts/virtual/protocol.js";
import type { Actor, Agenda } from "../agenda.js";
import type { Post } from "../network.js";
import type { Random } from "../random.js";
import { chance, random } from "../random.js";
import type { Witness } from "../witness.js";
import type { ConeListener, RoadUser } from "./roadusers.js";

/** Blocking time of common modules (HC-SR501: 2.5 s), ms. */
export const RELEASE = 2_000;
/** Share of those passing that the sensor misses. */
const MISS = 0.01;
/** One false trigger in a night of 12 h, ms. */
const FALSE_TRIGGER_MEAN = 12 * 3600_000;

export class Pirs implements ConeListener {
	readonly #seen: Int32Array; // how many in the cone the sensor knows of
	readonly #active: Uint8Array;
	readonly #releaseAt: Float64Array;
	readonly #ghosts: Random;
	/** Edges given to lamps so far. */
	edges = 0;
	readonly #release: Actor = { due: (at, lamp) => this.#calm(at, lamp) };
	readonly #ghost: Actor = { due: (at, lamp) => this.#haunt(at, lamp) };

	constructor(
		private readonly agenda: Agenda,
		private readonly lamps: number,
		private readonly seed: number,
		private readonly post: Post,
		private readonly witness: Witness,
	) {
		this.#seen = new Int32Array(lamps);
		this.#active = new Uint8Array(lamps);
		this.#releaseAt = new Float64Array(lamps);
		this.#ghosts = random(seed, "false triggers");
		for (let lamp = 0; lamp < lamps; lamp++)
			agenda.add(this.#ghosts.wait(FALSE_TRIGGER_MEAN), this.#ghost, lamp);
	}

	onEnter(at: number, lamp: number, user: RoadUser): void {
		const seen = this.#sees(user, lamp);
		this.witness.onEnter?.(at, lamp, seen);
		if (!seen) return;
		this.#seen[lamp]!++;
		this.#fire(at, lamp, true);
	}

	onLeave(at: number, lamp: number, user: RoadUser): void {
		const seen = this.#sees(user, lamp);
		this.witness.onLeave?.(at, lamp, seen);
		if (seen && --this.#seen[lamp]! === 0) this.#leave(at, lamp);
	}

	/** The lamp starts: what its sensor sees at this moment is an edge to it. */
	onBoot(at: number, lamp: number): void {
		if (this.#active[lamp]) this.#edge(at, lamp, true, this.#seen[lamp]! > 0);
	}

	#sees(user: RoadUser, lamp: number): boolean {
		return chance(this.seed, user.id * this.lamps + lamp) >= MISS;
	}

	#fire(at: number, lamp: number, real: boolean): void {
		if (this.#active[lamp]) return;
		this.#active[lamp] = 1;
		this.#edge(at, lamp, true, real);
	}

	#leave(at: number, lamp: number): void {
		this.#releaseAt[lamp] = at + RELEASE;
		this.agenda.add(at + RELEASE, this.#release, lamp);
	}

	#calm(at: number, lamp: number): void {
		if (!this.#active[lamp] || this.#seen[lamp]! > 0 || at < this.#releaseAt[lamp]!) return;
		this.#active[lamp] = 0;
		this.#edge(at, lamp, false, true);
	}

	#haunt(at: number, lamp: number): void {
		if (this.#seen[lamp] === 0) {
			this.#fire(at, lamp, false);
			this.#leave(at, lamp);
		}
		this.agenda.add(at + this.#ghosts.wait(FALSE_TRIGGER_MEAN), this.#ghost, lamp);
	}

	#edge(at: number, lamp: number, moving: boolean, real: boolean): void {
		this.edges++;
		this.post(lamp, at, moving ? INPUT.movement : INPUT.stillness);
		this.witness.onEdge?.(at, lamp, moving, real);
	}
}
