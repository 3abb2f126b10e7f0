/**
 * Moods: ways in which a broker serves badly (sim/faults), by chance and the same in each run.
 */
import { random } from "../../../lib/random.js";
import type { BrokerMood } from "../../street/network.js";

/** Topic of messages that are acknowledged and not kept. */
export const FORGOTTEN = "forgotten";
/** Longest pause before the broker sends, ms: a lamp waits for 30 s. */
const PAUSE = 12_000;
/** Longest wait of a message that others overtake, ms. */
const LATE = 6_000;

export class Moods {
	readonly #on = new Set<BrokerMood>();
	readonly #chance = random(1, "broker");

	set(mood: BrokerMood, on: boolean): void {
		if (on) this.#on.add(mood);
		else this.#on.delete(mood);
	}

	has(mood: BrokerMood): boolean {
		return this.#on.has(mood);
	}

	/** Before it sends, ms. */
	pause(): number {
		return this.has("slow") ? Math.floor(this.#chance.between(0, PAUSE)) : 0;
	}

	/** Waits of the copies of one message, ms. */
	waits(): readonly number[] {
		const copies = this.has("twice") ? 2 : 1;
		const wait = () => (this.has("late") ? Math.floor(this.#chance.between(0, LATE)) : 0);
		return Array.from({ length: copies }, wait);
	}
}
