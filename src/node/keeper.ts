/** Keeper: stores what outlives a boot, the counters and what is known of the time, when they are due. */
import type { Millis } from "../units.js";
import type { Attendant } from "./attendant.js";
import type { Lamp } from "./lamp.js";

export class Keeper implements Attendant {
	private readonly lamp: Lamp;

	constructor(lamp: Lamp) {
		this.lamp = lamp;
	}

	get dueAt(): Millis {
		return Math.min(this.lamp.totals.dueAt, this.lamp.time.keepAt);
	}

	tick(now: Millis): void {
		const { totals, time, light, traffic } = this.lamp;
		if (now >= totals.dueAt) totals.keep(now, light.meterAt(now), traffic.accumulated);
		if (now >= time.keepAt) time.keep(now);
	}
}
