/**
 * CSV: some columns of a table, by name (RFC 4180).
 *
 * An error is returned as one line that names the file and the row; row 1 is the header.
 */
import { isFault, rowsIn } from "../../lib/csv.js";

/** A file that was read; `name` is for people. */
export interface TextFile {
	readonly name: string;
	readonly text: string;
}

interface Row {
	/** Its place in the file; the header is row 1. */
	readonly row: number;
	/** The cells of the requested columns, in that order. */
	readonly cells: readonly string[];
}

/** The rows of the file, at least one; or the error. Columns of `optional` may be missing: 0 in each row. */
export function readCsv(
	{ name: file, text }: TextFile,
	required: readonly string[],
	optional: readonly string[] = [],
): Row[] | string {
	if (text.trim() === "") return `${file}: is empty`;
	const rows = rowsIn(text, { bom: true, skip_empty_lines: true });
	if (isFault(rows)) return `${file}, row ${rows.line}: ${rows.why}`;
	const [header, ...data] = rows;
	const missing = required.find((column) => !header!.cells.includes(column));
	if (missing !== undefined) return `${file}, row 1: no column "${missing}"`;
	const places = [...required, ...optional].map((column) => header!.cells.indexOf(column));
	const width = header!.cells.length;
	const odd = data.find(({ cells }) => cells.length !== width);
	if (odd) return `${file}, row ${odd.line}: ${odd.cells.length} cells under ${width} columns`;
	if (data.length === 0) return `${file}, row 2: no data under the header`;
	return data.map(({ line, cells }) => ({
		row: line,
		cells: places.map((place) => cells[place] ?? "0"),
	}));
}

/** A number written in plain decimals, zero or more; undefined for anything else. */
export function readAmount(text: string): number | undefined {
	return /^\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text))
		? Number(text)
		: undefined;
}
