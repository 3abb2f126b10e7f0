/**
 * Encoded: a town and its nights in the form in which the page reads them (town/townmessages.ts).
 *
 * A lamp takes the course of a machine of its typical street, in the order of the street. Streets
 * are dealt over the streets that were simulated for their typical street, and each stretch of
 * lamps is shifted by a different amount, so that streets do not ripple together.
 */

import { isToday } from "../../lib/lightingoptions/options.js";
import {
	rangeOf,
	spreadOf,
	sumOfRanges,
	TRAFFIC_FACTORS,
} from "../../lib/lightingoptions/range.js";
import { chance } from "../../lib/random.js";
import { CAUSES } from "../../sim/results/ring.js";
import { fullSeconds } from "../nights/course.js";
import {
	type TownNights,
	type TownOption,
	type TypicalNight,
	usersOf,
} from "../nights/townnights.js";
import type { TownYears } from "../nights/townyears.js";
import { replicasOf, type SortedStreets, spacingOf } from "../nights/typicalstreets.js";
import { LED_SHARE } from "../reading/assumptions.js";
import type { Town } from "../reading/readtown.js";
import {
	MACHINES,
	type NightRow,
	packed,
	type ServedNight,
	type ServedOption,
	type ServedTown,
	type TownKind,
} from "../townmessages.js";

/** A course is shifted by so much at most either way, s: the hour of the night stays. */
export const SHIFT_MOST = 1_800;
/** From dusk and before dawn courses keep their instants for so long, s. */
const LIT = 1_800;

export interface Machines {
	/** Of each light: typical street * MACHINES + machine. */
	readonly machine: Int32Array;
	readonly shift: Int16Array;
	readonly typical: Int32Array;
}

export function machinesOf(town: Town, { typicalStreets, of, usual }: SortedStreets): Machines {
	const { x, streets } = town;
	const [machine, shift] = [new Int32Array(x.length), new Int16Array(x.length)];
	const typical = new Int32Array(x.length).fill(usual);
	const deal = (light: number, street: number, place: number, typicalOfStreet: number) => {
		const { lamps } = typicalStreets[typicalOfStreet]!;
		const stretch = Math.floor(place / lamps);
		const replica = (street + stretch) % replicasOf(typicalStreets[typicalOfStreet]!);
		typical[light] = typicalOfStreet;
		machine[light] = typicalOfStreet * MACHINES + replica * lamps + (place % lamps);
		shift[light] = Math.round((2 * chance(street, stretch) - 1) * SHIFT_MOST);
	};
	let end = 0;
	for (const [index, { from, at_m }] of streets.entries()) {
		for (let place = 0; place < at_m.length; place++) deal(from + place, index, place, of[index]!);
		end = from + at_m.length;
	}
	for (let light = end; light < x.length; light++) deal(light, streets.length + light, 0, usual);
	return { machine, shift, typical };
}

export interface About {
	readonly town: Town;
	readonly kind: TownKind;
	readonly sorted: SortedStreets;
	readonly machines: Machines;
	readonly zone: string;
	/** Local date of the evening. */
	readonly date: string;
}

export function servedTown(about: About, options: readonly ServedOption[]): ServedTown {
	const { town, sorted, machines, zone, date } = about;
	const { x, y, watts, feeder, streets, districts, cabinets, read, name } = town;
	const { source, licence, date: dated } = town;
	const [street, place] = [new Int32Array(x.length).fill(-1), new Int32Array(x.length)];
	for (const [index, { from, at_m }] of streets.entries())
		for (let at = 0; at < at_m.length; at++) {
			street[from + at] = index;
			place[from + at] = at;
		}
	return {
		name,
		kind: about.kind,
		...(source === undefined ? {} : { source }),
		...(licence === undefined ? {} : { licence }),
		...(dated === undefined ? {} : { date: dated }),
		zone,
		date0: date,
		x: packed(x),
		y: packed(y),
		street: packed(street),
		place: packed(place),
		machine: packed(machines.machine),
		shift: packed(machines.shift),
		watts: packed(watts),
		feeder: packed(feeder),
		streets: streets.map((townStreet, index) => ({
			name: townStreet.name,
			district: townStreet.district,
			typical: sorted.of[index]!,
			spacing_m: Math.round(10 * spacingOf(townStreet.at_m)) / 10,
		})),
		districts,
		cabinets,
		typicalStreets: sorted.typicalStreets.map((typicalStreet) => ({
			name: {
				place: typicalStreet.place,
				users_day: usersOf(typicalStreet),
				isCounted: typicalStreet.isCounted,
				lamps: typicalStreet.lamps,
				spacing_m: typicalStreet.spacing_m,
			},
			streets: typicalStreet.streets,
			lights: typicalStreet.lights,
			simulated: replicasOf(typicalStreet),
		})),
		read,
		assumed: town.assumed,
		options,
	};
}

export function servedNight(
	about: About,
	nights: TownNights,
	option: TownOption,
	years: TownYears | undefined,
): ServedNight {
	const typicalNights = nights.options[option]!;
	const { start, length_s } = nights.evening;
	const [shiftFrom_s, shiftTo_s] = shiftWindow(nights);
	return {
		option,
		start,
		length_s,
		courses: typicalNights.map(({ courses }) =>
			courses.map(({ t, level, fade, cause }) => ({
				t: packed(t),
				level: packed(level),
				fade: packed(fade),
				cause: packed(cause),
			})),
		),
		isShifted: shiftedStreets(nights, option),
		shiftFrom_s,
		shiftTo_s,
		causes: CAUSES,
		figures: rowsOf(about, nights, option, years),
	};
}

/** Seconds between which courses are shifted. */
export function shiftWindow(nights: TownNights): readonly [from: number, to: number] {
	const [dusk, dawn] = darkOf(nights);
	return [dusk + LIT, dawn - LIT];
}

