/**
 * Gate: checks the lamp's secret and slows down guessing (ETSI EN 303 645, 5.1-5).
 *
 * After a wrong guess the next one is checked only after a wait, which doubles up to a minute. A
 * guess during the wait is not checked and restarts the wait, so a flood gains nothing. The right
 * secret is accepted a minute after the last guess, however many there were: nobody is locked out.
 * The store keeps the last wait for the next life, which begins with it: a power cut gains nothing, and
 * costs seven writes at most, because the right secret alone erases it. In the first minute of a life no
 * guess is checked before its wait is stored: a cut before the answer leaves a second to wait after the
 * right secret, and twice as much each time after guesses. Where flash refuses it, a cut gains nothing
 * either, and the right secret is accepted after that minute.
 */
import type { Store } from "../host.js";
import { GUESSED_KEY, SECRET_KEY } from "../storekeys.js";
import type { Millis } from "../units.js";
import { fits, proposal, type SecretDoors, sealed } from "./secret.js";

/** The store as the gate uses it. */
export type GateStore = Pick<Store, "read" | "write" | "erase">;

const WAIT_MIN: Millis = 1000;
export const WAIT_MAX: Millis = 60_000;

/** Result of a guess: right; else whether it was checked, and the wait until the next one is. */
type Verdict = "right" | { readonly isLookedAt: boolean; readonly wait: Millis };

export class Gate {
	/** Commands since the boot, over all sessions: a number for an id that no other order has. */
	commands = 0;
	private readonly doors: SecretDoors;
	private readonly store: GateStore;
	private readonly bootedAt: Millis;
	private wait: Millis = 0; // after the last guess; 0: none was wrong
	private until: Millis;

	/** `bootedAt`: when this life began. */
	constructor(doors: SecretDoors, store: GateStore, bootedAt: Millis) {
		this.doors = doors;
		this.store = store;
		this.bootedAt = bootedAt;
		this.wait = this.kept;
		this.until = bootedAt + this.wait;
	}

	/**
	 * No secret was ever set, or it was erased. An unreadable record keeps the console closed: flash
	 * that is damaged, or a record of firmware that runs again after a rollback.
	 */
	get isNew(): boolean {
		return !this.store.read(SECRET_KEY); // "": erased, where the store could not
	}

	/** Checks a guess; a secret must be set. */
	guess(secret: string, now: Millis): Verdict {
		const { doors, store } = this;
		const isEarly = now < this.bootedAt + WAIT_MAX;
		const longer = this.wait === 0 ? WAIT_MIN : Math.min(WAIT_MAX, 2 * this.wait);
		if (now < this.until || (isEarly && !this.keep(longer))) {
			if (now >= this.until) this.wait = WAIT_MAX;
			this.until = now + this.wait;
			return { isLookedAt: false, wait: this.wait };
		}
		const stored = store.read(SECRET_KEY) ?? "";
		if (fits(secret, stored, doors)) {
			if (this.kept > 0) store.erase(GUESSED_KEY);
			this.wait = 0;
			return "right";
		}
		this.keep(longer);
		this.wait = longer;
		this.until = now + longer;
		return { isLookedAt: true, wait: longer };
	}

	/** Stores the wait that the next life begins with; false: the store refuses it. */
	private keep(wait: Millis): boolean {
		return this.kept >= wait || this.store.write(GUESSED_KEY, String(wait)) === "ok";
	}

	/** The stored wait, 0 if none is; the longest one if it cannot be read. */
	private get kept(): Millis {
		const text = this.store.read(GUESSED_KEY);
		if (text === undefined) return 0;
		const wait = Number(text);
		return wait >= WAIT_MIN && wait <= WAIT_MAX ? wait : WAIT_MAX;
	}

	/** A random secret. */
	proposal(): string {
		return proposal(this.doors);
	}

	/** Stores a new secret; false: the write failed. */
	set(secret: string): boolean {
		return this.store.write(SECRET_KEY, sealed(secret, this.doors)) === "ok";
	}
}
