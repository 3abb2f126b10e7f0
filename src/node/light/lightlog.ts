/**
 * Light log: the record of the light: decisions with their instants, energy, the retained level.
 *
 * Record-keeping never delays the light: the light path marks changes, and the turn writes them
 * after the dimmer. Nothing here allocates.
 */
import { Decisions } from "../../explain/decisions.js";
import type { Host } from "../../host.js";
import { DAYLIGHT, type LightCommand } from "../../lighting/arbiter.js";
import { Meter, type MeterCounters } from "../../meter/meter.js";
import type { LampPower } from "../../meter/power.js";
import type { Millis, Percent } from "../../units.js";

/** The parts of the light path that the log reads. */
export interface LoggedLight {
	readonly command: LightCommand;
	/** The winner's level, after the limits. */
	readonly level: Percent;
	/** `protected`: the lamp is kept at its class while dark. */
	readonly bounds: { readonly protected: boolean };
	readonly cap: Percent;
	/** The meter, advanced to `now`. */
	meterAt(now: Millis): Meter;
}

export class LightLog {
	/** The latest levels, each with the request that won, for `explain` of the past. */
	readonly decisions = new Decisions();
	readonly meter: Meter;
	private readonly retained: Host["retained"];
	private command: LightCommand | undefined = DAYLIGHT; // of the last entry; undefined: a failure
	private level: Percent;
	private cap = 100 as Percent;
	private retainedLevel = -1 as Percent; // written last
	private refusals = 0; // by the broker in a row, retained, too

	/** @param level the boot level; no decision of this life produced it */
	constructor(
		retained: Host["retained"],
		lamp: LampPower,
		counters: MeterCounters,
		level: Percent,
		now: Millis,
	) {
		this.retained = retained;
		this.meter = new Meter(lamp, counters, now);
		this.level = level;
	}

	/** Records a decision. */
	write(light: LoggedLight, now: Millis): void {
		const { command, level, bounds, cap } = light;
		if (command !== this.command || level !== this.level || cap !== this.cap) {
			this.command = command;
			this.level = level;
			this.cap = cap;
			this.decisions.note(command, level, bounds.protected, cap, now);
		}
		if (level !== this.retainedLevel) this.retain(level);
		light.meterAt(now);
	}

	/** Records that a failure of the light path holds `level` from `now` on. It is not retained. */
	writeFailure(level: Percent, now: Millis): void {
		this.command = undefined;
		this.decisions.noteFailure(level, this.cap, now);
	}

	/** The refusals that the life before retained; called before the first decision. */
	resumeRefusals(): number {
		if (this.retained !== "notAvailable") this.refusals = this.retained.refusals.read() ?? 0;
		return this.refusals;
	}

	/** Retains the refusals for the next life. */
	retainRefusals(count: number): void {
		if (count === this.refusals) return;
		this.refusals = count;
		if (this.retained !== "notAvailable") this.retained.refusals.write(count);
	}

	private retain(level: Percent): void {
		this.retainedLevel = level;
		if (this.retained !== "notAvailable") this.retained.level.write(level);
	}
}
