/**
 * Town nights: the nights of a town's typical streets with all options, from the tasks of other
 * processes.
 *
 * With today's options all typical streets have the same night but for the people in them. *Mixed*
 * is neighbours or lights out, by typical street. Where presence is not permitted, the hourly
 * option takes its place.
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
import { replicasOf, type TypicalStreet } from "./typicalstreets.js";

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

/**
 * A typical street's night with one option, an average of the streets simulated for it; figures of
 * one street.
 */
export interface TypicalNight {
	readonly courses: readonly Course[];
	readonly figures: StreetFigures;
}

export type OptionNights = readonly TypicalNight[];

export interface TownNights {
	readonly evening: Evening;
	readonly typicalStreets: readonly TypicalStreet[];
	/** By option, the nights of all typical streets; absent: not simulated yet. */
	readonly options: Readonly<Partial<Record<TownOption, OptionNights>>>;
}

/** A task and its place. */
export interface PlacedTask {
	readonly typical: number;
	readonly replica: number;
	readonly task: NightTask;
}

/** The tasks of one option; of a road with an option by presence there are none. */
export function tasksOf(
	option: MachineOption,
	typicalStreets: readonly TypicalStreet[],
	evening: Evening,
): PlacedTask[] {
	const { seed: sky, ...place } = evening;
	return typicalStreets.flatMap((typicalStreet, index) =>
		typicalStreet.isRoad && option !== "hourly"
			? []
			: Array.from({ length: replicasOf(typicalStreet) }, (_, replica) => ({
					typical: index,
					replica,
					task: {
						...place,
						option,
						sky,
						...streetOf(typicalStreet),
						seed: seedOf(typicalStreet, replica, sky),
					},
				})),
	);
}

function streetOf(typicalStreet: TypicalStreet): Pick<NightTask, "poles" | "vehicles" | "walkers"> {
	const { lamps, spacing_m, vehicles, walkers } = typicalStreet;
	const poles = Array.from(
		{ length: lamps },
		(_, index) => Math.round(10 * index * spacing_m) / 10,
	);
	return { poles, vehicles, ...(walkers === undefined ? {} : { walkers }) };
}

/**
 * The people of a simulated street: by its features, not by its place among the typical streets.
 */
function seedOf(
	{ lamps, spacing_m, vehicles, place }: TypicalStreet,
	replica: number,
	seed: number,
) {
	const name = `${place} ${vehicles} ${lamps} ${spacing_m} ${replica}`;
	return Math.floor(random(seed, name).next() * 2 ** 32);
}

/**
 * The nights that follow from those simulated so far, by machine option, typical street and
 * replica.
 */
export function nightsByOption(
	typicalStreets: readonly TypicalStreet[],
	simulated: Readonly<Partial<Record<MachineOption, readonly (readonly StreetNight[])[]>>>,
): TownNights["options"] {
	const { presence, neighbours, hourly } = simulated;
	const options: Partial<Record<TownOption, OptionNights>> = {};
	const allTogether = (nights: typeof presence) => nights?.map(together);
	const first = typicalStreets.map((typicalStreet, index) =>
		typicalStreet.isRoad ? hourly?.[index] : presence?.[index],
	);
	const people = first.some((nights) => nights === undefined) ? hourly : first;
	if (people)
		for (const name of TODAY) options[name] = people.map((nights) => played(name, nights!));
	if (hourly) options.hourly = allTogether(hourly)!;
	const byPresence = (nights: typeof presence) => {
		if (!nights || (typicalStreets.some(({ isRoad }) => isRoad) && !hourly)) return undefined;
		return typicalStreets.map((typicalStreet, index) =>
			together(typicalStreet.isRoad ? hourly![index]! : nights[index]!),
		);
	};
	const [alone, shared] = [byPresence(presence), byPresence(neighbours)];
	if (alone) options.presence = alone;
	if (shared) options.neighbours = shared;
	const mixed = mixedNights(typicalStreets, options);
	if (mixed) options.mixed = mixed;
	return options;
}

/** *Mixed* of the nights of neighbours and of lights out. */
export function mixedNights(
	typicalStreets: readonly TypicalStreet[],
	{ neighbours, off }: TownNights["options"],
): OptionNights | undefined {
	if (!neighbours || !off) return undefined;
	return typicalStreets.map((typicalStreet, index) =>
		typicalStreet.isRoad || mixedOf(typicalStreet) === "neighbours"
			? neighbours[index]!
			: off[index]!,
	);
}

/** Road users a day, on foot, by bicycle and by car. */
export function usersOf({ vehicles, walkers = WALKERS_DAY }: Users): number {
	return Math.round(walkers + vehicles);
}

type Users = Pick<TypicalStreet, "vehicles" | "walkers">;

/** The option that *mixed* takes in a typical street. */
export function mixedOf({ vehicles, walkers = WALKERS_DAY }: Users): "neighbours" | "off" {
	const { pedestrian, bicycle, car } = usersBetween(OUT_FROM, OUT_UNTIL);
	const others = ((pedestrian + bicycle) * walkers) / WALKERS_DAY;
	return mixedOption(others + (car * vehicles) / VEHICLES_DAY);
}

/** The streets simulated for a typical street side by side; figures of one street. */
export function together(nights: readonly StreetNight[]): TypicalNight {
	return {
		courses: nights.flatMap(({ courses }) => courses),
		figures: meanOf(nights.map(({ figures }) => figures)),
	};
}

function played(name: Today, nights: readonly StreetNight[]): TypicalNight {
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
