/**
 * Night file: the nights of a town's typical streets in a file, compressed: columns of all courses
 * one after the other. Nights that follow from others are not stored.
 */
import { brotliDecompressSync } from "node:zlib";
import { TODAY, type Today } from "../../lib/lightingoptions/options.js";
import { Reader, Writer } from "../reading/bytes.js";
import { compressed } from "../reading/compactfile.js";
import type { Course } from "./course.js";
import type { MachineOption, StreetFigures } from "./streetnight.js";
import {
	type Evening,
	mixedNights,
	type TownNights,
	type TownOption,
	type TypicalNight,
} from "./townnights.js";
import type { TypicalStreet } from "./typicalstreets.js";

const VERSION = 1;

interface Head {
	readonly version: number;
	readonly evening: Evening;
	readonly kinds: readonly TypicalStreet[];
	/** Of each typical street. */
	readonly figures: Readonly<Partial<Record<TownOption, readonly StreetFigures[]>>>;
	/** Number of courses of each typical street; of an option by the clock one for all. */
	readonly counts: Readonly<Partial<Record<TownOption, readonly number[]>>>;
}

const STORED: readonly (Today | MachineOption)[] = [...TODAY, "presence", "neighbours", "hourly"];

/** Whether an option's courses are those of its first typical street. */
const isCommon = (option: TownOption): option is Today =>
	(TODAY as readonly string[]).includes(option);
/** Whether a typical street has the courses of the hourly option instead. */
const isHourly = (option: TownOption, { isRoad }: TypicalStreet): boolean =>
	isRoad && option !== "hourly" && !isCommon(option);

export function nightFile({ evening, typicalStreets, options }: TownNights): Uint8Array {
	const figures: Partial<Record<TownOption, readonly StreetFigures[]>> = {};
	const counts: Partial<Record<TownOption, readonly number[]>> = {};
	const columns = [new Writer(), new Writer(), new Writer(), new Writer()];
	for (const option of STORED) {
		const nights = options[option];
		if (!nights) continue;
		figures[option] = nights.map((night) => night.figures);
		const stored = nights.map(({ courses }, typical) => {
			if (isCommon(option)) return typical === 0 ? courses : [];
			return isHourly(option, typicalStreets[typical]!) ? [] : courses;
		});
		counts[option] = stored.map((courses) => courses.length);
		for (const course of stored.flat()) write(course, columns);
	}
	const head: Head = { version: VERSION, evening, kinds: typicalStreets, figures, counts };
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
	const { version, evening, kinds: typicalStreets, figures, counts } = head;
	if (version !== VERSION) throw new Error(`nights of format ${version}, not ${VERSION}`);
	const readers = columns.map((column) => new Reader(column));
	const options: Partial<Record<TownOption, TypicalNight[]>> = {};
	for (const option of STORED) {
		const stored = figures[option];
		if (!stored) continue;
		const courses = counts[option]!.map((count) =>
			Array.from({ length: count }, () => read(readers)),
		);
		options[option] = stored.map((figuresOfStreet, typical) => ({
			courses: courses[isCommon(option) ? 0 : typical]!,
			figures: figuresOfStreet,
		}));
	}
	const { hourly } = options;
	for (const option of ["presence", "neighbours"] as const)
		options[option] = options[option]?.map((night, typical) =>
			isHourly(option, typicalStreets[typical]!) ? hourly![typical]! : night,
		) as TypicalNight[];
	const mixed = mixedNights(typicalStreets, options);
	return { evening, typicalStreets, options: mixed ? { ...options, mixed } : options };
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
