/**
 * Operator: gives an order now and then, so that a night contains some.
 *
 * Twice a night, while it is dark: an override that ends by itself, and one that is cleared before
 * its time. The lamps are chosen at random.
 */

import { random } from "../../lib/random.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import type { Part } from "../options/outside.js";
import type { Network } from "../street/network.js";
import type { Actor, Agenda } from "../util/agenda.js";
import type { Daylight } from "../world/sky.js";
import { nodeOf, ROOT } from "./install.js";

/** Interval between two checks of the daylight; darker than this is night. */
const LOOK = HOUR;
const NIGHT_LUX = 5;
/** Duration of the override that ends by itself, and of the one that is cleared, ms. */
const SPAN = 20 * MINUTE;
const LONG_SPAN = 3 * HOUR;
const CLEARED_AFTER = 10 * MINUTE;
/** Differs from every level of the street's programs and of presence, per cent. */
const LEVEL = 77;
/** Hours between two pairs of orders: once in the evening, once in the small hours. */
const REST = 5;

export class Operator {
	readonly #chance: ReturnType<typeof random>;
	#orders = 0;
	#rest = 0;

	constructor(
		seed: number,
		private readonly lamps: number,
		private readonly epochUtc: number,
		private readonly agenda: Agenda,
		private readonly network: Network,
		private readonly daylight: Daylight,
		private readonly part: Pick<Part, "site" | "first">,
	) {
		this.#chance = random(seed, "desk");
		agenda.add(LOOK, this.#look);
	}

	readonly #look: Actor = {
		due: (at) => {
			const night = this.daylight.luxAt(this.epochUtc + at) < NIGHT_LUX;
			if (night && this.#rest-- <= 0) {
				this.#rest = REST;
				this.#override(at, this.#someone(), SPAN);
				const lamp = this.#someone();
				this.#override(at, lamp, LONG_SPAN);
				this.agenda.add(at + CLEARED_AFTER, this.#clear, lamp);
			}
			this.agenda.add(at + LOOK, this.#look);
		},
	};

	readonly #clear: Actor = { due: (at, lamp) => this.#give(at, lamp, "clearOverride", "") };

	#someone(): number {
		return this.part.first + Math.floor(this.#chance.next() * this.lamps);
	}

	#override(at: number, lamp: number, span: number): void {
		const expiration = `,"level":${LEVEL},"expiration":"${this.#print(at + span)}"`;
		this.#give(at, lamp, "override", expiration);
	}

	#give(at: number, lamp: number, command: string, more: string): void {
		const id = `desk-${++this.#orders}`;
		const issued = this.#print(at);
		const order = `{"id":"${id}","command":"${command}"${more},"issued":"${issued}"}`;
		this.network.publish?.(`${ROOT}/${this.part.site}/${nodeOf(lamp)}/command`, order);
	}

	#print(at: number): string {
		return new Date(this.epochUtc + at).toISOString();
	}
}
