/**
 * Flash troubles: flash that takes nothing, and power that fails in the middle of a write
 * (sim/faults).
 */
import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import { type Random, random } from "../../lib/random.js";
import { MINUTE } from "../../lib/spans.js";
import type { Actor, Agenda } from "../util/agenda.js";

/** The next cut comes in a write after so long, on the mean. */
const CUT_EVERY = 10 * MINUTE;
/** Bytes until it: one record of the journal, or some of the store; a sector's erase, too. */
const BYTES = 600;
/** More than any run writes: no cut. */
const NEVER = 2 ** 40;

export class FlashTroubles implements Actor {
	readonly #cuts = new Set<number>();
	readonly #chance: Random;

	constructor(
		private readonly agenda: Agenda,
		private readonly fleet: Fleet,
		seed: number,
	) {
		this.#chance = random(seed, "flash");
	}

	set(at: number, lamp: number, trouble: "worn" | "cut", on: boolean): void {
		const number = this.fleet.first + lamp;
		if (trouble === "worn") this.fleet.setWorn(number, on);
		else if (on) {
			this.#cuts.add(lamp);
			this.due(at, lamp);
		} else if (this.#cuts.delete(lamp)) this.fleet.armPowerCut(number, NEVER);
	}

	due(at: number, lamp: number): void {
		if (!this.#cuts.has(lamp)) return;
		const bytes = Math.floor(this.#chance.next() * BYTES);
		this.fleet.armPowerCut(this.fleet.first + lamp, bytes);
		this.agenda.add(at + this.#chance.wait(CUT_EVERY), this, lamp);
	}
}
