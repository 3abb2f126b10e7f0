/**
 * Course: the changes of one lamp's light in a night, as the page plays them: whole seconds, levels in
 * 1/200, fades as lines.
 */
import type { EffectKind } from "../../hosts/virtual/protocol.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import { causeIn } from "../../sim/results/ring.js";
import type { Witness } from "../../sim/street/witness.js";
import { FULL_DUTY } from "../../sim/world/world.js";
import { afterChange } from "../townmessages.js";

export interface Course {
	/** Seconds from the start. */
	readonly t: Uint32Array;
	readonly level: Uint8Array;
	/** Tenths of a second. */
	readonly fade: Uint16Array;
	/** Place in CAUSES. */
	readonly cause: Uint8Array;
}

/** Steps of a level. */
export const LEVELS = 200;
const SECOND = 1_000;
const TENTH = 100;
const FADE_MOST = 0xffff;
/** Pieces of a fade are one line if they follow one another within this, ms. */
const JOINT = 50;

/** A line of the light; `until` and `to` move as it goes on. */
export interface Line {
	readonly at: number;
	readonly from: number;
	to: number;
	until: number;
	cause: number;
}

/** Receives the duties and reasons of all lamps of a run. */
export class Recorder implements Witness {
	readonly #lines: Line[][];
	readonly #cause: Uint8Array;

	constructor(lamps: number) {
		this.#lines = Array.from({ length: lamps }, () => []);
		this.#cause = new Uint8Array(lamps);
	}

	onEnd(at: number, lamp: number): void {
		this.onDuty(at, lamp, 0, 0, at);
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		const lines = this.#lines[lamp]!;
		const last = lines.at(-1);
		const cause = this.#cause[lamp]!;
		if (last && isNext(last, at, duty, to)) {
			last.to = to;
			last.until = Math.max(until, at);
			return;
		}
		if (last && last.until > at) {
			last.until = at;
			last.to = duty;
		}
		lines.push({ at, from: duty, to, until: Math.max(until, at), cause });
	}

	/** All effects of the lamps; the reason of a light that is held follows it too. */
	readonly onEffect = (
		kind: EffectKind,
		at: number,
		lamp: number,
		_value: number,
		bytes: Uint8Array,
	): void => {
		if (kind !== EFFECT.indicate) return;
		const cause = causeIn(bytes, false);
		if (cause === this.#cause[lamp]) return;
		this.#cause[lamp] = cause;
		const lines = this.#lines[lamp]!;
		const last = lines.at(-1);
		if (!last) return;
		if (at - last.at < SECOND || at < last.until) last.cause = cause;
		else lines.push({ at, from: last.to, to: last.to, until: at, cause });
	};

	/** The courses of all lamps. */
	get courses(): readonly Course[] {
		return this.#lines.map(courseOf);
	}
}

/** A piece that continues a fade in the same direction. */
function isNext({ at, from, to, until }: Line, next: number, duty: number, goal: number): boolean {
	const goesOn = Math.abs(next - until) <= JOINT && until > at && Math.abs(duty - to) <= 1;
	return goesOn && (goal === duty || Math.sign(goal - duty) === Math.sign(to - from));
}

/** Of several lines that begin in a second the last counts. */
export function courseOf(lines: readonly Line[]): Course {
	const kept: { t: number; level: number; fade: number; cause: number }[] = [];
	for (const { at, to, until, cause } of lines) {
		const t = Math.floor(at / SECOND);
		const level = Math.round((LEVELS * to) / FULL_DUTY);
		const fade = Math.min(FADE_MOST, Math.round((until - at) / TENTH));
		if (kept.at(-1)?.t === t) kept.pop();
		const before = kept.at(-1);
		if (before ? before.level === level && before.cause === cause : level === 0) continue;
		kept.push({ t, level, fade, cause });
	}
	return {
		t: Uint32Array.from(kept, ({ t }) => t),
		level: Uint8Array.from(kept, ({ level }) => level),
		fade: Uint16Array.from(kept, ({ fade }) => fade),
		cause: Uint8Array.from(kept, ({ cause }) => cause),
	};
}

/** Seconds at full between two instants: the integral of the level, fades as lines. */
export function fullSeconds({ t, level, fade }: Course, from: number, to: number): number {
	const first = afterChange(t, from, 0, t.length);
	let last = first < 2 ? 0 : level[first - 2]!;
	let sum = 0;
	for (let index = first; index <= t.length; index++) {
		const start = index === 0 ? 0 : t[index - 1]!;
		if (start >= to) break;
		const end = index === t.length ? to : t[index]!;
		const [low, high] = [Math.max(from, start), Math.min(to, end)];
		const goal = index === 0 ? 0 : level[index - 1]!;
		const span = index === 0 ? 0 : fade[index - 1]! / 10;
		const fading = Math.max(0, Math.min(high, start + span) - low);
		const mean = fading && last + ((goal - last) * (low + fading / 2 - start)) / span;
		sum += (high - low - fading) * goal + fading * mean;
		last = goal;
	}
	return sum / LEVELS;
}
