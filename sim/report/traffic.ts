/** Traffic: the road users of a street by hour of the wall clock, from its own timetable. */

import type { Traffic } from "../../lib/lightingoptions/traffic.js";
import { DAY, HOUR } from "../../lib/spans.js";
import type { Zone } from "../../lib/zone.js";
import type { Options } from "../options/options.js";
import { readTraffic } from "../world/recorded.js";
import { createTimetable } from "../world/timetable.js";

/** Days whose mean is taken; a recording may have fewer. */
const DAYS = 28;
const HOURS_A_DAY = 24;

export interface CountedTraffic {
	readonly traffic: Traffic;
	readonly days: number;
	/** From a recording; else that of the simulator's residential street. */
	readonly isRecorded: boolean;
}

type TrafficOptions = Pick<Options, "traffic" | "seed" | "zone" | "vehicles" | "walkers">;

/**
 * The mean of the recording, or of the days from `epochUtc` on. Road users that a scenario places
 * singly are no traffic of a year.
 */
export function trafficOf(
	{ traffic: file, seed, zone, vehicles, walkers }: TrafficOptions,
	epochUtc: number,
): CountedTraffic {
	const recorded = file === undefined ? undefined : readTraffic(file, zone, seed);
	if (typeof recorded === "string") throw new Error(recorded);
	const timetable = recorded ?? createTimetable(seed, zone, vehicles, walkers);
	const from = recorded?.span.from ?? epochUtc;
	const until = recorded?.span.to ?? from + DAYS * DAY;
	const counts = new Float64Array(HOURS_A_DAY);
	const seen = new Float64Array(HOURS_A_DAY);
	for (let at = from; at < until; at += HOUR) seen[hourOf(zone, at)]! += 1;
	for (let at = from; at < until; ) {
		const batch = timetable.take(at);
		if (!batch) break;
		for (const { at: utc } of batch.arrivals)
			if (utc >= from && utc < until) counts[hourOf(zone, utc)]! += 1;
		at = batch.until;
	}
	const traffic = Array.from(counts, (count, hour) => count / Math.max(1, seen[hour]!));
	return { traffic, days: Math.round((until - from) / DAY), isRecorded: recorded !== undefined };
}

function hourOf(zone: Zone, utc: number): number {
	return new Date(zone.localOf(utc)).getUTCHours();
}
