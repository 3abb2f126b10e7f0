/**
 * Scenario: the effect of the options: begin and end of the run, its sky and its traffic.
 */

import { DAY } from "../../lib/spans.js";
import type { Options } from "../options/options.js";
import { DEFAULT_START } from "../options/options.js";
import type { Plan } from "../replay/plan.js";
import { withPersons } from "../world/persons.js";
import { createProcession } from "../world/procession.js";
import { RecordedLux, readLux, readTraffic, type Span } from "../world/recorded.js";
import type { Daylight } from "../world/sky.js";
import { createSky } from "../world/sky.js";
import type { Timetable } from "../world/timetable.js";
import { createTimetable } from "../world/timetable.js";
import { LATITUDE, LONGITUDE } from "../world/world.js";

export interface Scenario {
	/** UTC ms of virtual instant 0. */
	readonly epochUtc: number;
	/** Virtual ms; Infinity: until stopped. */
	readonly end: number;
	readonly daylight: Daylight;
	readonly timetable: Timetable;
	/** Recorded light, if given. */
	readonly lux: RecordedLux | undefined;
	/** The traffic is recorded. */
	readonly trafficRecorded: boolean;
}

/** Longest procession made in advance for a run without an end. */
const LONGEST_PROCESSION = 7 * DAY;

/** Reads recorded input; an error in it or in the times is returned as one line. */
export function prepare(options: Options): Scenario | string {
	const { lux: luxFile, traffic: trafficFile, procession, zone, seed, part } = options;
	if (options.recorded) return replayed(options, options.recorded);
	if (procession && trafficFile !== undefined) return "--procession: not with --traffic";
	const lux = luxFile === undefined ? undefined : readLux(luxFile, zone);
	if (typeof lux === "string") return lux;
	const traffic = trafficFile === undefined ? undefined : readTraffic(trafficFile, zone, seed);
	if (typeof traffic === "string") return traffic;
	const spans: [string, Span][] = [];
	if (lux) spans.push([luxFile!.name, lux.span]);
	if (traffic) spans.push([trafficFile!.name, traffic.span]);
	const times = timesOf(options, spans);
	if (typeof times === "string") return times;
	return {
		...times,
		daylight: lux ?? createSky(seed, ...(part.place ?? ([LATITUDE, LONGITUDE] as const))),
		timetable: withPersons(
			traffic ?? timetableOf(options, times.epochUtc, times.end),
			options.person,
			times.epochUtc,
			options.quiet,
		),
		lux,
		trafficRecorded: traffic !== undefined,
	};
}

/** A recording: its dates and its light, without road users. */
function replayed({ headless }: Options, { epochUtc, end, lives }: Plan): Scenario {
	const readings = lives.flatMap(({ acts }) => acts.filter(({ kind }) => kind === "illuminance"));
	const rows = readings.map(({ at, value }, row) => ({ row, utc: epochUtc + at, values: [value] }));
	const daylight = new RecordedLux([
		{ row: 0, utc: epochUtc, values: [rows[0]?.values[0] ?? 0] },
		...rows,
	]);
	const timetable: Timetable = { take: () => undefined };
	return {
		epochUtc,
		end: headless ? end : Infinity,
		daylight,
		timetable,
		lux: undefined,
		trafficRecorded: false,
	};
}

function timetableOf(
	{ procession, seed, zone, vehicles, walkers }: Options,
	epochUtc: number,
	end: number,
): Timetable {
	if (!procession) return createTimetable(seed, zone, vehicles, walkers);
	return createProcession(procession, epochUtc, Math.min(end, LONGEST_PROCESSION));
}

function timesOf(
	{ start, duration, headless, outside }: Options,
	spans: readonly (readonly [file: string, span: Span])[],
): Pick<Scenario, "epochUtc" | "end"> | string {
	const first = Math.max(...spans.map(([, span]) => span.from));
	const otherwise = outside.urls.length > 0 ? thisSecond() : DEFAULT_START;
	const epochUtc = start ?? (spans.length > 0 ? first : otherwise);
	const last = Math.min(...spans.map(([, span]) => span.to));
	const longest = last - epochUtc; // Infinity without recorded input
	const end = duration ?? Math.min(longest, headless ? DAY : Infinity);
	for (const [file, { from, to }] of spans) {
		if (epochUtc >= from && epochUtc < to && epochUtc + end <= to) continue;
		const until = end === Infinity ? "" : ` to ${print(epochUtc + Math.max(0, end))}`;
		return `${file}: holds ${print(from)} to ${print(to)}, not ${print(epochUtc)}${until}`;
	}
	return { epochUtc, end };
}

/** At a broker outside certificates and orders have true dates. */
const thisSecond = (): number => Math.floor(Date.now() / 1000) * 1000;

function print(utc: number): string {
	return new Date(utc).toISOString();
}
