/**
 * Summary: the figures of a run, as JSON (explained in docs/street.md).
 */
import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import type { Check } from "../checks/check.js";
import type { FieldResult } from "./fieldlight.js";

export interface Summary {
	readonly seed: number;
	readonly lamps: number;
	/** Number of the first lamp. */
	readonly first: number;
	readonly site: string;
	/** Of the lamps, each a stretch of the street. */
	readonly groups: readonly string[];
	readonly virtualSeconds: number;
	readonly wallSeconds: number;
	readonly lampSecondsPerSecond: number;
	readonly published: number;
	/** Lamps that came online, at a broker outside. */
	readonly online?: number;
	readonly deaths: number;
	readonly energy_kWh: number;
	readonly energyOldLamp_kWh: number;
	/** Per cent; null if it was never dark. */
	readonly nightMeanLevel: number | null;
	readonly sensorChanges: number;
	readonly checks: Readonly<Record<string, CheckResult>>;
	readonly heap: Heap;
	/** Light between the poles, with `--field`. */
	readonly field?: FieldResult;
}

export interface CheckResult {
	readonly ok: boolean;
	/** Chances to fail that were judged, and the others by the reason. */
	readonly judged: number;
	readonly left: Readonly<Record<string, number>>;
	/** Offences. */
	readonly count: number;
	readonly first?: { readonly instant: string; readonly lamp: number; readonly what: string };
}

/** The largest of any lamp; collections of all together. */
export interface Heap {
	readonly slotsLive: number;
	readonly slotsPeak: number;
	readonly chunksPeak_bytes: number;
	readonly stackPeak_slots: number;
	readonly collections: number;
}

/** Lamps by their numbers in the city. */
export function resultsOf(
	checks: readonly Check[],
	epochUtc: number,
	firstLamp: number,
): Readonly<Record<string, CheckResult>> {
	const results: Record<string, CheckResult> = {};
	for (const { name, ok, chances, count, first } of checks) {
		const instant = first && new Date(Math.floor(epochUtc + first.at)).toISOString();
		const lamp = first && firstLamp + first.lamp - 1;
		const shares = { judged: chances.judged, left: Object.fromEntries(chances.left) };
		results[name] = first
			? { ok, ...shares, count, first: { instant: instant!, lamp: lamp!, what: first.what } }
			: { ok, ...shares, count };
	}
	return results;
}

/** Lines for the person at the terminal; `repeat` are the options of the street of the first offence. */
export function* sayCheck(
	name: string,
	{ ok, judged, left, count, first }: CheckResult,
	repeat: string,
): Iterable<string> {
	// some promises are kept in nearly all chances, not in all (docs/checks.md)
	const missed = ok ? "missed, which the check tolerates" : count === 1 ? "offence" : "offences";
	const offences = count === 0 ? "" : `, ${count} ${missed}`;
	const all = Object.values(left).reduce((sum, times) => sum + times, judged);
	yield `${ok ? "ok    " : "FAILED"} ${name.padEnd(12)} ${judged} of ${all} judged${offences}`;
	if (first)
		yield `       first at ${first.instant}, lamp ${first.lamp}: ${first.what} (${repeat})`;
}

export function heapOf(fleet: Fleet): Heap {
	const lamps = Array.from({ length: fleet.count }, (_, index) => fleet.first + index);
	return largestHeap(lamps.flatMap((lamp) => fleet.statistics(lamp) ?? []));
}

/** Of each figure the largest, and the sum of the collections; 0 where there is none. */
export function largestHeap(heaps: readonly Heap[]): Heap {
	const most = (of: (heap: Heap) => number) =>
		heaps.reduce((largest, heap) => Math.max(largest, of(heap)), 0);
	return {
		slotsLive: most(({ slotsLive }) => slotsLive),
		slotsPeak: most(({ slotsPeak }) => slotsPeak),
		chunksPeak_bytes: most(({ chunksPeak_bytes }) => chunksPeak_bytes),
		stackPeak_slots: most(({ stackPeak_slots }) => stackPeak_slots),
		collections: heaps.reduce((sum, { collections }) => sum + collections, 0),
	};
}

/** Six decimals exceed the model's precision, and keep the file readable. */
export function round(value: number): number {
	return Math.round(value * 1e6) / 1e6;
}
