/**
 * Night file: the nights of a town's kinds in a file of their own, compressed: columns of all courses
 * one after the other. Nights that follow from others are not stored.
 */
import { brotliDecompressSync } from "node:zlib";
import { TODAY, type Today } from "../../lib/ways/ways.js";
import { Reader, Writer } from "../reading/bytes.js";
import { compressed } from "../reading/compact.js";
import type { Course } from "./course.js";
import { MACHINE_WAYS, type MachineWay, type StreetFigures } from "./streetnight.js";
import {
	type Evening,
	type KindNight,
	mixedNights,
	type TownNights,
	type TownWay,
} from "./townnights.js";
import type { Kind } from "./typicalstreets.js";

const VERSION = 1;

interface Head {
	readonly version: number;
	readonly evening: Evening;
	readonly kinds: readonly Kind[];
	/** Of each kind. */
	readonly figures: Readonly<Partial<Record<TownWay, readonly StreetFigures[]>>>;
	/** Number of courses of each kind; of a way by the clock one for all. */
	readonly counts: Readonly<Partial<Record<TownWay, readonly number[]>>>;
}

const STORED: readonly (Today | MachineWay)[] = [...TODAY, ...MACHINE_WAYS];

/** Whether a way's courses are those of its first kind. */
const isCommon = (way: TownWay): way is Today => (TODAY as readonly string[]).includes(way);
/** Whether a kind has the courses of the hourly way instead. */
const isHourly = (way: TownWay, { isRoad }: Kind): boolean =>
	isRoad && way !== "hourly" && !isCommon(way);

export function nightFile({ evening, kinds, ways }: TownNights): Uint8Array {
	const figures: Partial<Record<TownWay, readonly StreetFigures[]>> = {};
	const counts: Partial<Record<TownWay, readonly number[]>> = {};
	const columns = [new Writer(), new Writer(), new Writer(), new Writer()];
	for (const way of STORED) {
		const nights = ways[way];
		if (!nights) continue;
		figures[way] = nights.map((one) => one.figures);
		const own = nights.map(({ courses }, kind) => {
			if (isCommon(way)) return kind === 0 ? courses : [];
			return isHourly(way, kinds[kind]!) ? [] : courses;
		});
		counts[way] = own.map((courses) => courses.length);
		for (const course of own.flat()) write(course, columns);
	}
	const head: Head = { version: VERSION, evening, kinds, figures, counts };
	const text = new TextEncoder().encode(JSON.stringify(head));
	const lengths = new Writer();
	for (const part of [text, ...columns.map(({ bytes }) => bytes)]) lengths.unsigned(part.length);
	const parts = [lengths.bytes, text, ...columns.map(({ bytes }) => bytes)];
	const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return compressed(all);
}

export function nightsOfFile(bytes: Uint8Array): TownNights {
	const whole = new Reader(brotliDecompressSync(bytes));
	const lengths = Array.from({ length: 5 }, () => whole.unsigned());
	const [text, ...columns] = lengths.map((length) => whole.take(length));
	const head = JSON.parse(new TextDecoder().decode(text!)) as Head;
	const { version, evening, kinds, figures, counts } = head;
	if (version !== VERSION) throw new Error(`nights of format ${version}, not ${VERSION}`);
	const readers = columns.map((column) => new Reader(column));
	const ways: Partial<Record<TownWay, KindNight[]>> = {};
	for (const way of STORED) {
		const own = figures[way];
		if (!own) continue;
		const courses = counts[way]!.map((count) => Array.from({ length: count }, () => read(readers)));
		ways[way] = own.map((one, kind) => ({
			courses: courses[isCommon(way) ? 0 : kind]!,
			figures: one,
		}));
	}
	const { hourly } = ways;
	for (const way of ["presence", "neighbours"] as const)
		ways[way] = ways[way]?.map((night, kind) =>
			isHourly(way, kinds[kind]!) ? hourly![kind]! : night,
		) as KindNight[];
	const mixed = mixedNights(kinds, ways);
	return { evening, kinds, ways: mixed ? { ...ways, mixed } : ways };
}

function write({ t, level, fade, cause }: Course, [times, levels, fades, causes]: Writer[]): void {
	times!.unsigned(t.length);
	times!.differences(t);
	for (const one of level) levels!.unsigned(one);
	for (const one of fade) fades!.unsigned(one);
	for (const one of cause) causes!.unsigned(one);
}

function read([times, levels, fades, causes]: readonly Reader[]): Course {
	const length = times!.unsigned();
	const column = (reader: Reader) => Array.from({ length }, () => reader.unsigned());
	return {
		t: Uint32Array.from(times!.differences(length)),
		level: Uint8Array.from(column(levels!)),
		fade: Uint16Array.from(column(fades!)),
		cause: Uint8Array.from(column(causes!)),
	};
}
