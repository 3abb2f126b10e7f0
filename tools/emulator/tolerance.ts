/**
 * Tolerance: two records of the same light by different clocks, compared.
 *
 * A fade is a staircase whose steps fall on instants of each host's own timer. So a duty is right if
 * it lies between the least and the greatest that the other record shows within `within_ms` before
 * or after, widened by `duty`; and this holds in both directions, so that no step is missing either.
 */
import type { Duty } from "./dutylog.js";

export interface Tolerance {
	readonly within_ms: number;
	/** Steps of the resolution. */
	readonly duty: number;
}

/** The first disagreement, as a sentence; undefined: the same light. */
export function disagreement(
	seen: readonly Duty[],
	expected: readonly Duty[],
	tolerance: Tolerance,
): string | undefined {
	if (seen.length === 0 || expected.length === 0) return "one of the two shows no light at all";
	const end = Math.min(seen.at(-1)!.at, expected.at(-1)!.at) + tolerance.within_ms;
	return (
		outside(seen, expected, tolerance, end, "the emulator") ??
		outside(expected, seen, tolerance, end, "the simulator")
	);
}

function outside(
	record: readonly Duty[],
	other: readonly Duty[],
	{ within_ms, duty: slack }: Tolerance,
	end: number,
	who: string,
): string | undefined {
	for (const [index, { at, duty }] of record.entries()) {
		// a duty that holds is compared at its begin and once more before the next
		const last = Math.min(record[index + 1]?.at ?? end, end) - 1;
		for (const instant of [at, last])
			if (instant <= end) {
				const { least, greatest } = rangeAround(other, instant, within_ms);
				if (duty < least - slack || duty > greatest + slack)
					return `${who} shows ${duty} at ${instant} ms, the other ${least} to ${greatest}`;
			}
	}
	return undefined;
}

/** Duties shown within `around` of an instant, the one that held at its begin included. */
function rangeAround(record: readonly Duty[], instant: number, around: number) {
	let [least, greatest] = [Infinity, -Infinity];
	for (const [index, { at, duty }] of record.entries()) {
		const until = record[index + 1]?.at ?? Infinity;
		const isFirst = index === 0; // the record begins with it
		if ((at > instant + around && !isFirst) || until < instant - around) continue;
		least = Math.min(least, duty);
		greatest = Math.max(greatest, duty);
	}
	return { least, greatest };
}
