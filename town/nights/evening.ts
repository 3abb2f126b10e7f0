/**
 * Evening: the night that is simulated for a town, and the options with which one of its streets
 * runs in real machines.
 */

import { degreeAt } from "../../lib/plane.js";
import { readInstant, type Zone } from "../../lib/zone.js";
import { NAME_MOST, type Values } from "../../sim/options/values.js";
import { VEHICLES_DAY } from "../reading/assumptions.js";
import { placeOfLight, type Town } from "../reading/readtown.js";
import type { Evening } from "./townnights.js";

/** A night of late autumn, that of the simulator's street; a weeknight. */
export const DATE = "2026-11-24";
/** Before dusk and after dawn in Belgium and France on that date. */
const FROM = "16:00:00";
const LENGTH_S = 17 * 3600;
/** Of sky and people. */
const SEED = 1;
/** Lamps of a street that run at once: more are slow on a laptop. */
const LIVE_MOST = 100;
const DIGITS = 4;

export function eveningOf(town: Town, zone: Zone): Evening {
	const { corner, x, y } = town;
	const [east, north] = degreeAt(corner[1]);
	const middle = (row: Int32Array) => [...row].sort((a, b) => a - b)[row.length >> 1]! / 10;
	const round = (value: number) => Number(value.toFixed(DIGITS));
	return {
		latitude: round(corner[1] + middle(y) / north),
		longitude: round(corner[0] + middle(x) / east),
		zone: zone.name,
		start: new Date(readInstant(`${DATE}T${FROM}`, zone)!).toISOString(),
		length_s: LENGTH_S,
		seed: SEED,
	};
}

/** Options of a run of a street of the town: its own poles, traffic and place. */
export function streetValues(town: Town, index: number): Values | undefined {
	const street = town.streets[index];
	if (!street) return undefined;
	const { at_m, vehicles, from, name, district } = street;
	const [lon, lat] = placeOfLight(town, from);
	const { vehicles_day, walkers_day } = town.assumed;
	const counted = Number.isNaN(vehicles) ? (vehicles_day ?? VEHICLES_DAY) : vehicles;
	const places = [name, town.districts[district], town.name].filter(Boolean).join(", ");
	// a file of lights may have a soft hyphen or a tab in a name, which the option refuses
	const called = places
		.slice(0, NAME_MOST)
		.replace(/\p{C}+/gu, " ")
		.trim();
	return {
		...(name === "" || called === "" ? {} : { name: called }),
		poles: at_m.slice(0, LIVE_MOST).join(","),
		vehicles: String(Math.round(counted)),
		...(walkers_day === undefined ? {} : { walkers: String(walkers_day) }),
		place: `${lat.toFixed(DIGITS)},${lon.toFixed(DIGITS)}`,
	};
}

/** A street to begin with: of those with the number of lamps of the usual page, the first. */
export function firstStreet({ streets }: Town): number {
	const far = (lamps: number) => Math.abs(lamps - 12);
	let best = 0;
	for (const [index, { at_m }] of streets.entries())
		if (far(at_m.length) < far(streets[best]!.at_m.length)) best = index;
	return best;
}
