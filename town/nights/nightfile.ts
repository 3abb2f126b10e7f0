/**
 * Night file: the nights of a town's kinds in a file of their own, compressed: columns of all courses
 * one after the other. Nights that follow from others are not stored.
 */
import { brotliDecompressSync } from "node:zlib";
import { TODAY, type Today } from "../../lib/lightingoptions/options.js";
import { Reader, Writer } from "../reading/bytes.js";
import { compressed } from "../reading/compact.js";
import type { Course } from "./course.js";
import { MACHINE_OPTIONS, type MachineOption, type StreetFigures } from "./streetnight.js";
import {
	type Evening,
	type KindNight,
	mixedNights,
	type TownNights,
	type TownOption,
} from "./townnights.js";
import type { Kind } from "./typicalstreets.js";

const VERSION = 1;

interface Head {
	readonly version: number;
	readonly evening: Evening;
	readonly kinds: readonly Kind[];
	/** Of each kind. */
	readonly figures: Readonly<Partial<Record<TownOption, readonly StreetFigures[]>>>;
	/** Number of courses of each kind; of an option by the clock one for all. */
	readonly counts: Readonly<Partial<Record<TownOption, readonly number[]>>>;
}

const STORED: readonly (Today | MachineOption)[] = [...TODAY, ...MACHINE_OPTIONS];

/** Whether an option's courses are those of its first kind. */
const isCommon = (option: TownOption): option is Today =>
	(TODAY as readonly string[]).includes(option);
/** Whether a kind has the courses of the hourly option instead. */
const isHourly = (option: TownOption, { isRoad }: Kind): boolean =>
	isRoad && option !== "hourly" && !isCommon(option);

export function nightFile({ evening, kinds, options }: TownNights): Uint8Array {
	const figures: Partial<Record<TownOption, readonly StreetFigures[]>> = {};
	const counts: Partial<Record<TownOption, readonly number[]>> = {};
	const columns = [new Writer(), new Writer(), new Writer(), new Writer()];
	for (const option of STORED) {
		const nights = options[option];
		if (!nights) continue;
		figures[option] = nights.map((night) => night.figures);
		const stored = nights.map(({ courses }, kind) => {
			if (isCommon(option)) return kind === 0 ? courses : [];
			return isHourly(option, kinds[kind]!) ? [] : courses;
		});
		counts[option] = stored.map((courses) => courses.length);
		for (const course of stored.flat()) write(course, columns);
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
	const reader = new Reader(brotliDecompressSync(bytes));
	const lengths = Array.from({ length: 5 }, () => reader.unsigned());
	const [text, ...columns] = lengths.map((length) => reader.take(length));
	const head = JSON.parse(new TextDecoder().decode(text!)) as Head;
	const { version, evening, kinds, figures, counts } = head;
	if (version !== VERSION) throw new Error(`nights of format ${version}, not ${VERSION}`);
	const readers = columns.map((column) => new Reader(column));
	const options: Partial<Record<TownOption, KindNight[]>> = {};
	for (const option of STORED) {
		const stored = figures[option];
		if (!stored) continue;
		const courses = counts[option]!.map((count) =>
			Array.from({ length: count }, () => read(readers)),
		);
		options[option] = stored.map((figuresOfKind, kind) => ({
			courses: courses[isCommon(option) ? 0 : kind]!,
			figures: figuresOfKind,
		}));
	}
	const { hourly } = options;
	for (const option of ["presence", "neighbours"] as const)
		options[option] = options[option]?.map((night, kind) =>
			isHourly(option, kinds[kind]!) ? hourly![kind]! : night,
		) as KindNight[];
	const mixed = mixedNights(kinds, options);
	return { evening, kinds, options: mixed ? { ...options, mixed } : options };
}

function write({ t, level, fade, cause }: Course, [times, levels, fades, causes]: Writer[]): void {
	times!.unsigned(t.length);
	times!.differences(t);
	for (const value of level) levels!.unsigned(value);
	for (const value of fade) fades!.unsigned(value);
	for (const value of cause) causes!.unsigned(value);
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
