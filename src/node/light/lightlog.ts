/**
 * Light log: what is written of the light once it shines: who won and since when, what it drew, and the
 * level that a restart would resume.
 *
 * Whoever comes waits for the duty and not for these: the light path says what is new, and the turn
 * writes it when the dimmer has been told. Nothing here allocates.
 */
import { Decisions } from "../../explain/decisions.js";
import type { Host } from "../../host.js";
import { DAYLIGHT, type LightCommand } from "../../lighting/arbiter.js";
import { Meter, type MeterCounters } from "../../meter/meter.js";
import type { LampPower } from "../../meter/power.js";
import type { Millis, Percent } from "../../units.js";

/** What of the light is written. */
export interface LoggedLight {
	readonly command: LightCommand;
	/** What won, after the limits. */
	readonly level: Percent;
	/** It was raised because the lamp is protected. */
	readonly bounds: { readonly protected: boolean };
	readonly dark: boolean;
	readonly driver: { readonly output: Percent; readonly cap: Percent };
}

export class LightLog {
	/** The latest levels and who won, for `explain` of the past. */
	readonly decisions = new Decisions();
	readonly meter: Meter;
	private readonly retained: Host["retained"];
	private command: LightCommand | undefined = DAYLIGHT; // as noted last; undefined: a fault was
	private level: Percent;
	private cap = 100 as Percent;
	private retainedLevel = -1 as Percent; // what a restart would resume

	/** `level` shines first; it was decided by a life before, if by anyone. */
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

	/** A decision, or a step of its fade. */
	write({ command, level, bounds, dark, driver }: LoggedLight, now: Millis): void {
		const { cap } = driver;
		if (command !== this.command || level !== this.level || cap !== this.cap) {
			this.command = command;
			this.level = level;
			this.cap = cap;
			this.decisions.note(command, level, bounds.protected, cap, now);
		}
		if (level !== this.retainedLevel) this.retain(level);
		this.meter.note(now, driver.output, dark);
	}

	/** A fault of ours held `level` from `now` on; no restart shall resume it. */
	writeFailure(level: Percent, now: Millis): void {
		this.command = undefined;
		this.decisions.noteFailure(level, this.cap, now);
	}

	private retain(level: Percent): void {
		this.retainedLevel = level;
		if (this.retained !== "notAvailable") this.retained.write(level);
	}
}
