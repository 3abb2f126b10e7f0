/** Drawn town: lights, streets and nights drawn from a seed, as the server sends them. */
import type { OptionName } from "../../../lib/lightingoptions/options.js";
import {
	MACHINES,
	type NightRow,
	packed,
	type ServedCourse,
	type ServedNight,
	type ServedTown,
} from "../../../town/townmessages.js";

/** A course in plain numbers. */
export interface PlainChange {
	readonly t: number;
	/** In 1/200. */
	readonly level: number;
	/** Seconds. */
	readonly fade: number;
	readonly cause: number;
}

export function courseOf(changes: readonly PlainChange[]): ServedCourse {
	return {
		t: packed(Uint32Array.from(changes, ({ t }) => t)),
		level: packed(Uint8Array.from(changes, ({ level }) => level)),
		fade: packed(Uint16Array.from(changes, ({ fade }) => Math.round(10 * fade))),
		cause: packed(Uint8Array.from(changes, ({ cause }) => cause)),
	};
}

export interface PlainLight {
	readonly x: number;
	readonly y: number;
	readonly street?: number;
	readonly place?: number;
	readonly typical?: number;
	readonly machine?: number;
	readonly shift?: number;
	readonly watts?: number;
	readonly feeder?: number;
}

export interface PlainTown {
	readonly lights: readonly PlainLight[];
	readonly streets?: readonly string[];
	readonly districts?: readonly string[];
	readonly cabinets?: readonly string[];
	readonly typicalCount?: number;
}

export function townOf({
	lights,
	streets = [],
	districts = [],
	cabinets = [],
	typicalCount = 1,
}: PlainTown): ServedTown {
	const ints = (of: (light: PlainLight) => number) => packed(Int32Array.from(lights, of));
	return {
		name: "Made",
		kind: "made",
		zone: "Europe/Brussels",
		date0: "2026-11-24",
		x: ints(({ x }) => Math.round(10 * x)),
		y: ints(({ y }) => Math.round(10 * y)),
		street: ints(({ street = -1 }) => street),
		place: ints(({ place = 0 }) => place),
		machine: ints(({ typical = 0, machine = 0 }) => typical * MACHINES + machine),
		shift: packed(Int16Array.from(lights, ({ shift = 0 }) => shift)),
		watts: packed(Float32Array.from(lights, ({ watts = NaN }) => watts)),
		feeder: ints(({ feeder = -1 }) => feeder),
		streets: streets.map((name, index) => ({
			name,
			district: districts.length > 0 ? index % districts.length : -1,
			typical: index % typicalCount,
			spacing_m: 30,
		})),
		districts,
		cabinets,
		typicalStreets: Array.from({ length: typicalCount }, () => ({
			name: { place: "residential", users_day: 300, isCounted: false, lamps: 12, spacing_m: 30 },
			streets: 4,
			lights: 10,
			simulated: 3,
		})),
		read: [],
		options: [],
	};
}

const NONE = { low: 0, mid: 0, high: 0, by: {} };

export function nightOf(
	option: OptionName,
	courses: readonly (readonly (readonly PlainChange[])[])[],
	more: Partial<ServedNight> = {},
): ServedNight {
	const row: NightRow = {
		district: -1,
		lights: 1,
		known: 0,
		meanLevel: 50,
		passagesDark: NONE,
		darkHours: NONE,
		belowClass_h: NONE,
		origin: "simulated",
		yearOrigin: "modelled",
	};
	return {
		option,
		start: "2026-11-24T11:00:00Z",
		length_s: 86_400,
		courses: courses.map((typicalCourses) => typicalCourses.map(courseOf)),
		isShifted: courses.map(() => true),
		shiftFrom_s: 20_000,
		shiftTo_s: 70_000,
		causes: ["none", "program", "presence", "fault"],
		figures: [row],
		...more,
	};
}
