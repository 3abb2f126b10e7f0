/**
 * PIR: each lamp's movement sensor, with what real ones get wrong.
 *
 * It sees those who move in its cone, misses one in a hundred, and now and then fires at nothing.
 * Its output stays active until 2 s after the last it saw; within that time nobody new makes an
 * edge. One who stands still would not be seen; in this street everyone moves.
 */
import { INPUT } from "../../hosts/virtual/protocol.js";
import type { Post } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import type { Actor, Agenda } from "../util/agenda.js";
import type { Random } from "../util/random.js";
import { chance, random } from "../util/random.js";
import type { ConeListener, RoadUser } from "./roadusers.js";

/** Blocking time of common modules (HC-SR501: 2.5 s), ms. */
export const RELEASE = 2_000;
/** Share of those passing that the sensor misses. */
const MISS = 0.01;
/** One false trigger in a night of 12 h, ms. */
const FALSE_TRIGGER_MEAN = 12 * 3600_000;
/** Likewise of one whose lens or supply is faulty, ms. */
const NOISE_MEAN = 20_000;
/** The radio's current dips the supply of a PIR that is not decoupled from it: so often ... */
const RADIO_SHARE = 0.8;
/** ... and so soon after it sent, ms. */
const RADIO_DELAY = [50, 250] as const;

/** Whether it works, and what is wrong with it if not (sim/faults). */
export type PirMode = "sound" | "dead" | "stuckOn" | "noisy" | "radio";

export class Pirs implements ConeListener {
	readonly #seen: Int32Array; // how many in the cone the sensor knows of
	readonly #active: Uint8Array;
	readonly #releaseAt: Float64Array;
	readonly #ghosts: Random;
	readonly #noise: Random;
	readonly #mode: PirMode[];
	/** Edges given to lamps so far. */
	edges = 0;
	readonly #release: Actor = { due: (at, lamp) => this.#calm(at, lamp) };
	readonly #ghost: Actor = { due: (at, lamp) => this.#haunt(at, lamp) };
	readonly #noisy: Actor = { due: (at, lamp) => this.#crackle(at, lamp) };
	readonly #dip: Actor = { due: (at, lamp) => this.#flash(at, lamp) };

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
		this.#noise = random(seed, "faulty PIRs");
		this.#mode = new Array<PirMode>(lamps).fill("sound");
		for (let lamp = 0; lamp < lamps; lamp++)
			agenda.add(this.#ghosts.wait(FALSE_TRIGGER_MEAN), this.#ghost, lamp);
	}

	onEnter(at: number, lamp: number, user: RoadUser): void {
		const seen = this.#sees(user, lamp);
		this.witness.onEnter?.(at, lamp, seen, user);
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

	/** It breaks or is mended; one who is there is seen again at once. */
	setMode(at: number, lamp: number, mode: PirMode): void {
		this.#mode[lamp] = mode;
		const someone = this.#seen[lamp]! > 0;
		if (mode === "dead" && this.#active[lamp]) this.#drop(at, lamp);
		else if (mode === "stuckOn" || (someone && mode !== "dead")) this.#fire(at, lamp, someone);
		else if (mode === "sound" && this.#active[lamp]) this.#leave(at, lamp);
		if (mode === "noisy") this.agenda.add(at + this.#noise.wait(NOISE_MEAN), this.#noisy, lamp);
	}

	/** The lamp's radio sends. */
	onTransmission(at: number, lamp: number): void {
		if (this.#mode[lamp] !== "radio" || this.#noise.next() >= RADIO_SHARE) return;
		this.agenda.add(at + this.#noise.between(...RADIO_DELAY), this.#dip, lamp);
	}

	#sees(user: RoadUser, lamp: number): boolean {
		return chance(this.seed, user.id * this.lamps + lamp) >= MISS;
	}

	#fire(at: number, lamp: number, real: boolean): void {
		if (this.#active[lamp] || this.#mode[lamp] === "dead") return;
		this.#active[lamp] = 1;
		this.#edge(at, lamp, true, real);
	}

	#leave(at: number, lamp: number): void {
		this.#releaseAt[lamp] = at + RELEASE;
		this.agenda.add(at + RELEASE, this.#release, lamp);
	}

	#calm(at: number, lamp: number): void {
		if (!this.#active[lamp] || this.#mode[lamp] === "stuckOn") return;
		if (this.#seen[lamp]! > 0 || at < this.#releaseAt[lamp]!) return;
		this.#drop(at, lamp);
	}

	#drop(at: number, lamp: number): void {
		this.#active[lamp] = 0;
		this.#edge(at, lamp, false, true);
	}

	#haunt(at: number, lamp: number): void {
		this.#flash(at, lamp);
		this.agenda.add(at + this.#ghosts.wait(FALSE_TRIGGER_MEAN), this.#ghost, lamp);
	}

	/** Fires at nothing. */
	#flash(at: number, lamp: number): void {
		if (this.#seen[lamp]! > 0) return;
		this.#fire(at, lamp, false);
		this.#leave(at, lamp);
	}

	#crackle(at: number, lamp: number): void {
		if (this.#mode[lamp] !== "noisy") return;
		this.#flash(at, lamp);
		this.agenda.add(at + this.#noise.wait(NOISE_MEAN), this.#noisy, lamp);
	}

	#edge(at: number, lamp: number, moving: boolean, real: boolean): void {
		this.edges++;
		this.post(lamp, at, moving ? INPUT.movement : INPUT.stillness);
		this.witness.onEdge?.(at, lamp, moving, real);
	}
}
