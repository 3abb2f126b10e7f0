/**
 * Town messages: a town and its nights as the server sends them to the page, and the orders of the
 * page.
 *
 * `/town` and `/town/night` (compressed), `/town/progress` while nights are simulated; `/town/street`
 * runs a street's own poles in real machines, `/town/read` tries a file, `/town/start` opens it
 * (sim/page/channel.ts). Arrays of numbers are base 64 of little-endian bytes.
 */

import { base64Of, bytesOfBase64 } from "../lib/bytes.js";
import type { OptionName } from "../lib/lightingoptions/options.js";
import type { Range } from "../lib/lightingoptions/range.js";
import type { Assumed, Mapping } from "./reading/mapping.js";
import type { ReadSentence } from "./reading/sentence.js";

/** `example`: shipped with its source; `made`: invented from a seed; `file`: brought by a person. */
export type TownKind = "example" | "made" | "file";

export interface ServedTown {
	readonly name: string;
	readonly kind: TownKind;
	readonly source?: string;
	readonly licence?: string;
	/** Of the data, as its source states it. */
	readonly date?: string;
	/** IANA name. */
	readonly zone: string;
	/** Local date of the noon at which the nights begin: `2026-11-24`. */
	readonly date0: string;
	/** Decimetres from the south-west corner, x east, y north: Int32. */
	readonly x: string;
	readonly y: string;
	/** Place in `streets`, -1: none: Int32. A light without a street counts in the town alone. */
	readonly street: string;
	/** Order along the street, from 0: Int32. */
	readonly place: string;
	/** The machine whose course it takes: typical street * MACHINES + machine in it: Int32. */
	readonly machine: string;
	/** Seconds by which it takes that course later; negative: earlier (`timeIn`): Int16. */
	readonly shift: string;
	/** NaN: unknown: Float32. */
	readonly watts: string;
	/** Place in `cabinets`, -1: unknown: Int32. */
	readonly feeder: string;
	/**
	 * Streets whose name occurs twice in a commune are two of the same name, so an order names a street
	 * by its place here. `district`: place in `districts`, -1: none.
	 */
	readonly streets: readonly ServedStreet[];
	readonly districts: readonly string[];
	readonly cabinets: readonly string[];
	readonly typicalStreets: readonly ServedTypicalStreet[];
	/** The account of the import: read, left out, assumed. */
	readonly read: readonly ReadSentence[];
	/** Values entered in the place of missing ones, also the price of a kWh. */
	readonly assumed?: Assumed;
	readonly options: readonly ServedOption[];
}

export interface ServedStreet {
	readonly name: string;
	readonly district: number;
	readonly typical: number;
	/** Mean distance between its lamps along the street, m. */
	readonly spacing_m: number;
}

export interface ServedTypicalStreet {
	readonly name: TypicalStreetName;
	readonly streets: number;
	readonly lights: number;
	/** Streets that were simulated for it. */
	readonly simulated: number;
}

/** A typical street by its features; the page names it in both languages. */
export interface TypicalStreetName {
	/** A key of the places (docs/places.md): `residential`, `square`. */
	readonly place: string;
	/** Road users a day that its nights have. */
	readonly users_day: number;
	/** Whether they were counted; else assumed by the place. */
	readonly isCounted: boolean;
	readonly lamps: number;
	readonly spacing_m: number;
}

/** An option, and whether its night is ready. */
export interface ServedOption {
	readonly option: OptionName;
	readonly night?: true;
	/** 0 to 1, while it is simulated. */
	readonly progress?: number;
	/** Until it is ready, by the pace so far. */
	readonly seconds?: number;
}

/** Answer of `/town/progress.json`, so that a page that waits does not load the town again. */
export interface ServedProgress {
	readonly options: readonly ServedOption[];
}

/** Machines of a typical street at most, and the factor in `ServedTown.machine`. */
export const MACHINES = 32;

/** The night with one option: a course of each machine of each typical street. */
export interface ServedNight {
	readonly option: OptionName;
	/** UTC of the begin, ISO 8601. */
	readonly start: string;
	readonly length_s: number;
	/**
	 * `courses[typical][machine]`. An option by the clock has one course in a typical street: a lamp
	 * takes `machine` modulo their number.
	 */
	readonly courses: readonly (readonly ServedCourse[])[];
	/** By typical street: lamps take the course with their shift. By the clock all switch at once. */
	readonly isShifted: readonly boolean[];
	/**
	 * Seconds between which courses are shifted, in a circle: dusk and dawn keep their instants, and
	 * the energy of a course is unchanged.
	 */
	readonly shiftFrom_s: number;
	readonly shiftTo_s: number;
	readonly causes: readonly string[];
	/** One row for each district, then the town (`district` -1). */
	readonly figures: readonly NightRow[];
}

