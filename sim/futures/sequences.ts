/**
 * Sequences: all sequences of inputs up to a depth, from one instant of a lamp.
 */
import type { FutureLamp, Instant } from "./futurelamp.js";
import { type FutureInput, INPUTS } from "./inputs.js";

/** What is told of each sequence. */
export interface Visitor {
	/** Before its last input. */
	enter(path: readonly FutureInput[]): void;
	/** After the last input and its span. */
	look(path: readonly FutureInput[]): void;
}

/** Runs all sequences of 1 to `depth` inputs, each from `from`; returns how many. */
export function allSequences(
	lamp: FutureLamp,
	from: Instant,
	depth: number,
	visitor: Visitor,
	inputs: readonly FutureInput[] = INPUTS,
	path: readonly FutureInput[] = [],
): number {
	let count = 0;
	for (const input of inputs) {
		const here = [...path, input];
		lamp.restore(from);
		visitor.enter(here);
		input.act(lamp);
		lamp.run(lamp.now + input.span);
		const reached = lamp.keep();
		visitor.look(here);
		count++;
		if (depth > 1) count += allSequences(lamp, reached, depth - 1, visitor, inputs, here);
	}
	return count;
}

/** The names of a sequence. */
export const textOf = (path: readonly FutureInput[]): string =>
	path.map(({ name }) => name).join(", ");
