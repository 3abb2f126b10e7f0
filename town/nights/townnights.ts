/**
 * Nights: the nights of a town's kinds with all options, from the tasks of other processes.
 *
 * Options by the clock are the same for all kinds but for the people in them; *mixed* is neighbours or
 * lights out, kind by kind. Where presence is not permitted, its options are the hourly one.
 */

import {
	mixedOption,
	OURS,
	OUT_FROM,
	OUT_UNTIL,
	type Ours,
	TODAY,
	type Today,
} from "../../lib/lightingoptions/options.js";
import { random } from "../../lib/random.js";
import { usersBetween, VEHICLES_DAY, WALKERS_DAY } from "../../sim/world/timetable.js";
import type { Course } from "./course.js";
import type { MachineOption, NightTask, StreetFigures, StreetNight } from "./streetnight.js";
import { type Kind, replicasOf } from "./typicalstreets.js";

/** An option of the switch. */
export type TownOption = Today | Ours;
export const TOWN_OPTIONS: readonly TownOption[] = [...TODAY, ...OURS];

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

/** A kind's night with one option; figures are those of one street of it. */
export interface KindNight {
	readonly courses: readonly Course[];
	readonly figures: StreetFigures;
}

export type OptionNights = readonly KindNight[];

export interface TownNights {
	readonly evening: Evening;
	readonly kinds: readonly Kind[];
	/** By option, the nights of all kinds; absent: not simulated yet. */
	readonly options: Readonly<Partial<Record<TownOption, OptionNights>>>;
}

/** A task and its place. */
export interface PlacedTask {
	readonly kind: number;
	readonly replica: number;
	readonly task: NightTask;
}

/** The tasks of one option; of a road with an option by presence there are none. */
export function tasksOf(
	option: MachineOption,
	kinds: readonly Kind[],
	evening: Evening,
): PlacedTask[] {
	const { seed: sky, ...place } = evening;
	return kinds.flatMap((kind, index) =>
		kind.isRoad && option !== "hourly"
			? []
			: Array.from({ length: replicasOf(kind) }, (_, replica) => ({
					kind: index,
					replica,
					task: { ...place, option, sky, ...streetOf(kind), seed: seedOf(kind, replica, sky) },
				})),
	);
}

function streetOf(kind: Kind): Pick<NightTask, "poles" | "vehicles" | "walkers"> {
	const { lamps, spacing_m, vehicles, walkers } = kind;
	const poles = Array.from(
		{ length: lamps },
		(_, index) => Math.round(10 * index * spacing_m) / 10,
	);
	return { poles, vehicles, ...(walkers === undefined ? {} : { walkers }) };
}

/** People of a street of the kind: by its features, not by its place among the kinds. */
function seedOf({ lamps, spacing_m, vehicles, place }: Kind, replica: number, seed: number) {
	const name = `${place} ${vehicles} ${lamps} ${spacing_m} ${replica}`;
	return Math.floor(random(seed, name).next() * 2 ** 32);
}

/** The nights that follow from those simulated so far, by machine option, kind and replica. */
export function nightsByOption(
	kinds: readonly Kind[],
	simulated: Readonly<Partial<Record<MachineOption, readonly (readonly StreetNight[])[]>>>,
): TownNights["options"] {
	const { presence, neighbours, hourly } = simulated;
	const options: Partial<Record<TownOption, OptionNights>> = {};
	const allTogether = (nights: typeof presence) => nights?.map(together);
	const first = kinds.map((kind, index) => (kind.isRoad ? hourly?.[index] : presence?.[index]));
	const people = first.some((nights) => nights === undefined) ? hourly : first;
	if (people)
		for (const name of TODAY) options[name] = people.map((nights) => played(name, nights!));
	if (hourly) options.hourly = allTogether(hourly)!;
	const byPresence = (nights: typeof presence) => {
		if (!nights || (kinds.some(({ isRoad }) => isRoad) && !hourly)) return undefined;
		return kinds.map((kind, index) => together(kind.isRoad ? hourly![index]! : nights[index]!));
	};
	const [alone, shared] = [byPresence(presence), byPresence(neighbours)];
	if (alone) options.presence = alone;
	if (shared) options.neighbours = shared;
	const mixed = mixedNights(kinds, options);
	if (mixed) options.mixed = mixed;
	return options;
}

/** *Mixed* of the nights of neighbours and of lights out. */
export function mixedNights(
	kinds: readonly Kind[],
	{ neighbours, off }: TownNights["options"],
): OptionNights | undefined {
	if (!neighbours || !off) return undefined;
	return kinds.map((kind, index) =>
		kind.isRoad || mixedOf(kind) === "neighbours" ? neighbours[index]! : off[index]!,
	);
}

/** Road users a day, on foot, by bicycle and by car. */
export function usersOf({ vehicles, walkers = WALKERS_DAY }: Users): number {
	return Math.round(walkers + vehicles);
}

type Users = Pick<Kind, "vehicles" | "walkers">;

/** The option that *mixed* takes in the streets of a kind. */
export function mixedOf({ vehicles, walkers = WALKERS_DAY }: Users): "neighbours" | "off" {
	const { pedestrian, bicycle, car } = usersBetween(OUT_FROM, OUT_UNTIL);
	const others = ((pedestrian + bicycle) * walkers) / WALKERS_DAY;
	return mixedOption(others + (car * vehicles) / VEHICLES_DAY);
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
		const mean = all.reduce((sum, figures) => sum + figures[name], 0) / all.length;
		return [name, Math.round(1e4 * mean) / 1e4];
	});
	return Object.fromEntries(entries) as unknown as StreetFigures;
}
