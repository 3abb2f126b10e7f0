/**
 * Decisions: the latest decided levels, each with its winning request and its instant, for
 * `explain` of the past.
 *
 * Each takes two words of one array, which is allocated at construction: objects for a night of
 * road users would fill the lamp's slots. A restart clears them; the preview still shows the
 * program of then.
 */
import type { LightCommand } from "../lighting/arbiter.js";
import { DAYLIGHT } from "../lighting/arbiter.js";
import type { ChainLink } from "../lighting/chain.js";
import type { Millis, Percent } from "../units.js";

/**
 * A road user causes three (occupied, linger, vacant): room for some twenty, or for a quiet week.
 */
export const DECISIONS = 64;
/** Instants are stored in tenths of a second: 32 bits last 13 years. */
const TICK: Millis = 100;

/** The requests that can win, by number, each with its source where that is constant. */
const SOURCES: readonly (readonly [by: ChainLink["by"], source: string | undefined])[] =
	Object.freeze([
		Object.freeze(["daylight", undefined] as const),
		Object.freeze(["default", undefined] as const),
		Object.freeze(["program", undefined] as const),
		Object.freeze(["lightsOut", undefined] as const),
		Object.freeze(["sensor", "presence"] as const),
		Object.freeze(["sensor", "linger"] as const),
		Object.freeze(["sensor", "doubt"] as const),
		Object.freeze(["sensor", "neighbours"] as const),
		Object.freeze(["override", undefined] as const),
		Object.freeze(["emergency", undefined] as const),
		Object.freeze(["sensor", "blocked"] as const),
		Object.freeze(["sensor", "lowerSensor"] as const),
		Object.freeze(["systemFailure", undefined] as const),
	]);

/** Flag beside the request's number. */
const PROTECTED = 16;
/** Bits above them: 100 % less the thermal cap. */
const HEAT_SHIFT = 25;

/** One decision; it was in effect until the next. */
export interface Decision {
	/** Monotonic. */
	readonly since: Millis;
	readonly by: ChainLink["by"];
	readonly source: string | undefined;
	/** Level of the winning request, percent in tenths. */
	readonly requested: Percent;
	/** Level after the limits, percent in tenths. */
	readonly level: Percent;
	/** Raised because the lamp is protected. */
	readonly isProtected: boolean;
	/** Thermal cap of the driver's output at the instant queried, percent. */
	readonly cap: Percent;
}

export class Decisions {
	private readonly words = new Uint32Array(2 * DECISIONS);
	/** Of all since boot. */
	count = 0;

	/**
	 * Records the decision of `now` (monotonic) and the thermal `cap`, a whole per cent. To be
	 * called when command, level or cap changed. Allocates nothing.
	 */
	note(
		command: LightCommand,
		level: Percent,
		isProtected: boolean,
		cap: Percent,
		now: Millis,
	): void {
		const limit = isProtected && level > command.level ? PROTECTED : 0;
		this.write(winnerOf(command) | limit, command.level, level, cap, now);
	}

	/** Records that an internal error sets `level` from `now` on. */
	noteFailure(level: Percent, cap: Percent, now: Millis): void {
		this.write(SOURCES.length - 1, level, level, cap, now);
	}

	/**
	 * The decision in effect at `at`, monotonic; undefined before the oldest one stored. Without
	 * `sensors`, decisions by sensors are skipped.
	 */
	find(at: Millis, sensors: boolean): Decision | undefined {
		for (let index = this.count - 1; this.isKept(index); index -= 1) {
			if (this.atOf(index) > at) continue;
			const [by] = SOURCES[(this.wordOf(index) >>> 20) & (PROTECTED - 1)]!;
			if (by !== "sensor" || sensors) return this.read(index, this.sinceOf(index));
		}
		return undefined;
	}

	/** The entry `nth` of those since boot; one that was overwritten is the one in its place. */
	read(index: number, since = this.atOf(index)): Decision {
		const word = this.wordOf(index);
		const [by, source] = SOURCES[(word >>> 20) & (PROTECTED - 1)]!;
		return {
			since,
			by,
			source,
			requested: (((word >>> 10) & 1023) / 10) as Percent,
			level: ((word & 1023) / 10) as Percent,
			isProtected: ((word >>> 20) & PROTECTED) !== 0,
			cap: (100 - (word >>> HEAT_SHIFT)) as Percent,
		};
	}

	/**
	 * Instant of the decision: entries that differ in the thermal cap alone belong to one decision.
	 */
	private sinceOf(index: number): Millis {
		let first = index;
		const isHeat = (a: number, b: number) => a !== b && (a ^ b) << (32 - HEAT_SHIFT) === 0;
		while (this.isKept(first - 1) && isHeat(this.wordOf(first), this.wordOf(first - 1))) first -= 1;
		return this.atOf(first);
	}

	private atOf(index: number): Millis {
		return this.words[2 * (index % DECISIONS)]! * TICK;
	}

	private isKept(index: number): boolean {
		return index >= 0 && index >= this.count - DECISIONS;
	}

	private wordOf(index: number): number {
		return this.words[2 * (index % DECISIONS) + 1]!;
	}

	private write(
		winner: number,
		requested: Percent,
		level: Percent,
		cap: Percent,
		now: Millis,
	): void {
		const place = 2 * (this.count % DECISIONS);
		this.words[place] = now / TICK; // the array truncates the fraction
		const heat = (100 - cap) << HEAT_SHIFT;
		this.words[place + 1] = heat | (winner << 20) | (tenthsOf(requested) << 10) | tenthsOf(level);
		this.count += 1;
	}
}

function tenthsOf(level: Percent): number {
	return (level * 10 + 0.5) | 0;
}

/** Its index in SOURCES. By cases, not by search, because it runs between an edge and its light. */
function winnerOf(command: LightCommand): number {
	switch (command.reason) {
		case "sensor":
			return sensorWinnerOf(command.source);
		case "program":
			return command.belowFloor ? 3 : 2;
		case "default":
			return command === DAYLIGHT ? 0 : 1;
		case "override":
			return 8;
		case "emergency":
			return 9;
	}
}

function sensorWinnerOf(source: string | undefined): number {
	switch (source) {
		case "linger":
			return 5;
		case "doubt":
			return 6;
		case "blocked":
			return 10;
		case "neighbours":
			return 7;
		case "lowerSensor":
			return 11;
		default:
			return 4;
	}
}
