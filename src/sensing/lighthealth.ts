/**
 * Light health: detects an unreliable light sensor.
 *
 * The sensor is silent if a day and a night pass without a reading; stuck if the photocell has not
 * changed for longer than any night outside the polar circles; contradicted if it contradicts a sun
 * whose elevation decides in any weather, by day for longer than a dark sky. In doubt its output
 * counts only if it means lit.
 */
import type { Millis } from "../units.js";
import { type PhotocellOutput, SILENT_AFTER } from "./photocell.js";

export type LightDoubt = "silent" | "stuck" | "contradicted" | "lost";

/** The longest night at 60 degrees has 18 h; half a day more allows for thick weather. */
export const STUCK_AFTER: Millis = 30 * 3_600_000;
/** Degrees. With the sun below, a clear sky has 0.1 lx, which no `onLevel` takes for day. */
export const SURELY_NIGHT = -8;
/** Degrees. With the sun above, no weather takes 5,000 lx down to 70. */
export const SURELY_DAY = 5;
/** A thunderstorm, an eclipse or a sky that stands still (evening.ts) makes night for less by day. */
export const DARK_BY_DAY: Millis = 2 * 3_600_000;
/** Fastest rise or fall of the sun, degrees a minute. */
const SUN_PACE = 0.25;
const MINUTE: Millis = 60_000;
/** Shortest time between two checks of the sun: it moves by 1.25 degrees at most meanwhile. */
const LEAST_REST: Millis = 5 * MINUTE;

export class LightHealth {
	doubt: LightDoubt | undefined;
	/** The only sensor is one in the lower socket, and does not answer. */
	isLost = false;
	private readAt: Millis;
	private turnedAt: Millis;
	private doubtedAt: Millis = -Infinity;
	private output: PhotocellOutput = "unknown";

	constructor(now: Millis) {
		this.readAt = now;
		this.turnedAt = now;
	}

	/** Resumes the doubt of the life before; `silent` lasts until the next reading. */
	restore(doubt: LightDoubt | undefined): void {
		this.doubt = doubt;
		if (doubt === "silent") this.readAt = -Infinity;
		this.isLost = doubt === "lost";
	}

	/** Puts the result of `assess` in force. */
	settle(doubt: LightDoubt | undefined): void {
		this.doubt = doubt;
	}

	onReading(now: Millis): void {
		this.readAt = now;
	}

	/** The doubt at `now`. `elevation`: of the sun by a dated clock, degrees; else undefined. */
	assess(
		now: Millis,
		output: PhotocellOutput,
		elevation: number | undefined,
	): LightDoubt | undefined {
		if (output !== this.output) {
			this.output = output;
			this.turnedAt = now;
		}
		if (this.isLost) return this.doubtSince(now, "lost");
		if (now >= this.readAt + SILENT_AFTER) return this.doubtSince(now, "silent");
		const held = this.doubt === "silent" || this.doubt === "lost" ? undefined : this.doubt;
		if (output === "unknown") return held;
		const isStuck = now >= this.turnedAt + STUCK_AFTER;
		if (elevation === undefined) return isStuck ? this.doubtSince(now, "stuck") : undefined;
		const isDarkForLong = now >= this.turnedAt + DARK_BY_DAY;
		const contrary =
			output === "day" ? elevation < SURELY_NIGHT : isDarkForLong && elevation > SURELY_DAY;
		if (contrary) return this.doubtSince(now, isStuck ? "stuck" : "contradicted");
		// A photocell that has not changed since agrees twice a day by chance; in twilight both may
		// be right.
		const agrees = output === "day" ? elevation > SURELY_DAY : elevation < SURELY_NIGHT;
		return agrees && this.turnedAt > this.doubtedAt ? undefined : held;
	}

	private doubtSince(now: Millis, doubt: LightDoubt): LightDoubt {
		if (this.doubt === undefined) this.doubtedAt = now;
		return doubt;
	}

	/** When time alone may next change the result; never later than the sun can matter. */
	dueAt(now: Millis, elevation: number | undefined): Millis {
		const { output } = this;
		const silentAt = this.readAt + SILENT_AFTER;
		const stuckAt = output === "unknown" ? Infinity : this.turnedAt + STUCK_AFTER;
		const due = Math.min(silentAt > now ? silentAt : Infinity, stuckAt > now ? stuckAt : Infinity);
		if (elevation === undefined || output === "unknown") return due;
		const darkAt = this.turnedAt + DARK_BY_DAY;
		if (elevation > SURELY_DAY && now < darkAt && output === "night") return Math.min(due, darkAt);
		const left = Math.abs(elevation - (output === "day" ? SURELY_NIGHT : SURELY_DAY));
		return Math.min(due, now + Math.max(LEAST_REST, (left / SUN_PACE) * MINUTE));
	}

	/** The trusted part of the photocell's output: in doubt nothing that darkens the street. */
	trusted(output: PhotocellOutput): PhotocellOutput {
		if (this.doubt === undefined || (this.doubt === "contradicted" && output === "night"))
			return output;
		return "unknown";
	}
}
