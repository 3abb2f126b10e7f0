/**
 * Belief: what a lamp's clock may say, from the answers of time servers and the words of docs/time.md.
 *
 * The first answer is believed. A later one that is more than 15 min off is not, unless another that is
 * a minute apart agrees with it. A date before one that two answers agreed upon is not, either. Where the
 * words leave it open both are possible. A clock chip that ran on over a loss of power has an error that
 * is known only if two answers agreed before; else the next answer is taken for it.
 */
import type { Night } from "./night.js";

const LEAP = 15 * 60_000;
/** Two answers of the same truth; the crystal drifts by 6.5 s in a night. */
const AGREE = 10_000;
/** Within this an agreement is stored. */
const STORED = 60_000;

/** From when its error may be one of these, ms; undefined: nothing was ever told. */
export interface Belief {
	readonly from: number;
	readonly errors: readonly (number | undefined)[];
}

export function beliefsOf({ happenings }: Night): Belief[] {
	const steps: Belief[] = [{ from: 0, errors: [undefined] }];
	const isStored = !happenings.some(({ what }) => what === "storeFails");
	let leaps: number[] = []; // errors that wait for others to agree, of this life
	let last: number | undefined; // answer of this life
	let agreedAt = Infinity;
	let isOpen = false; // a chip ran on, and nothing bounds its error
	const told = happenings
		.filter((h) => h.what === "time" || h.what === "restart")
		.sort((a, b) => a.at - b.at);
	for (const h of told) {
		const before = steps.at(-1)!.errors;
		if (h.what === "restart") {
			leaps = [];
			last = undefined;
			isOpen = h.cause === "brownout" && !(isStored && h.at > agreedAt + STORED);
			steps.push({ from: h.at, errors: h.cause === "powerOn" ? [undefined] : before });
		} else if (h.what === "time") {
			const errors = new Set(before.flatMap((error) => after(error, h.error, leaps)));
			if (isOpen) errors.add(h.error);
			if (before.some((error) => isLeap(error, h.error))) leaps.push(h.error);
			const isSame = (error: number | undefined) =>
				error !== undefined && Math.abs(h.error - error) < AGREE;
			if (isSame(last) || (isOpen && before.every(isSame))) agreedAt = Math.min(agreedAt, h.at);
			[last, isOpen] = [h.error, false];
			steps.push({ from: h.at, errors: [...errors] });
		}
	}
	return steps;
}

function isLeap(before: number | undefined, told: number): boolean {
	return before !== undefined && Math.abs(told - before) > LEAP - AGREE;
}

function after(
	before: number | undefined,
	told: number,
	leaps: readonly number[],
): (number | undefined)[] {
	if (before === undefined) return told < 0 ? [undefined, told] : [told];
	if (!isLeap(before, told)) return told < before ? [before, told] : [told];
	const isSure = Math.abs(told - before) > LEAP + AGREE;
	const isAgreed = leaps.some((error) => Math.abs(error - told) < AGREE);
	return isSure && !isAgreed ? [before] : [before, told];
}

/** All errors that it may have within [from, to). */
export function errorsIn(
	beliefs: readonly Belief[],
	from: number,
	to: number,
): (number | undefined)[] {
	return beliefs
		.filter((belief, i) => belief.from < to && (beliefs[i + 1]?.from ?? Infinity) > from)
		.flatMap(({ errors }) => errors);
}

/** How wrong it may be at most in the whole night, ms. */
export function worstOf(beliefs: readonly Belief[]): number {
	return Math.max(...beliefs.flatMap(({ errors }) => errors.map((error) => Math.abs(error ?? 0))));
}
