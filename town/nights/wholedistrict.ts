/**
 * Whole district: every lamp of a district, or of a part of it, in a real machine with every
 * option, beside the figures that the typical streets give for the same lamps.
 *
 * The nights of the typical streets must exist. The difference is the error of sampling: each
 * street stands here for itself, with other people under the same sky. It says nothing about the
 * world.
 */

import { random } from "../../lib/random.js";
import { overJobs } from "../../sim/cli/jobs.js";
import { VEHICLES_DAY } from "../reading/assumptions.js";
import type { ShownTown } from "../server/showntown.js";
import { runTask } from "./nighttask.js";
import { MACHINE_OPTIONS, type NightTask, type StreetNight } from "./streetnight.js";
import { nightsByOption, TOWN_OPTIONS, type TownOption } from "./townnights.js";
import type { TypicalStreet } from "./typicalstreets.js";

/** Both sums of the same lamps with an option. */
export interface WholeRow {
	readonly option: TownOption;
	readonly energy_kWh: number;
	readonly byTypical_kWh: number;
	/** Person-hours under a lamp with less than the full class. */
	readonly below_h: number;
	readonly byTypicalBelow_h: number;
}

export interface Whole {
	readonly streets: number;
	readonly lamps: number;
	readonly rows: readonly WholeRow[];
}

/** Streets of the district from its middle outwards, until they have `most` lamps. */
export function streetsIn(shownTown: ShownTown, district: string, most: number): readonly number[] {
	const { town } = shownTown.about;
	const districtIndex = town.districts.indexOf(district);
	const streetsOfDistrict = town.streets.flatMap((street, place) =>
		street.district === districtIndex ? [place] : [],
	);
	const at = (place: number) => {
		const { from, at_m } = town.streets[place]!;
		const middle = from + (at_m.length >> 1);
		return [town.x[middle]!, town.y[middle]!] as const;
	};
	const mean = (axis: 0 | 1) =>
		streetsOfDistrict.reduce((sum, place) => sum + at(place)[axis], 0) / streetsOfDistrict.length;
	const [x, y] = [mean(0), mean(1)];
	const far = (place: number) => Math.hypot(at(place)[0] - x, at(place)[1] - y);
	const chosen: number[] = [];
	let lamps = 0;
	for (const place of streetsOfDistrict.sort((a, b) => far(a) - far(b))) {
		const { length } = town.streets[place]!.at_m;
		if (lamps + length > most) continue;
		chosen.push(place);
		lamps += length;
	}
	return chosen;
}

/** Lives them. `onShare`: the share of all work that is done. */
export async function wholeOf(
	shownTown: ShownTown,
	streets: readonly number[],
	onShare: (share: number) => void,
): Promise<Whole> {
	const { town, sorted } = shownTown.about;
	const lived = streets.map((index) => {
		const { at_m, isRoad, vehicles } = town.streets[index]!;
		const counted = Number.isNaN(vehicles) ? (town.assumed.vehicles_day ?? VEHICLES_DAY) : vehicles;
		return { index, poles: at_m, isRoad, vehicles: Math.round(counted) };
	});
	const { seed: sky, ...evening } = shownTown.evening;
	const { walkers_day: walkers } = town.assumed;
	const place = { ...evening, ...(walkers === undefined ? {} : { walkers }) };
	const tasks = MACHINE_OPTIONS.flatMap((option) =>
		lived.flatMap(({ index, poles, isRoad, vehicles }, street) => {
			if (isRoad && option !== "hourly") return [];
			const seed = Math.floor(random(sky, `street ${index}`).next() * 2 ** 32);
			return [
				{ street, task: { ...place, option, sky, seed, poles, vehicles } satisfies NightTask },
			];
		}),
	);
	const simulated = Object.fromEntries(
		MACHINE_OPTIONS.map((option) => [option, lived.map((): StreetNight[] => [])]),
	);
	const all = tasks.map(({ task }) => task);
	let done = 0;
	for await (const night of overJobs<NightTask, StreetNight>(all, shownTown.jobs, runTask, {
		onShare,
	})) {
		const { street, task } = tasks[done++]!;
		simulated[task.option]![street]!.push(night);
	}
	const asTypical = lived.map(({ index, ...street }) => ({
		...sorted.typicalStreets[sorted.of[index]!]!,
		...street,
	}));
	const nights = nightsByOption(asTypical as readonly TypicalStreet[], simulated);
	const rows = TOWN_OPTIONS.map((option) => rowOf(shownTown, option, lived, nights[option]!));
	return {
		streets: lived.length,
		lamps: lived.reduce((sum, { poles }) => sum + poles.length, 0),
		rows,
	};
}

type LivedStreet = { readonly index: number; readonly poles: readonly number[] };

function rowOf(
	shownTown: ShownTown,
	option: TownOption,
	lived: readonly LivedStreet[],
	nights: NonNullable<ReturnType<typeof nightsByOption>[TownOption]>,
): WholeRow {
	const { sorted } = shownTown.about;
	const frozen = shownTown.nights.options[option]!;
	const row = { option, energy_kWh: 0, byTypical_kWh: 0, below_h: 0, byTypicalBelow_h: 0 };
	for (const [street, { index, poles }] of lived.entries()) {
		const typical = sorted.of[index]!;
		const share = poles.length / sorted.typicalStreets[typical]!.lamps;
		const [true_, sampled] = [nights[street]!.figures, frozen[typical]!.figures];
		row.energy_kWh += true_.energy_kWh;
		row.byTypical_kWh += sampled.energy_kWh * share;
		row.below_h += true_.below_s / 3600;
		row.byTypicalBelow_h += (sampled.below_s * share) / 3600;
	}
	return row;
}
