/**
 * Gate: lets in who knows the lamp's secret, and slows down who guesses (ETSI EN 303 645, 5.1-5).
 *
 * After a wrong guess the next one is looked at only after a wait, which doubles up to a minute. One
 * that comes sooner is not looked at, and the wait begins anew; so a flood gets nowhere, and the right
 * secret enters a minute after the last guess whatever was typed before: nobody is locked out. A mark
 * in the store, written once at the first wrong guess and erased at the right one, tells the next life
 * to begin with the longest wait: taking the power away gains nothing and wears no flash.
 */
import type { Store } from "../host.js";
import { GUESSED_KEY, SECRET_KEY } from "../storekeys.js";
import type { Millis } from "../units.js";
import { fits, isSealed, proposal, type SecretDoors, sealed } from "./secret.js";

/** What the gate needs of the store. */
export type GateStore = Pick<Store, "read" | "write" | "erase">;

export const WAIT_MIN: Millis = 1000;
export const WAIT_MAX: Millis = 60_000;

/** What became of a guess: right; else whether it was looked at, and for how long none will be. */
export type Verdict = "right" | { readonly isLookedAt: boolean; readonly wait: Millis };

export class Gate {
	private readonly doors: SecretDoors;
	private readonly store: GateStore;
	private wait: Millis = 0; // after the last guess; 0: none was wrong
	private until: Millis;

	/** `bootedAt`: when this life began. */
	constructor(doors: SecretDoors, store: GateStore, bootedAt: Millis) {
		this.doors = doors;
		this.store = store;
		if (store.read(GUESSED_KEY) !== undefined) this.wait = WAIT_MAX;
		this.until = bootedAt + this.wait;
	}

	/** No secret was ever set. What is there and cannot be read is none: else the lamp was lost. */
	get isNew(): boolean {
		const stored = this.store.read(SECRET_KEY);
		return stored === undefined || !isSealed(stored);
	}

	/** Validators a guess; there must be a secret. */
	guess(secret: string, now: Millis): Verdict {
		const { doors, store, wait } = this;
		if (now < this.until) {
			this.until = now + wait;
			return { isLookedAt: false, wait };
		}
		if (fits(secret, store.read(SECRET_KEY) ?? "", doors)) {
			if (wait > 0) store.erase(GUESSED_KEY);
			this.wait = 0;
			return "right";
		}
		if (wait === 0) store.write(GUESSED_KEY, "1"); // before the answer is known outside
		this.wait = wait === 0 ? WAIT_MIN : Math.min(WAIT_MAX, 2 * wait);
		this.until = now + this.wait;
		return { isLookedAt: true, wait: this.wait };
	}

	/** One by chance. */
	proposal(): string {
		return proposal(this.doors);
	}

	/** Whether the store took it. */
	set(secret: string): boolean {
		return this.store.write(SECRET_KEY, sealed(secret, this.doors)) === "ok";
	}
}
