/**
 * Driven: whether the driver on a lamp's bus need not give the light that the lamp sends, by the
 * faults of the world (docs/dali.md). A lamp with a PWM has none of them.
 *
 * The light may be less than was sent for two causes: frames were lost, or the driver's settings
 * changed while no answer could be read. Under every other fault the driver shines fully.
 */
import { MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";

/** The level is repeated each minute, and so is the question for the status. */
const REPEATED = 75_000;
/** The settings are read again each hour; a set-up without answers is put off for a minute. */
const READ_AGAIN = 65 * MINUTE;
/** After power a driver gives its first light within this, ms. */
const FIRST_LIGHT = 700;
/** A driver shines fully from power on until its lamp's first level. */
const FIRST_LEVEL = 2000;
/** The set-up of a driver at each boot, and its questions, ms. */
const SET_UP = MINUTE;

interface Driver {
	/** Faults of each kind that are on. */
	readonly on: { obeys: number; shinesFully: number; disobeys: number };
	brightUntil: number;
	dimUntil: number;
	/** It may have other settings than the lamp's until then; Infinity: until the next boot's set-up. */
	unsetUntil: number;
	/** The settings became any, and since then no answer need have been right. */
	hasForgotten: boolean;
	/** The lamp's machine runs. */
	isRunning: boolean;
}

export class Driven {
	readonly #drivers: readonly Driver[];

	constructor(
		count: number,
		private readonly hasBus: boolean,
	) {
		this.#drivers = Array.from({ length: count }, () => ({
			on: { obeys: 0, shinesFully: 0, disobeys: 0 },
			brightUntil: -Infinity,
			dimUntil: -Infinity,
			unsetUntil: SET_UP,
			hasForgotten: false,
			isRunning: false,
		}));
	}

	/** It may give more light than was sent. */
	mayBeBright(at: number, lamp: number): boolean {
		const { on, brightUntil } = this.#drivers[lamp]!;
		return on.shinesFully > 0 || at < brightUntil || this.mayBeDim(at, lamp);
	}

	/** It may give less, too. */
	mayBeDim(at: number, lamp: number): boolean {
		const driver = this.#drivers[lamp]!;
		if (driver.on.disobeys > 0 || at < driver.dimUntil) return true;
		return driver.hasForgotten && this.mayBeUnset(at, lamp);
	}

	/** Its settings may be others than the lamp's: its fades are. */
	mayBeUnset(at: number, lamp: number): boolean {
		const { on, unsetUntil } = this.#drivers[lamp]!;
		return on.obeys + on.shinesFully + on.disobeys > 0 || at < unsetUntil;
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		const driver = this.#drivers[lamp]!;
		if (this.hasBus && !restarted) {
			driver.brightUntil = Math.max(driver.brightUntil, at + FIRST_LEVEL);
			driver.dimUntil = Math.max(driver.dimUntil, at + FIRST_LIGHT);
		}
		driver.isRunning = true;
		if (driver.unsetUntil === Infinity) driver.unsetUntil = at + SET_UP;
	}

	onEnd(at: number, lamp: number): void {
		const driver = this.#drivers[lamp]!;
		driver.isRunning = false;
		if (at < driver.unsetUntil) driver.unsetUntil = Infinity;
	}

	onFault(at: number, lamp: number, name: string, isOn: boolean): void {
		const { bus } = FAULTS[name]!;
		const driver = this.#drivers[lamp]!;
		if (bus === undefined) return;
		const wasUnset = this.mayBeUnset(at, lamp); // settings lost under this fault are found after it
		if (bus === "obeys" || bus === "shinesFully" || bus === "disobeys")
			driver.on[bus] += isOn ? 1 : -1;
		else if (isOn === (bus === "isOther")) return; // at its end the driver is another one
		if (bus === "forgets" || bus === "isOther" || !wasUnset)
			driver.hasForgotten = bus === "forgets";
		driver.unsetUntil = driver.isRunning ? at + READ_AGAIN : Infinity;
		if (bus === "disobeys") driver.dimUntil = at + REPEATED;
		else if (bus !== "obeys") driver.brightUntil = at + REPEATED;
	}
}