/** Whether the lamps of each typical street take their course with their shift. */
export function shiftedStreets(nights: TownNights, option: TownOption): readonly boolean[] {
	const typicalNights = nights.options[option]!;
	return typicalNights.map(
		({ courses }, typical) => courses.length > 1 && !isByClock(nights, option, typical),
	);
}

/** Whether the lamps of a typical street follow the clock with an option. */
function isByClock(
	{ typicalStreets, options }: TownNights,
	option: TownOption,
	typical: number,
): boolean {
	if (isToday(option) || option === "hourly" || typicalStreets[typical]!.isRoad) return true;
	return option === "mixed" && options.mixed![typical] !== options.neighbours![typical];
}

/** Seconds at which the cabinet switches on and off. */
export function darkOf({ options, evening }: TownNights): readonly [number, number] {
	const course = options.full?.[0]?.courses[0];
	const lit = course?.level.findIndex((level) => level > 0) ?? -1;
	return course && lit >= 0
		? [course.t[lit]!, course.level.at(-1) === 0 ? course.t.at(-1)! : evening.length_s]
		: [0, evening.length_s];
}

function rowsOf(
	{ town, machines }: About,
	nights: TownNights,
	option: TownOption,
	years: TownYears | undefined,
): readonly NightRow[] {
	const { streets, districts, x } = town;
	const typicalNights = nights.options[option]!;
	const [dusk, dawn] = darkOf(nights);
	const levels = typicalNights.map((night) => meanLevel(night, dusk, dawn));
	const all = Array.from({ length: districts.length + 1 }, () => new Sums());
	const last = all.length - 1;
	let end = 0;
	for (const { from, at_m, district } of streets) {
		end = from + at_m.length;
		const typical = machines.typical[from]!;
		const add = (sums: Sums) => {
			sums.passages += typicalNights[typical]!.figures.unlit;
			for (let light = from; light < end; light++) sums.add(light, typical);
		};
		if (district >= 0) add(all[district]!);
		add(all[last]!);
	}
	for (let light = end; light < x.length; light++) all[last]!.add(light, machines.typical[light]!);
	const lampOf = (typical: number) => ({
		night: typicalNights[typical]!,
		level: levels[typical]!,
		lamps: nights.typicalStreets[typical]!.lamps,
	});
	return all.map((sums, index) => {
		const district = index === last ? -1 : index;
		return rowOf(district, sums, lampOf, town, option, years);
	});
}

class Sums {
	passages = 0;
	readonly lights: (readonly [light: number, typical: number])[] = [];
	add(light: number, typical: number): void {
		this.lights.push([light, typical]);
	}
}

function rowOf(
	district: number,
	{ lights, passages }: Sums,
	lampOf: (typical: number) => { night: TypicalNight; level: number; lamps: number },
	town: Town,
	option: TownOption,
	years: TownYears | undefined,
): NightRow {
	let [level, unlit, below] = [0, 0, 0];
	for (const [, typical] of lights) {
		const { night, level: typicalLevel, lamps } = lampOf(typical);
		level += typicalLevel;
		unlit += night.figures.unlit_h;
		below += night.figures.below_s / lamps / 3600;
	}
	const each = Math.max(1, lights.length);
	const watts = ledWatts(town);
	const mwhYear = years?.mwhOf(option, lights, watts);
	const mwhOld = option === "full" && hasOldLamps(town) ? oldYear(town, lights, years) : undefined;
	const byTraffic = (mid: number) =>
		rangeOf(mid, { traffic: spreadOf(mid, ...TRAFFIC_FACTORS.map((factor) => factor * mid)) });
	return {
		district,
		lights: lights.length,
		known: lights.filter(([light]) => !Number.isNaN(watts[light]!)).length,
		...(mwhYear === undefined ? {} : { mwhYear }),
		...(mwhOld === undefined ? {} : { mwhOld }),
		meanLevel: Math.round((10 * level) / each) / 10,
		passagesDark: byTraffic(passages),
		darkHours: rangeOf(unlit / each, {}),
		belowClass_h: byTraffic(below),
		origin: isToday(option) ? "played" : "simulated",
		yearOrigin: town.assumed.watts === undefined ? "modelled" : "assumed",
	};
}

/** The file names old lamps, and their watts are known. */
export function hasOldLamps({ watts, isOld }: Pick<Town, "watts" | "isOld">): boolean {
	return isOld.some((old, light) => old === 1 && !Number.isNaN(watts[light]!));
}

/** Old lamps from dusk to dawn with the file's watts, which are taken as with the ballast; LED at full elsewhere. */
function oldYear(town: Town, lights: Sums["lights"], years: TownYears | undefined) {
	const isOld = ([light]: Sums["lights"][number]) => town.isOld[light] === 1;
	const old = years?.mwhOf("sodium", lights.filter(isOld), town.watts);
	const led = years?.mwhOf(
		"full",
		lights.filter((light) => !isOld(light)),
		town.watts,
	);
	return old && led ? sumOfRanges(old, led) : (old ?? led);
}

/** Power of the LED of each light: its own, or the one that takes an old lamp's place. */
export function ledWatts({ watts, isOld, assumed }: Town): Float32Array {
	const share = (assumed.ledShare ?? LED_SHARE) / 100;
	return watts.map((lampWatts, index) => (isOld[index] === 1 ? lampWatts * share : lampWatts));
}

/** Of a typical street's lamps while it is dark, per cent of full. */
function meanLevel({ courses }: TypicalNight, dusk: number, dawn: number): number {
	const sum = courses.reduce((all, course) => all + fullSeconds(course, dusk, dawn), 0);
	return (100 * sum) / courses.length / (dawn - dusk);
}
