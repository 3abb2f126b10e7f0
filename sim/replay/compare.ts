/**
 * Compare: the levels of a replay beside the recorded ones, and the first difference.
 */
import { BLUR } from "../../lib/recording/recording.js";
import type { Level } from "./plan.js";

/** Instants of levels are stored in tenths of a second. */
const TICK = 100;
/** A boot at another tenth shifts them by one. */
const SLACK = 2 * TICK;
/** Levels are stored in tenths of a per cent. */
const SAME = 0.05;

export interface Difference {
	/** Virtual ms. */
	readonly at: number;
	/** The next change of each, from its instant on; undefined: none comes. */
	readonly recorded: Level | undefined;
	readonly replayed: Level | undefined;
}

interface Span {
	readonly from: number;
	readonly until: number;
}

/** The first difference in the span; undefined: the same levels for the same reasons. */
export function firstDifference(
	recorded: readonly Level[],
	replayed: readonly Level[],
	span: Span,
): Difference | undefined {
	const [ours, theirs] = [within(recorded, span), within(replayed, span)];
	const count = Math.max(ours.length, theirs.length);
	for (let index = 0; index < count; index++) {
		const [a, b] = [ours[index], theirs[index]];
		if (a && b && isSame(a, b)) continue;
		const at = Math.min(a?.at ?? Infinity, b?.at ?? Infinity);
		if (at >= span.until - SLACK) return undefined; // one of them came after the end
		return { at, recorded: a, replayed: b };
	}
	return undefined;
}

/** The level in force at the begin of the span, as of its begin, and the changes in it. */
function within(levels: readonly Level[], { from, until }: Span): Level[] {
	const before = inForce(levels, from);
	const after = levels.filter(({ at }) => at > from && at < until);
	const all = before ? [{ ...before, at: from }, ...after] : after;
	return all.filter((level, index) => index === 0 || !isEqual(level, all[index - 1]!));
}

function inForce(levels: readonly Level[], at: number): Level | undefined {
	return levels.filter((level) => level.at <= at).at(-1);
}

function isSame(a: Level, b: Level): boolean {
	return Math.abs(a.at - b.at) <= SLACK && isEqual(a, b);
}

function isEqual(a: Level, b: Level): boolean {
	return Math.abs(a.level - b.level) < SAME && a.who === b.who;
}

/**
 * The same of a recording that is blurred: each level has to shine in the other within a minute
 * before or behind.
 */
export function firstBlurredDifference(
	recorded: readonly Level[],
	replayed: readonly Level[],
	span: Span,
): Difference | undefined {
	const [ours, theirs] = [minutesOf(recorded, span), minutesOf(replayed, span)];
	for (let minute = 0; minute < ours.length; minute++) {
		const isMissing = (levels: ReadonlySet<number>, other: readonly ReadonlySet<number>[]) =>
			[...levels].some(
				(level) => !other.slice(Math.max(0, minute - 1), minute + 2).some((set) => set.has(level)),
			);
		if (!isMissing(ours[minute]!, theirs) && !isMissing(theirs[minute]!, ours)) continue;
		const at = span.from + minute * BLUR;
		const end = at + BLUR - 1;
		return { at, recorded: inForce(recorded, end), replayed: inForce(replayed, end) };
	}
	return undefined;
}

/** The levels that shine in each minute of the span, in tenths. */
function minutesOf(levels: readonly Level[], { from, until }: Span): ReadonlySet<number>[] {
	const count = Math.max(0, Math.ceil((until - from) / BLUR));
	const minutes: Set<number>[] = [];
	let index = levels.findIndex(({ at }) => at >= from);
	if (index < 0) index = levels.length;
	for (let minute = 0; minute < count; minute++) {
		const end = from + (minute + 1) * BLUR;
		const set = new Set<number>();
		const before = index > 0 ? levels[index - 1] : undefined; // those of one instant all shine
		if (before) set.add(Math.round(10 * before.level));
		for (; index < levels.length && levels[index]!.at < end; index++)
			set.add(Math.round(10 * levels[index]!.level));
		minutes.push(set);
	}
	return minutes;
}
