/**
 * CSV: some columns of a table in a file, by name (RFC 4180 without line breaks inside cells).
 *
 * What is wrong comes back as one line that names the file and the row; row 1 is the header.
 */
import { readFileSync } from "node:fs";

export interface Row {
	/** Its place in the file; the header is row 1. */
	readonly row: number;
	/** The cells of the columns asked for, in that order. */
	readonly cells: readonly string[];
}

/** The rows of the file, at least one; or what is wrong with it. */
export function readCsv(file: string, columns: readonly string[]): Row[] | string {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return `${file}: ${code === "ENOENT" ? "no such file" : `cannot be read (${code})`}`;
	}
	const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
	if (text.trim() === "") return `${file}: is empty`;
	const header = split(lines[0]!);
	const places = columns.map((column) => header.indexOf(column));
	const missing = places.indexOf(-1);
	if (missing >= 0) return `${file}, row 1: no column "${columns[missing]}"`;
	const rows: Row[] = [];
	for (let i = 1; i < lines.length; i++) {
		if (lines[i] === "") continue; // the end of the file, or a gap someone left for the eye
		const cells = split(lines[i]!);
		if (cells.length !== header.length)
			return `${file}, row ${i + 1}: ${cells.length} cells under ${header.length} columns`;
		rows.push({ row: i + 1, cells: places.map((place) => cells[place]!) });
	}
	return rows.length > 0 ? rows : `${file}, row 2: no data under the header`;
}

function split(line: string): string[] {
	if (!line.includes('"')) return line.split(",").map((cell) => cell.trim());
	const cells: string[] = [];
	for (const [, quoted, bare] of line.matchAll(/(?:^|,)(?:\s*"((?:[^"]|"")*)"\s*|([^,]*))/g))
		cells.push(quoted === undefined ? bare!.trim() : quoted.replaceAll('""', '"'));
	return cells;
}

/** A number written in plain decimals, zero or more; undefined for anything else. */
export function readAmount(text: string): number | undefined {
	return /^\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text))
		? Number(text)
		: undefined;
}
