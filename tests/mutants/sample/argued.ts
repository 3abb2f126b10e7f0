/**
 * Argued: mutants that no test can see, each with the reason.
 *
 * Named by file, text and replacement, so that they hold while lines move; a test compares them with
 * the sources.
 */
import type { Site } from "./operators.js";

export interface Argued {
	readonly file: string;
	readonly original: string;
	/** Absent: the statement is left out. */
	readonly mutated?: string;
	readonly why: string;
}

export const ARGUED: readonly Argued[] = [];

/** The reason why a mutant changes nothing that can be seen; undefined: none is given. */
export function argumentFor({ file, original, mutated }: Site): string | undefined {
	return ARGUED.find(
		(one) => one.file === file && one.original === original && one.mutated === mutated,
	)?.why;
}
