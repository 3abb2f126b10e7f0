/**
 * Decisions: the latest levels that were decided, by whom and since when, for `explain` of the past.
 *
 * Two words each in one array taken at construction: a night of passers-by would fill a lamp's slots
 * with objects. Lost at a restart; what was asked then can still be seen by the preview.
 */
import type { LightCommand } from "../lighting/arbiter.js";
import { DAYLIGHT } from "../lighting/arbiter.js";
import type { Millis, Percent } from "../units.js";
import type { ChainLink } from "../view.js";

/** A passer-by makes three (there, lingering, gone): some twenty of them, or a whole quiet week. */
export const DECISIONS = 64;
/** Instants are kept in tenths of a second: 32 bits of them are 13 years. */
const TICK: Millis = 100;

/** Who can win, by number, and the source that goes with it where it is always the same. */
const VOICES: readonly (readonly [by: ChainLink["by"], source: string | undefined])[] =
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
		Object.freeze(["systemFailure", undefined] as const),
	]);

/** Beside the voice's number. */
const PROTECTED = 16;

/** One decision as it is read; it held until the next. */
export interface Decision {
	/** Monotonic. */
	readonly since: Millis;
	readonly by: ChainLink["by"];
	readonly source: string | undefined;
	/** What the winner asked for, and what came of it after the limits, percent in tenths. */
	readonly asked: Percent;
	readonly level: Percent;
	/** It was raised because the lamp is protected. */
	readonly isProtected: boolean;
}

export class Decisions {
	private readonly words = new Uint32Array(2 * DECISIONS);
	private count = 0; // of all, ever

	/** Notes what was decided at `now`; call it when command or level changed. Allocates nothing. */
	note(command: LightCommand, level: Percent, isProtected: boolean, now: Millis): void {
		const limit = isProtected && level > command.level ? PROTECTED : 0;
		this.write(voiceOf(command) | limit, command.level, level, now);
	}

	/** A fault of ours held `level` from `now` on. */
	noteFailure(level: Percent, now: Millis): void {
		this.write(VOICES.length - 1, level, level, now);
	}

	/** What held at `at`, monotonic; undefined before the oldest kept. Without `sensors`, theirs are passed over. */
	find(at: Millis, sensors: boolean): Decision | undefined {
		for (let nth = this.count - 1; nth >= 0 && nth >= this.count - DECISIONS; nth -= 1) {
			const place = 2 * (nth % DECISIONS);
			const since = this.words[place]! * TICK;
			const word = this.words[place + 1]!;
			const [by, source] = VOICES[(word >> 20) & (PROTECTED - 1)]!;
			if (since > at || (by === "sensor" && !sensors)) continue;
			const asked = (((word >> 10) & 1023) / 10) as Percent;
			const isProtected = ((word >> 20) & PROTECTED) !== 0;
			return { since, by, source, asked, level: ((word & 1023) / 10) as Percent, isProtected };
		}
		return undefined;
	}

	private write(voice: number, asked: Percent, level: Percent, now: Millis): void {
		const place = 2 * (this.count % DECISIONS);
		this.words[place] = Math.floor(now / TICK);
		this.words[place + 1] = (voice << 20) | (Math.round(asked * 10) << 10) | Math.round(level * 10);
		this.count += 1;
	}
}

function voiceOf(command: LightCommand): number {
	if (command === DAYLIGHT) return 0;
	const { reason, source } = command;
	const by = reason === "program" && command.belowFloor ? "lightsOut" : reason;
	let first = -1;
	for (let nth = 0; nth < VOICES.length; nth += 1) {
		const voice = VOICES[nth]!;
		if (voice[0] !== by) continue;
		if (first < 0) first = nth;
		if (voice[1] === source) return nth;
	}
	return first; // a source with no number of its own: an order's id, a switch point
}
