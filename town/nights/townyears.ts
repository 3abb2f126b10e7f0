/**
 * Town years: the energy of a year of a town's lights with each option, by the year's own model
 * (lib/firmware/optionyear.ts) for the traffic of each typical street.
 *
 * The energy of a lamp is that of its controller and one that is proportional to its LED, so two
 * powers give both. An old lamp has no controller and burns while it is dark.
 */

import { optionYear, streetLamp } from "../../lib/firmware/optionyear.js";
import { type Range, rangeOf, SOURCES, type Source } from "../../lib/lightingoptions/range.js";
import { posixOf } from "../../lib/posixzone.js";
import { Zone } from "../../lib/zone.js";
import { trafficOf } from "../../sim/report/traffic.js";
import { type Evening, TOWN_OPTIONS, type TownOption } from "./townnights.js";
import type { TypicalStreet } from "./typicalstreets.js";

/** Watts of the two lamps. */
const LOW = 20;
const HIGH = 120;

/** kWh a year of a lamp without its LED, and of each watt. */
interface Line {
	readonly base: Part;
	readonly slope: Part;
}
/** Middle, and the spread of each source downwards and upwards. */
interface Part {
	readonly mid: number;
	readonly by: Readonly<Partial<Record<Source, readonly [number, number]>>>;
}

/** An option of the town, or the lamps that its LED replaces. */
type YearOption = TownOption | "sodium";

export interface TownYears {
	/**
	 * MWh of the lights with known power; undefined: none has. `watts`: of each light's LED, or of its
	 * old lamp with `sodium`.
	 */
	mwhOf(
		option: YearOption,
		lights: readonly (readonly [light: number, typical: number])[],
		watts: Float32Array,
	): Range | undefined;
}

/** Makes the years of all typical streets; other work is done between two of them. */
export async function yearsOf(
	typicalStreets: readonly TypicalStreet[],
	evening: Evening,
): Promise<TownYears> {
	const lines: Record<string, Line>[] = [];
	const known = new Map<string, Record<string, Line>>(); // of the same traffic
	for (const typicalStreet of typicalStreets) {
		const key = `${typicalStreet.isRoad} ${typicalStreet.vehicles} ${typicalStreet.walkers}`;
		const linesOfTraffic = known.get(key) ?? {};
		lines.push(linesOfTraffic);
		if (known.has(key)) continue;
		known.set(key, linesOfTraffic);
		for (const option of ["sodium", ...TOWN_OPTIONS] as const) {
			linesOfTraffic[option] = lineOf(typicalStreet, option, evening);
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
	return { mwhOf: (option, lights, watts) => sumOf(lines, option, lights, watts) };
}

function lineOf(
	typicalStreet: TypicalStreet,
	option: YearOption,
	{ zone: name, start, latitude, longitude }: Evening,
): Line {
	const zone = Zone.of(name)!;
	const utc = Date.parse(start);
	const { traffic } = trafficOf(
		{
			traffic: undefined,
			seed: 1,
			zone,
			vehicles: typicalStreet.vehicles,
			walkers: typicalStreet.walkers,
		},
		utc,
	);
	const rule = posixOf(zone, utc);
	const place = { latitude, longitude, ...(rule === undefined ? {} : { zone: rule }) };
	const year = new Date(zone.localOf(utc)).getUTCFullYear();
	const isPresence = option === "presence" || option === "neighbours" || option === "mixed";
	const as = typicalStreet.isRoad && isPresence ? "hourly" : option;
	const power = option === "sodium" ? "oldLampPower_W" : "ledPower_W";
	const [low, high] = [LOW, HIGH].map(
		(watts) => optionYear(as, streetLamp({ ...place, [power]: watts }), year, traffic).energy_kWh,
	) as [Range, Range];
	return between(low, high);
}

function between(low: Range, high: Range): Line {
	const part = (value: (low: number, high: number) => number): Part => ({
		mid: value(low.mid, high.mid),
		by: Object.fromEntries(
			SOURCES.map((source) => {
				const [a, b] = [low.by[source] ?? [0, 0], high.by[source] ?? [0, 0]];
				return [source, [value(a[0], b[0]), value(a[1], b[1])]];
			}),
		),
	});
	const slope = (a: number, b: number) => (b - a) / (HIGH - LOW);
	return { slope: part(slope), base: part((a, b) => a - LOW * slope(a, b)) };
}

/** Errors of power, traffic and model are the same for all lights, so they add. */
function sumOf(
	lines: readonly Record<string, Line>[],
	option: YearOption,
	lights: readonly (readonly [light: number, typical: number])[],
	lamp_W: Float32Array,
): Range | undefined {
	const counts = new Float64Array(lines.length);
	const watts = new Float64Array(lines.length);
	for (const [light, typical] of lights) {
		if (Number.isNaN(lamp_W[light]!)) continue;
		counts[typical]!++;
		watts[typical]! += lamp_W[light]!;
	}
	if (counts.every((count) => count === 0)) return undefined;
	const sum = (value: (part: Part) => number) =>
		lines.reduce((all, line, typical) => {
			const { base, slope } = line[option]!;
			return all + (counts[typical]! * value(base) + watts[typical]! * value(slope)) / 1000;
		}, 0);
	const by = Object.fromEntries(
		SOURCES.map((source) => [
			source,
			[
				sum(({ by: spreads }) => spreads[source]![0]),
				sum(({ by: spreads }) => spreads[source]![1]),
			],
		]),
	);
	return rangeOf(
		sum(({ mid }) => mid),
		by as Range["by"],
	);
}
