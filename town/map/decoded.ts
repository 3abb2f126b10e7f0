/**
 * Decoded: a town and its nights in typed arrays, one place a light, as the map computes with them.
 */
import {
	afterChange,
	float32,
	int16,
	int32,
	MACHINES,
	type ServedNight,
	type ServedTown,
	timeIn,
	uint8,
	uint16,
	uint32,
} from "../townmessages.js";

/** Levels of a course are in steps of half a per cent. */
export const FULL = 200;
const DECIMETRES = 10;

export interface Town {
	readonly served: ServedTown;
	readonly count: number;
	/** Metres from the south-west corner. */
	readonly x: Float32Array;
	readonly y: Float32Array;
	readonly width: number;
	readonly height: number;
	readonly street: Int32Array;
	readonly machine: Int32Array;
	readonly shift: Int16Array;
	readonly watts: Float32Array;
	readonly feeder: Int32Array;
	/** Place in `districts`, -1: none. */
	readonly district: Int16Array;
	/** Lights of each street in their order along it. */
	readonly lightsOf: readonly Int32Array[];
	/** Some lights have watts. */
	readonly hasWatts: boolean;
}

export function decodeTown(served: ServedTown): Town {
	const metres = (text: string) =>
		Float32Array.from(int32(text), (decimetres) => decimetres / DECIMETRES);
	const [x, y] = [metres(served.x), metres(served.y)];
	const count = x.length;
	const street = int32(served.street);
	const watts = float32(served.watts);
	const district = new Int16Array(count);
	for (let light = 0; light < count; light++)
		district[light] = served.streets[street[light]!]?.district ?? -1;
	return {
		served,
		count,
		x,
		y,
		width: most(x),
		height: most(y),
		street,
		machine: int32(served.machine),
		shift: int16(served.shift),
		watts,
		feeder: int32(served.feeder),
		district,
		lightsOf: ordered(street, int32(served.place), served.streets.length),
		hasWatts: watts.some((power) => power > 0),
	};
}

function most(values: Float32Array): number {
	let highest = 1;
	for (const value of values) if (value > highest) highest = value;
	return highest;
}

function ordered(street: Int32Array, place: Int32Array, streets: number): readonly Int32Array[] {
	const lights: number[][] = Array.from({ length: streets }, () => []);
	for (let light = 0; light < street.length; light++) lights[street[light]!]?.push(light);
	return lights.map((members) => Int32Array.from(members.sort((a, b) => place[a]! - place[b]!)));
}

/** One option's night; course `n` has the changes `first[n]` to `first[n + 1]`. */
export interface Night {
	readonly served: ServedNight;
	/** UTC, ms. */
	readonly start: number;
	readonly length_s: number;
	readonly first: Uint32Array;
	/** Seconds from the start. */
	readonly t: Uint32Array;
	/** Level reached, and level at `t`, in 1/200. */
	readonly level: Uint8Array;
	readonly from: Uint8Array;
	/** Tenths of a second. */
	readonly fade: Uint16Array;
	readonly cause: Uint8Array;
	/**
	 * By light: its course, and the seconds by which it takes it later, 0 where the typical street
	 * has none.
	 */
	readonly course: Uint32Array;
	readonly shift: Int16Array;
	/** Seconds between which courses are shifted, in a circle. */
	readonly shiftFrom_s: number;
	readonly shiftTo_s: number;
}

export function decodeNight(served: ServedNight, town: Town): Night {
	const courses = served.courses.flat().map((course) => ({
		t: uint32(course.t),
		level: uint8(course.level),
		fade: uint16(course.fade),
		cause: uint8(course.cause),
	}));
	const first = new Uint32Array(courses.length + 1);
	for (const [index, { t }] of courses.entries()) first[index + 1] = first[index]! + t.length;
	const changes = first[courses.length]!;
	const t = new Uint32Array(changes);
	const level = new Uint8Array(changes);
	const fade = new Uint16Array(changes);
	const cause = new Uint8Array(changes);
	for (const [index, course] of courses.entries()) {
		t.set(course.t, first[index]);
		level.set(course.level, first[index]);
		fade.set(course.fade, first[index]);
		cause.set(course.cause, first[index]);
	}
	const from = new Uint8Array(changes);
	const night = { first, t, level, from, fade };
	for (let index = 0; index < courses.length; index++)
		for (let at = first[index]! + 1; at < first[index + 1]!; at++)
			from[at] = Math.round(levelOf(night, at - 1, t[at]!));
	return {
		...night,
		served,
		start: Date.parse(served.start),
		length_s: served.length_s,
		shiftFrom_s: served.shiftFrom_s,
		shiftTo_s: served.shiftTo_s,
		cause,
		...taken(served, town),
	};
}

/** The course of each light, and its shift. */
function taken(served: ServedNight, town: Town): Pick<Night, "course" | "shift"> {
	const course = new Uint32Array(town.count);
	const shift = new Int16Array(town.count);
	const base: number[] = [];
	let courses = 0;
	for (const typicalCourses of served.courses) {
		base.push(courses);
		courses += typicalCourses.length;
	}
	for (let light = 0; light < town.count; light++) {
		const machine = town.machine[light]!;
		const typical = Math.floor(machine / MACHINES);
		const machines = served.courses[typical]?.length ?? 0;
		course[light] = machines > 0 ? base[typical]! + ((machine % MACHINES) % machines) : courses;
		shift[light] = served.isShifted[typical] ? town.shift[light]! : 0;
	}
	return { course, shift };
}

/** Level in 1/200 at an instant of the course, of which `change` is the last change. */
export function levelOf(
	{ t, level, from, fade }: Pick<Night, "t" | "level" | "from" | "fade">,
	change: number,
	at: number,
): number {
	const span = fade[change]! / 10;
	const gone = at - t[change]!;
	const to = level[change]!;
	return gone >= span ? to : from[change]! + ((to - from[change]!) * gone) / span;
}

/** The second of its course that a light shows at a second of the night. */
export function timeOf(night: Night, light: number, at: number): number {
	const shift = night.shift[light]!;
	return shift === 0 ? at : timeIn(night, true, shift, at);
}

/** The last change of a light's course at a second of that course; -1: before the first. */
export function changeAt(night: Night, light: number, time: number): number {
	const { t, first } = night;
	const course = night.course[light]!;
	const begin = first[course] ?? 0;
	const next = afterChange(t, time, begin, first[course + 1] ?? begin);
	return next > begin ? next - 1 : -1;
}
