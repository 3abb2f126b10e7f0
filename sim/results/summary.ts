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
	/** Chances to fail that were judged. */
	readonly tried: number;
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
	for (const { name, ok, tried, count, first } of checks) {
		const instant = first && new Date(Math.floor(epochUtc + first.at)).toISOString();
		const lamp = first && firstLamp + first.lamp - 1;
		results[name] = first
			? { ok, tried, count, first: { instant: instant!, lamp: lamp!, what: first.what } }
			: { ok, tried, count };
	}
	return results;
}

/** Lines for the person at the terminal; `repeat` are the options of the street of the first offence. */
export function* sayCheck(
	name: string,
	{ ok, tried, count, first }: CheckResult,
	repeat: string,
): Iterable<string> {
	const offences = count === 0 ? "" : `, ${count} offences`;
	yield `${ok ? "ok    " : "FAILED"} ${name.padEnd(12)} ${tried} tried${offences}`;
	if (first)
		yield `       first at ${first.instant}, lamp ${first.lamp}: ${first.what} (${repeat})`;
}

export function heapOf(fleet: Fleet): Heap {
	const heap = {
		slotsLive: 0,
		slotsPeak: 0,
		chunksPeak_bytes: 0,
		stackPeak_slots: 0,
		collections: 0,
	};
	for (let lamp = fleet.first; lamp < fleet.first + fleet.count; lamp++) {
		const lampHeap = fleet.statistics(lamp);
		if (!lampHeap) continue;
		heap.slotsLive = Math.max(heap.slotsLive, lampHeap.slotsLive);
		heap.slotsPeak = Math.max(heap.slotsPeak, lampHeap.slotsPeak);
		heap.chunksPeak_bytes = Math.max(heap.chunksPeak_bytes, lampHeap.chunksPeak_bytes);
		heap.stackPeak_slots = Math.max(heap.stackPeak_slots, lampHeap.stackPeak_slots);
		heap.collections += lampHeap.collections;
	}
	return heap;
}

/** Six decimals exceed the model's precision, and keep the file readable. */
export function round(value: number): number {
	return Math.round(value * 1e6) / 1e6;
}
