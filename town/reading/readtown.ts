/** Read town: from a file of lights to a town, the lights of a commune by street and in order. */

import { degreeAt, flatOf } from "../../lib/plane.js";
import { Account } from "./account.js";
import { LED_SHARE, ROAD_FROM, VEHICLES_DAY, WALKERS_DAY } from "./assumptions.js";
import { linesOf } from "./centrelines.js";
import { mappingOf, unfitIn } from "./columns.js";
import { type Light, lightsOf } from "./lights.js";
import { type Assumed, type Mapping, systemTitle } from "./mapping.js";
import { type PlaceName, placeOf } from "./placename.js";
import type { ReadSentence } from "./sentence.js";
import { type StreetOfLights, streetsOf } from "./streets.js";
import { tableOf } from "./table.js";

/** No commune has more. */
const LIGHTS_MOST = 500_000;

export interface TownStreet {
	readonly name: string;
	/** Place in `districts`; -1: none. */
	readonly district: number;
	/** Its lights are `from` and those after it. */
	readonly from: number;
	/** Metres of each light from the first one. */
	readonly at_m: readonly number[];
	readonly place: PlaceName;
	/** A road of an M class (EN 13201-2), where presence is not permitted. */
	readonly isRoad: boolean;
	/** Motor vehicles a day; NaN: not counted. */
	readonly vehicles: number;
}

export interface Town {
	readonly name: string;
	readonly source?: string;
	readonly licence?: string;
	readonly date?: string;
	/** South-west corner, degrees. */
	readonly corner: readonly [lon: number, lat: number];
	/** Decimetres from it. Lights stand by street and order; those without a street at the end. */
	readonly x: Int32Array;
	readonly y: Int32Array;
	readonly watts: Float32Array;
	/** The lamp is one that an LED would replace. */
	readonly isOld: Uint8Array;
	/** Place in `cabinets`; -1: unknown. */
	readonly feeder: Int32Array;
	readonly streets: readonly TownStreet[];
	readonly districts: readonly string[];
	readonly cabinets: readonly string[];
	readonly read: readonly ReadSentence[];
	readonly assumed: Assumed;
}

/** A town, or why the file is none: errors first. */
export interface TownRead {
	readonly town?: Town;
	readonly read: readonly ReadSentence[];
	/** As far as the file has columns. */
	readonly mapping: Mapping;
	readonly columns: readonly string[];
	readonly sample: readonly (readonly string[])[];
}

/** Columns that an error names. */
const NAMED_MOST = 20;

function namesIn(columns: readonly string[]): string {
	const rest = columns.length > NAMED_MOST ? ", …" : "";
	return columns.slice(0, NAMED_MOST).join(", ") + rest;
}

/** Rows shown in the dialogue of columns. */
const SAMPLE = 5;

export function readTown(
	name: string,
	bytes: Uint8Array,
	given?: Mapping,
	lines?: string,
): TownRead {
	const table = tableOf(bytes);
	if ("key" in table)
		return { read: [table], mapping: given ?? { columns: {} }, columns: [], sample: [] };
	const { columns, rows, unit } = table;
	const { fitting, unfit } = unfitIn(columns, given);
	const mapping = mappingOf(table, fitting);
	const sample = rows.slice(0, SAMPLE).map(({ cells }) => cells);
	const account = new Account(unit);
	account.take(table.notes);
	for (const { key, text } of unfit) account.error(key, rows[0]!.line, text);
	if (unfit.length > 0) return { mapping, columns, sample, read: account.sentences };
	const found = lightsOf(table, mapping, account);
	const about = { mapping, columns, sample };
	const fail = (key: string) => {
		account.error(key, rows[0]!.line, key === "noPosition" ? namesIn(columns) : undefined);
		return { ...about, read: account.sentences };
	};
	if (typeof found === "string") return fail(found);
	const { lights, system } = found;
	if (lights.length === 0) return fail("noLights");
	if (lights.length > LIGHTS_MOST) return fail("tooMany");
	account.add("read", "system", { text: systemTitle(system) });
	const town = townOf(name, lights, account, mapping.assumed ?? {}, lines);
	const read = account.sentences;
	return { ...about, mapping: { ...mapping, system }, read, town: { ...town, read } };
}

