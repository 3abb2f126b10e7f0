/**
 * Erase window: moments at which an erase of flash may hold the machine up, for no edge misses light meanwhile.
 *
 * It is up to 0.4 s in which nobody is heard: by day nobody need be, and where a lamp rests at its
 * class whoever comes finds light. A moment that does not come in time is made: light is asked for as
 * if someone were there.
 */
import { LIGHT_LEAD_TIME } from "../../lighting/fade.js";
import { fullLevelOf } from "../../settings/classes.js";
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";

export interface EaseOwner {
	readonly schedule: { readonly dark: { readonly dark: boolean } };
	readonly light: { readonly stepDueAt: Millis; readonly actual: number };
	readonly settings: Settings;
}

/** By day, or at the lamp's class or above, and no fade makes its steps. */
export function isEraseWindowOpen({ schedule, light, settings }: EaseOwner): boolean {
	if (light.stepDueAt < Infinity) return false;
	return !schedule.dark.dark || light.actual >= Math.min(100, fullLevelOf(settings));
}

/** Light that is asked for ahead of erases. */
export class EraseLight {
	private readonly lamp: { askForLight(source: "erase", until: Millis): void };
	private at: Millis = Infinity;

	constructor(lamp: { askForLight(source: "erase", until: Millis): void }) {
		this.lamp = lamp;
	}

	/** Whether it was asked for, and has had time to rise. */
	isThere(now: Millis): boolean {
		return now >= this.at;
	}

	/** Asks for it, until `end`; returns when it is there. */
	ask(now: Millis): Millis {
		if (this.at === Infinity) this.mark(Infinity, now + LIGHT_LEAD_TIME);
		return this.at;
	}

	end(): void {
		if (this.at < Infinity) this.mark(0, Infinity);
	}

	private mark(until: Millis, at: Millis): void {
		this.at = at;
		this.lamp.askForLight("erase", until);
	}
}
