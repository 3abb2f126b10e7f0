/**
 * Summary: the figures of a run, as JSON (explained in docs/street.md).
 */
import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import type { Check } from "../checks/check.js";
import type { FieldResult } from "./fieldlight.js";

export interface Summary {
	readonly seed: number;
	readonly lamps: number;
	readonly virtualSeconds: number;
	readonly wallSeconds: number;
	readonly lampSecondsPerSecond: number;
	readonly published: number;
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

interface CheckResult {
	readonly ok: boolean;
	/** Offences. */
	readonly count: number;
	readonly first?: { readonly instant: string; readonly lamp: number; readonly what: string };
}

/** The largest of any lamp; collections of all together. */
interface Heap {
	readonly slotsLive: number;
	readonly slotsPeak: number;
	readonly chunksPeak_bytes: number;
	readonly stackPeak_slots: number;
	readonly collections: number;
}

export function resultsOf(
	checks: readonly Check[],
	epochUtc: number,
): Readonly<Record<string, CheckResult>> {
	const results: Record<string, CheckResult> = {};
	for (const { name, ok, count, first } of checks) {
		const instant = first && new Date(Math.floor(epochUtc + first.at)).toISOString();
		results[name] = first
			? { ok, count, first: { instant: instant!, lamp: first.lamp, what: first.what } }
			: { ok, count };
	}
	return results;
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
