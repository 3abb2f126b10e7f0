/** Bars: values as rectangles, one on the other where they are parts of a sum. */
import type { Scale } from "./scale.js";
import { rect } from "./svg.js";

interface Part {
	readonly value: number;
	readonly fill: string;
}

/** The parts of a sum from the bottom up; those that are 0 are left out. */
export function stackedBar(
	parts: readonly Part[],
	[left, right]: readonly [left: number, right: number],
	y: Scale,
): string[] {
	let sum = 0;
	return parts
		.filter(({ value }) => value > 0)
		.map(({ value, fill }) => {
			const bottom = y(sum);
			sum += value;
			return rect(left, y(sum), right - left, bottom - y(sum), { fill });
		});
}
