/**
 * Recorded: measured daylight and traffic, by the wall clock of a zone.
 *
 * Files are read whole and checked row by row before the run begins; an error is returned as one
 * line with the file and the row. Instants are UTC ms.
 */

import { random } from "../../lib/random.js";
import { HOUR } from "../../lib/spans.js";
import type { Zone } from "../../lib/zone.js";
import { readWallClock } from "../../lib/zone.js";
import { readAmount, readCsv, type TextFile } from "../util/csv.js";
import type { Daylight } from "./sky.js";
import type { Arrival, Batch, Timetable } from "./timetable.js";
import { sortArrivals } from "./timetable.js";

/** From the first row to the end of the last one. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

interface RecordedRow {
	readonly row: number;
	readonly utc: number;
	readonly values: readonly number[];
}

/** Recorded light: the samples unchanged; each holds until the next. */
export class RecordedLux implements Daylight {
	readonly #rows: readonly RecordedRow[];
	readonly span: Span;
	#place = 0; // mostly asked forward

	constructor(rows: readonly RecordedRow[]) {
		this.#rows = rows;
		this.span = { from: rows[0]!.utc, to: rows.at(-1)!.utc };
	}

	luxAt(utc: number): number {
		return this.#rows[this.#find(utc)]!.values[0]!;
	}

	/** The next sample that differs from the current one. */
	nextAfter(utc: number): number {
		const stands = this.luxAt(utc);
		for (let i = this.#find(utc) + 1; i < this.#rows.length; i++) {
			const row = this.#rows[i]!;
			if (row.values[0] !== stands) return row.utc;
		}
		return Infinity;
	}

	/** The samples that cross a threshold: the first one on the other side. */
	*crossings(onLevel: number, offLevel: number): Iterable<Crossing> {
		let night = this.#rows[0]!.values[0]! < onLevel;
		for (const { row, utc, values } of this.#rows) {
			const lux = values[0]!;
			if (night ? lux < offLevel : lux >= onLevel) continue;
			night = !night;
			yield { row, utc, lux, night };
		}
	}

	#find(utc: number): number {
		if (this.#rows[this.#place]!.utc > utc) this.#place = 0;
		while (this.#place + 1 < this.#rows.length && this.#rows[this.#place + 1]!.utc <= utc)
			this.#place++;
		return this.#place;
	}
}

export interface Crossing {
	readonly row: number;
	readonly utc: number;
	readonly lux: number;
	/** True at nightfall, false at daybreak. */
	readonly night: boolean;
}

const LUX_COLUMNS = ["t_local", "lux"];
const TRAFFIC_COLUMNS = ["hour_start_local", "cyclists", "motor_vehicles"];
/** A column that few recordings have. */
const WALKERS = "pedestrians";

/** Daylight of a file with columns `t_local,lux`; or the error. */
export function readLux(file: TextFile, zone: Zone): RecordedLux | string {
	const rows = readRows(file, zone, LUX_COLUMNS, readAmount, "an illuminance");
	return typeof rows === "string" ? rows : new RecordedLux(rows);
}

/** Traffic of a file with `hour_start_local,cyclists,motor_vehicles`, perhaps `pedestrians`; or the error. */
export function readTraffic(file: TextFile, zone: Zone, seed: number): RecordedTraffic | string {
	const countIn = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : undefined);
	const rows = readRows(file, zone, TRAFFIC_COLUMNS, countIn, "a whole number", [WALKERS]);
	return typeof rows === "string" ? rows : new RecordedTraffic(rows, seed);
}

/** Recorded traffic: exactly the counts of each row, at random instants within its hour. */
export class RecordedTraffic implements Timetable {
	readonly #rows: readonly RecordedRow[];
	readonly #seed: number;
	readonly span: Span;
	#next = 0;

	constructor(rows: readonly RecordedRow[], seed: number) {
		this.#rows = rows;
		this.#seed = seed;
		this.span = { from: rows[0]!.utc, to: rows.at(-1)!.utc + HOUR };
	}

	take(from: number): Batch | undefined {
		const rows = this.#rows;
		while (this.#next < rows.length && rows[this.#next]!.utc + HOUR <= from) this.#next++;
		const row = rows[this.#next++];
		if (!row) return undefined;
		const stream = random(this.#seed, `traffic ${row.utc}`);
		const arrivals: Arrival[] = [];
		const spread = (kind: Arrival["kind"], count: number) => {
			for (let i = 0; i < count; i++) {
				const at = row.utc + Math.floor(stream.next() * HOUR);
				arrivals.push({ at, kind, forth: stream.next() < 0.5 });
			}
		};
		spread("bicycle", row.values[0]!);
		spread("car", row.values[1]!);
		spread("pedestrian", row.values[2]!);
		return { from: row.utc, until: row.utc + HOUR, arrivals: sortArrivals(arrivals) };
	}
}

function readRows(
	textFile: TextFile,
	zone: Zone,
	required: readonly string[],
	read: (text: string) => number | undefined,
	what: string,
	optional: readonly string[] = [],
): RecordedRow[] | string {
	const { name: file } = textFile;
	const columns = [...required, ...optional];
	const table = readCsv(textFile, required, optional);
	if (typeof table === "string") return table;
	const rows: RecordedRow[] = [];
	let last = -Infinity;
	for (const { row, cells } of table) {
		const local = readWallClock(cells[0]!);
		if (local === undefined)
			return `${file}, row ${row}: ${columns[0]} "${cells[0]}" is not a time like 2025-07-26 09:00`;
		const utc = zone.utcOf(local, last);
		if (utc <= last) return `${file}, row ${row}: ${cells[0]} does not lie after the row before`;
		const values: number[] = [];
		for (let i = 1; i < columns.length; i++) {
			const value = read(cells[i]!);
			if (value === undefined)
				return `${file}, row ${row}: ${columns[i]} "${cells[i]}" is not ${what}`;
			values.push(value);
		}
		rows.push({ row, utc, values });
		last = utc;
	}
	return rows;
}
