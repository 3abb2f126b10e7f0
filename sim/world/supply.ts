/**
 * Supply: mains power of the lamps: a cabinet that switches the street by its own photocell, and
 * power cuts.
 */

import { type Random, random } from "../../lib/random.js";
import { DAY, HOUR } from "../../lib/spans.js";
import type { Actor, Agenda } from "../util/agenda.js";

/** Feed of a lamp: permanent, from dusk to dawn, or that without the small hours. */
type Feeding = "always" | "night" | "halfNight";

/** Threshold of the cabinet's photocell, lux: on below, off from there on; as the lamps' own. */
const ON_LEVEL = 35;
const OFF_LEVEL = 70;
/** Its sampling interval; contactors of several lamps are one. */
const LOOK = 60_000;
/** A loose contact interrupts power this often on the mean, for so long, ms. */
const BLINK_EVERY = 240_000;
const BLINK = [20, 3_000] as const;
/** A half-night feeder is off between these hours, UTC. */
const HALF_FROM = 23 * HOUR;
const HALF_TO = 4 * HOUR;

/** Switches a machine on and off. */
export interface Switch {
	powerOn(at: number, lamp: number): void;
	powerOff(at: number, lamp: number): void;
}

export class Supply implements Actor {
	readonly #feeding: Feeding[];
	readonly #cut: Uint8Array; // how many cuts there are
	readonly #fed: Uint8Array; // last state reported of each lamp
	readonly #bad: Uint8Array; // its contact is loose
	readonly #blinks: Random;
	readonly #blink: Actor = { due: (at, lamp) => this.#interrupt(at, lamp) };
	readonly #mend: Actor = { due: (at, lamp) => this.cut(at, lamp, false) };
	#night = true; // by the cabinet's photocell
	#looks = false; // at least one lamp is switched

	/** `luxAt`: daylight at an instant, virtual ms. */
	constructor(
		private readonly agenda: Agenda,
		private readonly epochUtc: number,
		lamps: number,
		private readonly luxAt: (at: number) => number,
		private readonly street: () => Switch,
		seed = 0,
	) {
		this.#bad = new Uint8Array(lamps);
		this.#blinks = random(seed, "loose contacts");
		this.#feeding = new Array<Feeding>(lamps).fill("always");
		this.#cut = new Uint8Array(lamps);
		this.#fed = new Uint8Array(lamps).fill(1);
	}

	/** A cable is cut, or repaired; it has power again when each cut is. */
	cut(at: number, lamp: number, on: boolean): void {
		this.#cut[lamp]! += on ? 1 : -1;
		this.#settle(at, lamp);
	}

	/** A contact becomes loose, or is tightened: power fails for moments. */
	loosen(at: number, lamp: number, on: boolean): void {
		this.#bad[lamp] = on ? 1 : 0;
		if (on) this.agenda.add(at + this.#blinks.wait(BLINK_EVERY), this.#blink, lamp);
	}

	#interrupt(at: number, lamp: number): void {
		if (!this.#bad[lamp]) return;
		if (!this.#cut[lamp]) {
			this.cut(at, lamp, true);
			this.agenda.add(at + this.#blinks.between(...BLINK), this.#mend, lamp);
		}
		this.agenda.add(at + this.#blinks.wait(BLINK_EVERY), this.#blink, lamp);
	}

	/** The lamp's feed from now on. */
	switch(at: number, lamp: number, feeding: Feeding): void {
		this.#feeding[lamp] = feeding;
		if (this.#looks) this.#settle(at, lamp);
		else {
			this.#looks = true;
			this.agenda.add(at, this);
		}
	}

	/** The cabinet samples the daylight. */
	due(at: number): void {
		const lux = this.luxAt(at);
		if (lux < ON_LEVEL) this.#night = true;
		else if (lux >= OFF_LEVEL) this.#night = false;
		for (let lamp = 0; lamp < this.#feeding.length; lamp++) this.#settle(at, lamp);
		this.agenda.add(at + LOOK, this);
	}

	#settle(at: number, lamp: number): void {
		const fed = this.#isFed(at, lamp) ? 1 : 0;
		if (fed === this.#fed[lamp]) return;
		this.#fed[lamp] = fed;
		if (fed) this.street().powerOn(at, lamp);
		else this.street().powerOff(at, lamp);
	}

	#isFed(at: number, lamp: number): boolean {
		if (this.#cut[lamp]) return false;
		const feeding = this.#feeding[lamp]!;
		if (feeding === "always") return true;
		const time = (this.epochUtc + at) % DAY;
		const isOut = feeding === "halfNight" && (time >= HALF_FROM || time < HALF_TO);
		return this.#night && !isOut;
	}
}
