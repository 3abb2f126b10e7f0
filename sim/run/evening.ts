/**
 * Evening: the instant at which a page opens that was given no start: an evening has been lived, its
 * figures are there, and somebody is on the way.
 */
import { MINUTE } from "../../lib/spans.js";
import { readInstant } from "../../lib/zone.js";
import type { Options } from "../options/options.js";
import { createTimetable } from "../world/timetable.js";
import type { Scenario } from "./scenario.js";

/** From this time of the evening on: the program has dimmed, people still come by. */
const FROM = "22:05:00";
/** Somebody on foot or on a bicycle is so far into the street, ms. */
const ON_THE_WAY = 20_000;
/** Without anybody until then, the page opens so much later. */
const LATEST = 30 * MINUTE;

type Asked = Pick<
	Options,
	| ("start" | "duration" | "scenario" | "traffic" | "lux" | "procession")
	| ("person" | "quiet" | "fault" | "input" | "broker" | "seed" | "zone" | "vehicles" | "walkers")
>;

/** Virtual ms; undefined where the command line states a time of its own. */
export function eveningOf(options: Asked, { epochUtc }: Pick<Scenario, "epochUtc">) {
	const { start, duration, scenario, traffic, lux, procession, broker, seed, zone } = options;
	const { person, quiet, fault, input } = options;
	const times = [start, duration, scenario, traffic, lux, procession];
	const isTimed = times.some((time) => time !== undefined) || quiet;
	if (isTimed || [...person, ...fault, ...input].length > 0) return undefined;
	if (broker !== "embedded") return undefined;
	const day = new Date(zone.localOf(epochUtc)).toISOString().slice(0, 10);
	const from = readInstant(`${day}T${FROM}`, zone);
	if (from === undefined || from <= epochUtc) return undefined;
	const timetable = createTimetable(seed, zone, options.vehicles, options.walkers);
	for (let at = from; at < from + LATEST; ) {
		const batch = timetable.take(at)!;
		const first = batch.arrivals.find((arrival) => arrival.at >= at && arrival.kind !== "car");
		if (first && first.at < from + LATEST) return first.at + ON_THE_WAY - epochUtc;
		at = batch.until;
	}
	return from + LATEST - epochUtc;
}
