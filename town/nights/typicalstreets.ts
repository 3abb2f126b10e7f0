/**
 * Typical streets: the streets of a town sorted by place, class, traffic, number and spacing of
 * lamps.
 *
 * Streets of equal features are a group. The groups with the most lights are kept, and each other
 * group joins the nearest one of its class. Each group is simulated as one typical street, which
 * has the medians of its streets, each street counted by its lights.
 */
import { VEHICLES_DAY } from "../reading/assumptions.js";
import type { PlaceName } from "../reading/placename.js";
import type { Town, TownStreet } from "../reading/readtown.js";

/** Typical streets of a town at most: their nights take minutes of a core. */
export const MOST_TYPICAL_STREETS = 12;
/**
 * Lamps that are simulated for a typical street; fewer than the 24 that a comparison has, for the
 * same reason.
 */
export const SIMULATED_LAMPS = 8;
/** Spacing of a street of one lamp, m. */
const ALONE = 30;

export interface TypicalStreet {
	readonly place: PlaceName;
	/** Presence is not permitted: an M class. */
	readonly isRoad: boolean;
	/** Motor vehicles a day; counted in most of its lights' streets, or assumed. */
	readonly vehicles: number;
	readonly isCounted: boolean;
	/** On foot and by bicycle a day, entered; absent: those of the residential street. */
	readonly walkers?: number;
	readonly lamps: number;
	readonly spacing_m: number;
	readonly streets: number;
	readonly lights: number;
}

export interface SortedStreets {
	readonly typicalStreets: readonly TypicalStreet[];
	/** Of each street. */
	readonly of: Int32Array;
	/** The typical street with the most lights, for those without a street. */
	readonly usual: number;
}

interface Group {
	readonly key: string;
	readonly features: readonly number[];
	readonly isRoad: boolean;
	readonly members: number[];
	lights: number;
}

export function typicalStreetsOf(town: Town): SortedStreets {
	const { streets, assumed } = town;
	const vehiclesOf = (street: TownStreet) =>
		Number.isNaN(street.vehicles) ? (assumed.vehicles_day ?? VEHICLES_DAY) : street.vehicles;
	const groups = new Map<string, Group>();
	for (const [index, street] of streets.entries()) {
		const features = featuresOf(street, vehiclesOf(street));
		const key = `${Number(street.isRoad)} ${features.join(" ")}`;
		const group = groups.get(key) ?? {
			key,
			features,
			isRoad: street.isRoad,
			members: [],
			lights: 0,
		};
		group.members.push(index);
		group.lights += street.at_m.length;
		groups.set(key, group);
	}
	const sorted = [...groups.values()].sort(
		(a, b) => b.lights - a.lights || (a.key < b.key ? -1 : 1),
	);
	const kept = chosen(sorted);
	for (const group of sorted) {
		if (kept.includes(group)) continue;
		const near = nearest(group, kept);
		near.members.push(...group.members);
		near.lights += group.lights;
	}
	const of = new Int32Array(streets.length);
	for (const [typical, { members }] of kept.entries())
		for (const index of members) of[index] = typical;
	const typicalStreets = kept.map(({ members }) =>
		typicalStreetOf(
			members.map((index) => streets[index]!),
			vehiclesOf,
			assumed.walkers_day,
		),
	);
	const usual = typicalStreets.reduce(
		(best, { lights }, index) => (lights > typicalStreets[best]!.lights ? index : best),
		0,
	);
	return { typicalStreets, of, usual };
}

/** The largest, and of roads at least one. */
function chosen(sorted: readonly Group[]): readonly Group[] {
	const kept = sorted.slice(0, MOST_TYPICAL_STREETS);
	for (const isRoad of [true, false]) {
		const first = sorted.find((group) => group.isRoad === isRoad);
		if (first && !kept.some((group) => group.isRoad === isRoad)) kept[kept.length - 1] = first;
	}
	return kept;
}

function nearest(group: Group, kept: readonly Group[]): Group {
	let [best, least]: [Group | undefined, number] = [undefined, Infinity];
	for (const other of kept) {
		if (other.isRoad !== group.isRoad) continue;
		const far = group.features.reduce(
			(sum, value, index) => sum + Math.abs(value - other.features[index]!),
			0,
		);
		if (far < least) [best, least] = [other, far];
	}
	return best!;
}

/** Steps of doubled traffic, number and spacing; a place of another name is half a step. */
function featuresOf({ place, at_m }: TownStreet, vehicles: number): readonly number[] {
	const steps = (value: number, from: number, most: number) =>
		Math.max(0, Math.min(most, Math.round(Math.log2(Math.max(1, value) / from))));
	return [
		["residential", "lane"].includes(place) ? 0 : place === "throughRoad" ? 0.5 : -0.5,
		steps(vehicles, VEHICLES_DAY / 4, 8),
		steps(at_m.length, 2, 3),
		steps(spacingOf(at_m), 10, 3),
	];
}

export function spacingOf(at_m: readonly number[]): number {
	return at_m.length > 1 ? at_m.at(-1)! / (at_m.length - 1) : ALONE;
}

function typicalStreetOf(
	streets: readonly TownStreet[],
	vehiclesOf: (street: TownStreet) => number,
	walkers: number | undefined,
): TypicalStreet {
	const lights = streets.reduce((sum, { at_m }) => sum + at_m.length, 0);
	const median = (value: (street: TownStreet) => number) => {
		const sorted = [...streets].sort((a, b) => value(a) - value(b));
		let passed = 0;
		for (const street of sorted) {
			passed += street.at_m.length;
			if (2 * passed >= lights) return value(street);
		}
		return value(sorted.at(-1)!);
	};
	const counted = streets.filter(({ vehicles }) => !Number.isNaN(vehicles));
	const countedLights = counted.reduce((sum, { at_m }) => sum + at_m.length, 0);
	return {
		place: placeOf(streets),
		isRoad: streets[0]!.isRoad,
		vehicles: Math.round(median(vehiclesOf)),
		isCounted: 2 * countedLights > lights,
		...(walkers === undefined ? {} : { walkers }),
		lamps: Math.min(
			SIMULATED_LAMPS,
			median(({ at_m }) => at_m.length),
		),
		spacing_m: Math.round(10 * median(({ at_m }) => spacingOf(at_m))) / 10,
		streets: streets.length,
		lights,
	};
}

/** The place of most of its lights. */
function placeOf(streets: readonly TownStreet[]): PlaceName {
	const counts = new Map<PlaceName, number>();
	for (const { place, at_m } of streets) counts.set(place, (counts.get(place) ?? 0) + at_m.length);
	return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]![0];
}

/** Streets that are simulated side by side for a typical street, each with other people. */
export function replicasOf({ lamps }: Pick<TypicalStreet, "lamps">): number {
	return Math.max(1, Math.floor(SIMULATED_LAMPS / lamps));
}
