/**
 * Clock conflict: compares the clock with the photocell and with the nights.
 *
 * A clock is in conflict while its midnight is CONFLICT_BEGIN away from that of NIGHTS_NEEDED whole
 * nights, or after the photocell has contradicted it for CONTRARY_FOR at its noon or midnight.
 * Orders and reports keep using such a clock, because they need the sender's time and not the sun's.
 */
import type { LampEvent } from "../../journal/events.js";
import type { PhotocellOutput } from "../../sensing/photocell.js";
import { HOUR, MINUTE } from "../../time/civil.js";
import { type ClockState, isDated, utcAt } from "../../time/clock.js";
import { type Midnight, midnightOf, midnightOffset, NIGHTS_NEEDED } from "../../time/midnight.js";
import { elevationAt, type Place, solarMidnightFrom } from "../../time/sun.js";
import type { Millis, UtcMillis } from "../../units.js";

/** Midnight is learnt to 15 min, so a clock wrong by an hour (a zone, summer time) exceeds this. */
const CONFLICT_BEGIN: Millis = 40 * MINUTE;
const CONFLICT_END: Millis = 30 * MINUTE;
/** Longer than the darkness of a thunderstorm or an eclipse. */
const CONTRARY_FOR: Millis = 2 * HOUR;
/** Elevation in degrees: above the first no weather makes night, below the second no sky day. */
const SURELY_DAY = 5;
const SURELY_NIGHT = -10;
const HALF_DAY: Millis = 12 * HOUR;

interface ConflictOwner {
	readonly clock: ClockState;
	readonly midnight: Midnight;
	readonly options: Place;
	readonly owner: { emit(event: LampEvent, now: Millis): void };
}

export class ClockConflict {
	/** The evidence against the clock; undefined: none. */
	by: "midnight" | "photocell" | undefined;
	/** When `check` is due: the clock's next noon or midnight by the sun. */
	checkAt: Millis = Infinity;
	private readonly time: ConflictOwner;
	private expected: PhotocellOutput = "unknown"; // of the photocell at `checkAt`
	private turnedAt: Millis = 0;

	constructor(time: ConflictOwner) {
		this.time = time;
	}

	/** When time alone changes the conflict; a clock that agrees causes no wake-up. */
	dueAt(output: PhotocellOutput): Millis {
		const isOpen = output !== "unknown" && output !== this.expected;
		return isOpen || this.by === "photocell" ? this.checkAt : Infinity;
	}

	/** The photocell has another output; without one it contradicts nothing. */
	turned(output: PhotocellOutput, now: Millis): void {
		this.turnedAt = now;
		if (output === "unknown" && this.by === "photocell") this.update(now, undefined);
	}

	/** Another midnight is learnt. */
	nightPassed(now: Millis): void {
		this.update(now, this.by === "photocell" ? "photocell" : undefined);
	}

	/** Compares clock and photocell at the clock's noon and midnight by the sun. */
	check(output: PhotocellOutput, now: Millis): void {
		const { clock, options } = this.time;
		const isLate = now - this.checkAt > MINUTE; // no wake-up was due at `checkAt`
		this.plan(now);
		const utc = utcAt(clock, now);
		if (utc === undefined || output === "unknown" || isLate) return;
		const elevation = elevationAt(options, utc);
		const contrary = output === "night" ? elevation > SURELY_DAY : elevation < SURELY_NIGHT;
		const lasting = contrary && now - this.turnedAt >= CONTRARY_FOR;
		this.update(now, lasting ? "photocell" : undefined);
	}

	/** Plans the next check, after the clock or the place has changed. */
	plan(now: Millis): void {
		const { clock, options } = this.time;
		const utc = utcAt(clock, now);
		if (utc === undefined) return;
		const left = solarMidnightFrom(options, (utc + 1) as UtcMillis) - utc;
		const isNoon = left > HALF_DAY;
		this.expected = isNoon ? "day" : "night";
		this.checkAt = now + (isNoon ? left - HALF_DAY : left);
	}

	/** Begins and ends the conflict. `contrary`: set while the photocell contradicts the clock. */
	update(now: Millis, contrary: "photocell" | undefined): void {
		const offset = this.offsetAt(now);
		const limit = this.by === "midnight" ? CONFLICT_END : CONFLICT_BEGIN;
		const by = offset !== undefined && Math.abs(offset) > limit ? "midnight" : contrary;
		const before = this.by;
		if (by === before) return;
		this.by = by;
		if (before) this.report("end", before, undefined, now);
		if (by) this.report("start", by, by === "midnight" ? offset : undefined, now);
	}

	/** The clock's midnight minus that of the nights, if enough are known. */
	private offsetAt(now: Millis): Millis | undefined {
		const { clock, midnight, options } = this.time;
		if (midnight.middles.length < NIGHTS_NEEDED || !isDated(clock)) return undefined;
		const learnt = midnightOf(midnight);
		if (learnt === undefined) return undefined;
		return midnightOffset(learnt, utcAt(clock, now)! - now, now, options);
	}

	private report(
		startEndFlag: "start" | "end",
		what: "midnight" | "photocell",
		by: Millis | undefined,
		now: Millis,
	): void {
		const attributes =
			by === undefined ? { with: what } : { with: what, by_min: Math.round(by / MINUTE) };
		this.time.owner.emit({ type: "clockConflict", startEndFlag, attributes }, now);
	}
}
