/**
 * PIR: each lamp's movement sensor, with the errors of real ones.
 *
 * It detects road users that move in its cone, misses one in a hundred, and sometimes fires
 * falsely. Its output stays active until 2 s after the last detection; within that time a new road
 * user makes no edge. One that stands still would not be detected; in this street everyone moves.
 */
import { INPUT } from "../../hosts/virtual/protocol.js";
import type { Random } from "../../lib/random.js";
import { chance, random } from "../../lib/random.js";
import type { Post } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import type { Actor, Agenda } from "../util/agenda.js";
import type { ConeListener, RoadUser } from "./roadusers.js";

/** Blocking time of common modules (HC-SR501: 2.5 s), ms. */
export const RELEASE = 2_000;
/** Share of the passing road users that the sensor misses. */
const MISS = 0.01;
/** One false trigger in a night of 12 h, ms. */
const FALSE_TRIGGER_MEAN = 12 * 3600_000;
/** Likewise of one with a faulty lens or supply, ms. */
const NOISE_MEAN = 20_000;
/** The radio's current dips the supply of a PIR that is not decoupled from it: this often ... */
const RADIO_SHARE = 0.8;
/** ... and so soon after a transmission, ms. */
const RADIO_DELAY = [50, 250] as const;

/** Sound, or the kind of defect (sim/faults). */
type PirMode = "sound" | "dead" | "stuckOn" | "noisy" | "radio";

export class Pirs implements ConeListener {
	readonly #seen: Int32Array; // road users in the cone that the sensor detects
	readonly #active: Uint8Array;
	readonly #releaseAt: Float64Array;
	readonly #falseTriggers: Random;
	readonly #noise: Random;
	readonly #mode: PirMode[];
	/** Edges delivered to lamps so far. */
	edges = 0;
	readonly #release: Actor = { due: (at, lamp) => this.#calm(at, lamp) };
	readonly #falseTrigger: Actor = { due: (at, lamp) => this.#triggerFalsely(at, lamp) };
	readonly #noisy: Actor = { due: (at, lamp) => this.#triggerNoisily(at, lamp) };
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
		this.#falseTriggers = random(seed, "false triggers");
		this.#noise = random(seed, "faulty PIRs");
		this.#mode = new Array<PirMode>(lamps).fill("sound");
		for (let lamp = 0; lamp < lamps; lamp++)
			agenda.add(this.#falseTriggers.wait(FALSE_TRIGGER_MEAN), this.#falseTrigger, lamp);
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
		this.witness.onLeave?.(at, lamp, seen, user);
		if (seen && --this.#seen[lamp]! === 0) this.#leave(at, lamp);
	}

	/** The lamp starts: an active output at this moment is an edge for it. */
	onBoot(at: number, lamp: number): void {
		if (this.#active[lamp]) this.#edge(at, lamp, true, this.#seen[lamp]! > 0);
	}

	/** A defect begins or ends; a road user in the cone is detected again at once. */
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

	#triggerFalsely(at: number, lamp: number): void {
		this.#flash(at, lamp);
		this.agenda.add(at + this.#falseTriggers.wait(FALSE_TRIGGER_MEAN), this.#falseTrigger, lamp);
	}

	/** A false trigger. */
	#flash(at: number, lamp: number): void {
		if (this.#seen[lamp]! > 0) return;
		this.#fire(at, lamp, false);
		this.#leave(at, lamp);
	}

	#triggerNoisily(at: number, lamp: number): void {
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