/** Changes of the light in order of time; before the first one the lamp is dark. */
export interface ServedCourse {
	/** Seconds from the start: Uint32. */
	readonly t: string;
	/** Level of the light in 1/200, reached over `fade`: Uint8. */
	readonly level: string;
	/** Tenths of a second, from `t` on, linear: Uint16. */
	readonly fade: string;
	/** Place in `causes`: Uint8. */
	readonly cause: string;
}

/**
 * `played`: by the clock under the simulated sky; `simulated`: in real machines, by typical
 * streets.
 */
export type Origin = "played" | "simulated" | "modelled" | "assumed";

export interface NightRow {
	readonly district: number;
	readonly lights: number;
	/** Of these, lights of known watts: those of the year. */
	readonly known: number;
	/** Absent without the watts of its lights. */
	readonly mwhYear?: Range;
	/**
	 * With LED at full class alone, where the file names old lamps with their watts: the same year with
	 * these lamps in the place of their LED.
	 */
	readonly mwhOld?: Range;
	/** Mean level while it is dark, per cent of full: known without watts. */
	readonly meanLevel: number;
	/** Of this night: passages through a street whose lamps are out, summed over its streets. */
	readonly passagesDark: Range;
	/** Of this night: hours of darkness without light, mean of the lamps. */
	readonly darkHours: Range;
	/** Of this night: hours of persons under a lamp with less than the full class. */
	readonly belowClass_h: Range;
	/** Of the night's figures. */
	readonly origin: Origin;
	/** Of the year's. */
	readonly yearOrigin: Origin;
}

/** Place of the first change later than an instant, among those from `low` to before `high`; `high`: none is. */
export function afterChange(t: Uint32Array, at: number, low: number, high: number): number {
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (t[middle]! <= at) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The second of its course that a lamp shows at second `t` of the night. */
export function timeIn(
	{ shiftFrom_s: from, shiftTo_s: to }: Pick<ServedNight, "shiftFrom_s" | "shiftTo_s">,
	isShifted: boolean,
	shift: number,
	t: number,
): number {
	if (!isShifted || t < from || t >= to) return t;
	const span = to - from;
	return from + ((((t - from - shift) % span) + span) % span);
}

type Packed = Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Float32Array;

export const packed = (values: Packed): string => base64Of(values);

const bytesOf = (text: string): ArrayBuffer => bytesOfBase64(text).buffer;

export const int16 = (text: string): Int16Array => new Int16Array(bytesOf(text));
export const int32 = (text: string): Int32Array => new Int32Array(bytesOf(text));
export const uint8 = (text: string): Uint8Array => new Uint8Array(bytesOf(text));
export const uint16 = (text: string): Uint16Array => new Uint16Array(bytesOf(text));
export const uint32 = (text: string): Uint32Array => new Uint32Array(bytesOf(text));
export const float32 = (text: string): Float32Array => new Float32Array(bytesOf(text));

/** Body of `POST /town/street`; the page then opens *Show* of that address. */
export interface StreetOrder {
	readonly street: number;
}
/** `restart`: the page's server stays at its address, the next street begins in it. */
export interface StreetAnswer {
	readonly url: string;
}

/** Body of `POST /town/read` and `/town/start`: a file, or a town that is shipped. */
export type ReadOrder = FileOrder | ShippedOrder;

export interface ShippedOrder {
	readonly shipped: "example" | "made";
}

export interface FileOrder {
	readonly name: string;
	readonly text: string;
	/** Its encoding was assumed (town/reading/filetext.ts). */
	readonly isLatin?: boolean;
	/** Centre lines, GeoJSON, for lights without a street's name. */
	readonly lines?: string;
	/** Absent: the one that is kept for this file, or that follows from its columns. */
	readonly mapping?: Mapping;
}

/** Answer of `POST /town/read`. */
export interface ReadAnswer {
	readonly read: readonly ReadSentence[];
	/** Whether `/town/start` would open it. */
	readonly isTown: boolean;
	/** Columns of the file, for the dialogue, with the first rows. */
	readonly columns: readonly string[];
	readonly sample: readonly (readonly string[])[];
	readonly mapping: Mapping;
	/** CPU seconds that the nights of its typical streets will take, by this machine's pace. */
	readonly seconds?: number;
}
