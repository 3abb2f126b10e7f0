/**
 * Nights: the nights of a town's kinds in all ways, from the tasks of other processes.
 *
 * Ways by the clock are the same for all kinds but for the people in them; *mixed* is neighbours or
 * lights out, kind by kind. Where presence is not permitted, its ways are the hourly one.
 */
import { random } from "../../lib/random.js";
import {
	mixedWay,
	OURS,
	OUT_FROM,
	OUT_UNTIL,
	type Ours,
	TODAY,
	type Today,
} from "../../lib/ways/ways.js";
import { usersBetween, VEHICLES_DAY, WALKERS_DAY } from "../../sim/world/timetable.js";
import type { Course } from "./course.js";
import type { MachineWay, NightTask, StreetFigures, StreetNight } from "./streetnight.js";
import { type Kind, replicasOf } from "./typicalstreets.js";

/** A way of the switch. */
export type TownWay = Today | Ours;
export const TOWN_WAYS: readonly TownWay[] = [...TODAY, ...OURS];

/** Of a night: evening and place. */
export interface Evening {
	readonly latitude: number;
	readonly longitude: number;
	readonly zone: string;
	/** ISO 8601, with its offset. */
	readonly start: string;
	readonly length_s: number;
	/** Of sky and people. */
	readonly seed: number;
}

/** A kind's night in one way; figures are those of one street of it. */
export interface KindNight {
	readonly courses: readonly Course[];
	readonly figures: StreetFigures;
}

export type WayNights = readonly KindNight[];

export interface TownNights {
	readonly evening: Evening;
	readonly kinds: readonly Kind[];
	/** By way, the nights of all kinds; absent: not simulated yet. */
	readonly ways: Readonly<Partial<Record<TownWay, WayNights>>>;
}

/** A task and its place. */
export interface PlacedTask {
	readonly kind: number;
	readonly replica: number;
	readonly task: NightTask;
}

/** The tasks of one way; of a road in a way by presence there are none. */
export function tasksOf(way: MachineWay, kinds: readonly Kind[], evening: Evening): PlacedTask[] {
	const { seed: sky, ...place } = evening;
	return kinds.flatMap((kind, nth) =>
		kind.isRoad && way !== "hourly"
			? []
			: Array.from({ length: replicasOf(kind) }, (_, replica) => ({
					kind: nth,
					replica,
					task: { ...place, way, sky, ...streetOf(kind), seed: seedOf(kind, replica, sky) },
				})),
	);
}

function streetOf(kind: Kind): Pick<NightTask, "poles" | "vehicles" | "walkers"> {
	const { lamps, spacing_m, vehicles, walkers } = kind;
	const poles = Array.from({ length: lamps }, (_, nth) => Math.round(10 * nth * spacing_m) / 10);
	return { poles, vehicles, ...(walkers === undefined ? {} : { walkers }) };
}

/** People of a street of the kind: by its features, not by its place among the kinds. */
function seedOf({ lamps, spacing_m, vehicles, place }: Kind, replica: number, seed: number) {
	const name = `${place} ${vehicles} ${lamps} ${spacing_m} ${replica}`;
	return Math.floor(random(seed, name).next() * 2 ** 32);
}

/** The nights that follow from those simulated so far, by machine way, kind and replica. */
export function waysOf(
	kinds: readonly Kind[],
	simulated: Readonly<Partial<Record<MachineWay, readonly (readonly StreetNight[])[]>>>,
): TownNights["ways"] {
	const { presence, neighbours, hourly } = simulated;
	const ways: Partial<Record<TownWay, WayNights>> = {};
	const whole = (nights: typeof presence) => nights?.map(together);
	const first = kinds.map((kind, nth) => (kind.isRoad ? hourly?.[nth] : presence?.[nth]));
	const people = first.some((one) => one === undefined) ? hourly : first;
	if (people) for (const name of TODAY) ways[name] = people.map((one) => played(name, one!));
	if (hourly) ways.hourly = whole(hourly)!;
	const byPresence = (nights: typeof presence) => {
		if (!nights || (kinds.some(({ isRoad }) => isRoad) && !hourly)) return undefined;
		return kinds.map((kind, nth) => together(kind.isRoad ? hourly![nth]! : nights[nth]!));
	};
	const [alone, shared] = [byPresence(presence), byPresence(neighbours)];
	if (alone) ways.presence = alone;
	if (shared) ways.neighbours = shared;
	const mixed = mixedNights(kinds, ways);
	if (mixed) ways.mixed = mixed;
	return ways;
}

/** *Mixed* of the nights of neighbours and of lights out. */
export function mixedNights(
	kinds: readonly Kind[],
	{ neighbours, off }: TownNights["ways"],
): WayNights | undefined {
	if (!neighbours || !off) return undefined;
	return kinds.map((kind, nth) =>
		kind.isRoad || mixedOf(kind) === "neighbours" ? neighbours[nth]! : off[nth]!,
	);
}

/** Road users a day, on foot, by bicycle and by car. */
export function usersOf({ vehicles, walkers = WALKERS_DAY }: Users): number {
	return Math.round(walkers + vehicles);
}

type Users = Pick<Kind, "vehicles" | "walkers">;

/** The way that *mixed* takes in the streets of a kind. */
export function mixedOf({ vehicles, walkers = WALKERS_DAY }: Users): "neighbours" | "off" {
	const { pedestrian, bicycle, car } = usersBetween(OUT_FROM, OUT_UNTIL);
	const others = ((pedestrian + bicycle) * walkers) / WALKERS_DAY;
	return mixedWay(others + (car * vehicles) / VEHICLES_DAY);
}

/** The streets of a kind side by side; figures of one street. */
export function together(nights: readonly StreetNight[]): KindNight {
	return {
		courses: nights.flatMap(({ courses }) => courses),
		figures: meanOf(nights.map(({ figures }) => figures)),
	};
}

function played(name: Today, nights: readonly StreetNight[]): KindNight {
	return {
		courses: [nights[0]!.today[name].course],
		figures: meanOf(nights.map(({ today }) => today[name].figures)),
	};
}

function meanOf(all: readonly StreetFigures[]): StreetFigures {
	const names = Object.keys(all[0]!) as (keyof StreetFigures)[];
	const entries = names.map((name) => {
		const mean = all.reduce((sum, one) => sum + one[name], 0) / all.length;
		return [name, Math.round(1e4 * mean) / 1e4];
	});
	return Object.fromEntries(entries) as unknown as StreetFigures;
}
