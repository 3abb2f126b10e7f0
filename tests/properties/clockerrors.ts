/**
 * Clock errors: the error that a lamp's clock may have, from the answers of time servers and the words of docs/time.md.
 *
 * The first answer is accepted. A later one that is more than 15 min off is not, unless another that is
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

/** From when its error may be one of these, ms; undefined: no answer was ever received. */
export interface ClockErrors {
	readonly from: number;
	readonly errors: readonly (number | undefined)[];
}

export function clockErrorsOf({ happenings }: Night): ClockErrors[] {
	const steps: ClockErrors[] = [{ from: 0, errors: [undefined] }];
	const isStored = !happenings.some(({ what }) => what === "storeFails");
	let leaps: number[] = []; // errors that wait for others to agree, of this life
	let last: number | undefined; // answer of this life
	let agreedAt = Infinity;
	let isOpen = false; // a chip ran on, and nothing bounds its error
	const answers = happenings
		.filter((h) => h.what === "time" || h.what === "restart")
		.sort((a, b) => a.at - b.at);
	for (const h of answers) {
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

function isLeap(before: number | undefined, answer: number): boolean {
	return before !== undefined && Math.abs(answer - before) > LEAP - AGREE;
}

function after(
	before: number | undefined,
	answer: number,
	leaps: readonly number[],
): (number | undefined)[] {
	if (before === undefined) return answer < 0 ? [undefined, answer] : [answer];
	if (!isLeap(before, answer)) return answer < before ? [before, answer] : [answer];
	const isSure = Math.abs(answer - before) > LEAP + AGREE;
	const isAgreed = leaps.some((error) => Math.abs(error - answer) < AGREE);
	return isSure && !isAgreed ? [before] : [before, answer];
}

/** All errors that it may have within [from, to). */
export function errorsIn(
	clock: readonly ClockErrors[],
	from: number,
	to: number,
): (number | undefined)[] {
	return clock
		.filter((span, i) => span.from < to && (clock[i + 1]?.from ?? Infinity) > from)
		.flatMap(({ errors }) => errors);
}

/** How wrong it may be at most in the whole night, ms. */
export function worstOf(clock: readonly ClockErrors[]): number {
	return Math.max(...clock.flatMap(({ errors }) => errors.map((error) => Math.abs(error ?? 0))));
}
