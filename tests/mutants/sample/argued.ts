/**
 * Argued: mutants that no test can see, each with the reason.
 *
 * Named by file, line of text, and replacement, so that they hold while lines move; a test compares them with
 * the sources.
 */
import type { Site } from "./operators.js";

export interface Argued {
	readonly file: string;
	/** The line in which it begins. */
	readonly context: string;
	readonly original: string;
	/** Absent: the statement is left out. */
	readonly mutated?: string;
	readonly why: string;
}

export const ARGUED: readonly Argued[] = [
	{
		file: "lighting/fade.ts",
		context: "if (count > MAX_FADE_STEPS) count = MAX_FADE_STEPS;",
		original: "count > MAX_FADE_STEPS",
		mutated: "count >= MAX_FADE_STEPS",
		why: "a count of MAX_FADE_STEPS is set to itself",
	},
	{
		file: "lighting/fade.ts",
		context: "private first = 0; // 1 if the first step is at the start (a rise)",
		original: "0",
		mutated: "1",
		why: "set by each new target before it is read",
	},
	{
		file: "meter/meter.ts",
		context: "if (span > 0) {",
		original: "span > 0",
		mutated: "span >= 0",
		why: "a span of 0 adds nothing to any counter",
	},
	{
		file: "meter/power.ts",
		context: "if (level < this.from || level >= this.until) this.find(level);",
		original: "level < this.from",
		mutated: "level <= this.from",
		why: "at its lower bound the interval is found again, the same one",
	},
	{
		file: "journal/journal.ts",
		context: "this.numbers[place + 1] = utc ?? Number.NaN;",
		original: "utc ?? Number.NaN",
		mutated: "utc",
		why: "an array of numbers stores undefined as NaN",
	},
	{
		file: "sensing/neighbours.ts",
		context: "if (place !== 3 * outwards) return Number.NEGATIVE_INFINITY;",
		original: "3 * outwards",
		mutated: "3 / outwards",
		why: "outwards is 1 or -1: the same",
	},
	{
		file: "console/lineeditor.ts",
		context: "private parameter = 0; // of the escape sequence",
		original: "0",
		mutated: "1",
		why: "set to 0 where a sequence begins, before it is read",
	},
	{
		file: "console/session.ts",
		context: "const TAKE_BYTES = 128;",
		original: "128",
		mutated: "127",
		why: "bytes are read until none is left, in pieces of any size",
	},
	{
		file: "console/watch.ts",
		context: 'let last = "";',
		original: '""',
		mutated: '"?"',
		why: "the first line differs from either text",
	},
];

/** The reason why a mutant changes nothing that can be seen; undefined: none is given. */
export function argumentFor({ file, context, original, mutated }: Site): string | undefined {
	return ARGUED.find(
		(one) =>
			one.file === file &&
			one.context === context &&
			one.original === original &&
			one.mutated === mutated,
	)?.why;
}
