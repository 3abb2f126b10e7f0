/**
 * Scaled: a recording with more or less traffic, for the range of a figure (lib/lightingoptions/range.ts).
 *
 * Each count is multiplied; what a whole number leaves over goes to the next hour.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCsv } from "../../sim/util/csv.js";

const REQUIRED = ["hour_start_local", "cyclists", "motor_vehicles"];
const OPTIONAL = ["pedestrians"];
const COLUMNS = [...REQUIRED, ...OPTIONAL];

type Row = readonly string[];

/** Rows of the same columns, with `times` the traffic. */
export function scaledRows(rows: readonly Row[], times: number): string {
	const left = [0, 0, 0];
	const lines = rows.map(([hour, ...counts]) => {
		const scaled = counts.map((count, n) => {
			const all = left[n]! + Number(count) * times;
			left[n] = all - Math.floor(all);
			return Math.floor(all);
		});
		return [hour, ...scaled].join(",");
	});
	return `${[COLUMNS.join(","), ...lines].join("\n")}\n`;
}

/** Writes it below `folder`; returns its path. */
export function writeScaled(folder: string, file: string, times: number): string {
	const table = readCsv({ name: file, text: readFileSync(file, "utf8") }, REQUIRED, OPTIONAL);
	if (typeof table === "string") throw new Error(table);
	const rows = table.map(({ cells }) => cells);
	const scaled = join(folder, `traffic-${times}.csv`);
	writeFileSync(scaled, scaledRows(rows, times));
	return scaled;
}
