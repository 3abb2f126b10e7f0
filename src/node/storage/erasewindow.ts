/**
 * Erase window: times in which an erase of flash delays no light.
 *
 * An erase blocks the controller for up to 0.4 s, in which edges of the PIR wait. By day no
 * light is needed, and a lamp at its class is lit already. If no window opens in time, light is
 * requested as if the place were occupied.
 */
import { LIGHT_LEAD_TIME } from "../../lighting/fade.js";
import { fullLevelOf } from "../../settings/classes.js";
import type { Settings } from "../../settings/table.js";
import type { Millis } from "../../units.js";

export interface EraseWindowOwner {
	readonly schedule: { readonly dark: { readonly dark: boolean } };
	readonly light: { readonly settlesAt: Millis; readonly settled: number };
	readonly settings: Settings;
}

/** True by day, or at the lamp's class or above, as long as no fade is running. */
export function isEraseWindowOpen({ schedule, light, settings }: EraseWindowOwner): boolean {
	if (light.settlesAt < Infinity) return false;
	return !schedule.dark.dark || light.settled >= Math.min(100, fullLevelOf(settings));
}

/** Light requested ahead of an erase that cannot wait. */
export class EraseLight {
	private readonly lamp: { askForLight(source: "erase", until: Millis): void };
	private at: Millis = Infinity;

	constructor(lamp: { askForLight(source: "erase", until: Millis): void }) {
		this.lamp = lamp;
	}

	/** Whether the light was requested and has had time to rise. */
	isThere(now: Millis): boolean {
		return now >= this.at;
	}

	/** Requests light until `end()`; returns the instant from which it stands. */
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
