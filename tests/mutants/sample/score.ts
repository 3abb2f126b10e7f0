/**
 * Score: the share of a room's mutants that its tests kill, with its interval.
 *
 * Wilson's score interval (1927) at 95 %: it stays within 0 and 1, and holds for shares near 1.
 */
import type { Random } from "../../../lib/random.js";
import type { Site } from "./operators.js";

const Z = 1.959_964;

export interface Interval {
	readonly low: number;
	readonly high: number;
}

/** The interval of a share of `count` trials, `hits` of them hits. */
export function wilson(hits: number, count: number): Interval {
	const share = hits / count;
	const scale = 1 + Z ** 2 / count;
	const middle = (share + Z ** 2 / (2 * count)) / scale;
	const half = (Z * Math.sqrt((share * (1 - share)) / count + (Z / (2 * count)) ** 2)) / scale;
	return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** A row of the table in docs/checks.md. */
export function rowOf(room: string, killed: number, argued: number, survived: number): string {
	const judged = killed + survived;
	const { low, high } = wilson(killed, judged);
	const percent = (share: number) => (100 * share).toFixed(0);
	const score = `${percent(killed / judged)} (${percent(low)}-${percent(high)})`;
	return `| ${room} | ${killed + argued + survived} | ${killed} | ${argued} | ${survived} | ${score} |`;
}

/** `count` mutants, one a line at most, in the order of the list: else tables of numbers fill the draw. */
export function drawn(sites: readonly Site[], count: number, { next }: Random): Site[] {
	const left = sites.map((_, at) => at);
	const lines = new Set<string>();
	const taken: number[] = [];
	while (taken.length < count && left.length > 0) {
		const [at] = left.splice(Math.floor(next() * left.length), 1) as [number];
		const { file, line } = sites[at] as Site;
		if (lines.has(`${file}:${line}`)) continue;
		lines.add(`${file}:${line}`);
		taken.push(at);
	}
	return taken.sort((a, b) => a - b).map((at) => sites[at] as Site);
}
