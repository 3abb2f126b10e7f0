/** Scales: from values to places in a picture, and the ticks of an axis. */

/** Where a value lies, in units of the picture. */
export type Scale = (value: number) => number;

/** The first value of the domain lies at the first place of the range, the last at the last one. */
export function linear(
	[first, last]: readonly [first: number, last: number],
	[start, end]: readonly [start: number, end: number],
): Scale {
	const factor = (end - start) / (last - first || 1);
	return (value) => start + (value - first) * factor;
}

/** From the first multiple of `unit` at or after `from`, every `step` before `until`. */
export function ticks(from: number, until: number, step: number, unit = step): number[] {
	const values: number[] = [];
	for (let value = Math.ceil(from / unit) * unit; value < until; value += step) values.push(value);
	return values;
}