function townOf(
	name: string,
	lights: readonly Light[],
	account: Account,
	assumed: Assumed,
	lines: string | undefined,
): Omit<Town, "read"> {
	const corner = cornerOf(lights);
	const flat = flatOf(corner);
	const points = lights.map(({ lon, lat }) => flat([lon, lat]));
	const named = lines === undefined ? undefined : linesOf(lines, flat);
	if (named && "key" in named) account.add("error", named.key);
	const { streets, without } = streetsOf(
		lights,
		points,
		named && "nearest" in named ? named : undefined,
		account,
	);
	account.add("read", "streets", { count: streets.length });
	const order = [...streets.flatMap((street) => street.lights), ...without];
	const districts = namesOf(lights.map(({ district }) => district));
	const cabinets = namesOf(lights.map(({ cabinet }) => cabinet));
	const cabinetAt = new Map(cabinets.map((cabinet, index) => [cabinet, index]));
	const of = <T>(value: (light: Light, index: number) => T) =>
		order.map((index) => value(lights[index]!, index));
	let from = 0;
	const all = streets.map((street) => {
		const made = townStreet(street, from, lights, districts, assumed.roadFrom ?? ROAD_FROM);
		from += street.lights.length;
		return made;
	});
	say(lights, all, cabinets, assumed, account);
	account.add("left", "remain", { count: lights.length });
	return {
		name,
		corner,
		x: Int32Array.from(of((_light, index) => Math.round(10 * points[index]![0]))),
		y: Int32Array.from(of((_light, index) => Math.round(10 * points[index]![1]))),
		watts: Float32Array.from(of(({ watts }) => (watts > 0 ? watts : (assumed.watts ?? NaN)))),
		isOld: Uint8Array.from(of(({ isOld }) => Number(isOld))),
		feeder: Int32Array.from(of(({ cabinet }) => cabinetAt.get(cabinet) ?? -1)),
		streets: all,
		districts,
		cabinets,
		assumed,
	};
}

function cornerOf(lights: readonly Light[]): readonly [number, number] {
	let [lon, lat] = [Infinity, Infinity];
	for (const light of lights) {
		lon = Math.min(lon, light.lon);
		lat = Math.min(lat, light.lat);
	}
	return [lon, lat];
}

/** Distinct names in order; the empty one is none. */
function namesOf(names: readonly string[]): readonly string[] {
	return [...new Set(names)].filter((name) => name !== "").sort();
}

function townStreet(
	{ name, lights, at_m }: StreetOfLights,
	from: number,
	all: readonly Light[],
	districts: readonly string[],
	roadFrom: number,
): TownStreet {
	const streetLights = lights.map((index) => all[index]!);
	const counted = streetLights.map(({ vehicles }) => vehicles).filter((count) => count >= 0);
	const lightingClass = mostOf(streetLights.map((light) => light.lightingClass));
	const vehicles = counted.length === 0 ? NaN : counted.sort((a, b) => a - b)[counted.length >> 1]!;
	return {
		name,
		district: districts.indexOf(mostOf(streetLights.map(({ district }) => district))),
		from,
		at_m: at_m.map((at) => Math.round(10 * at) / 10),
		place: placeOf(name),
		isRoad: lightingClass === "" ? vehicles > roadFrom : lightingClass.startsWith("M"),
		vehicles,
	};
}

/** The most frequent text but the empty one; of equals the first in order. */
function mostOf(texts: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const text of texts) if (text !== "") counts.set(text, (counts.get(text) ?? 0) + 1);
	const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
	return first?.[0] ?? "";
}

/** Facts of the town, missing values, and their replacements. */
function say(
	lights: readonly Light[],
	streets: readonly TownStreet[],
	cabinets: readonly string[],
	{ watts, vehicles_day, walkers_day, ledShare, roadFrom }: Assumed,
	account: Account,
): void {
	const dark = lights.filter((light) => !(light.watts > 0)).length;
	const old = lights.filter(({ isOld }) => isOld).length;
	const counted = streets.filter(({ vehicles }) => vehicles >= 0).length;
	if (dark === lights.length && watts === undefined) account.add("assumed", "noPower");
	else if (watts === undefined) account.add("assumed", "somePower", { count: dark });
	else account.add("assumed", "power", { count: dark, text: String(watts) });
	const share = String(ledShare ?? LED_SHARE);
	if (dark < lights.length) account.add("assumed", "ledShare", { count: old, text: share });
	account.add("read", "counted", { count: counted });
	const vehicles = String(vehicles_day ?? VEHICLES_DAY);
	account.add("assumed", "traffic", { count: streets.length - counted, text: vehicles });
	account.add("assumed", "walkers", { text: String(walkers_day ?? WALKERS_DAY) });
	if (cabinets.length === 0) account.add("assumed", "noCabinets");
	else account.add("read", "cabinets", { count: cabinets.length });
	const roads = streets.filter(({ isRoad }) => isRoad).length;
	account.add("read", "roads", { count: roads });
	if (lights.some(({ lightingClass }) => lightingClass !== "")) return;
	account.add("assumed", "noClasses", { text: String(roadFrom ?? ROAD_FROM) });
}

/** Degrees of a light. */
export function placeOfLight({ corner, x, y }: Town, light: number): readonly [number, number] {
	const [east, north] = degreeAt(corner[1]);
	return [corner[0] + x[light]! / 10 / east, corner[1] + y[light]! / 10 / north];
}
