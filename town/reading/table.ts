/**
 * Table: a file of lights as columns and rows, from CSV, GeoJSON, Overpass or NGSI.
 *
 * A row keeps its line, or the number of its feature. A broken quote in a CSV spoils its own line
 * alone: the file is then read line by line.
 */
import { isFault, rowsIn } from "../../lib/csv.js";
import { fileText } from "./filetext.js";
import { jsonTable } from "./jsontable.js";
import type { ReadSentence } from "./sentence.js";
import type { Table, TableRow } from "./tablerow.js";

const SEPARATORS = [";", "\t", ","] as const;
const error = (key: string, more: Partial<ReadSentence> = {}): ReadSentence => ({
	about: "error",
	key,
	...more,
});

/** The file's encoding was assumed. */
export const LATIN: ReadSentence = { about: "assumed", key: "latin" };

/** The file's table, or the sentence that says why there is none. */
export function tableOf(bytes: Uint8Array): Table | ReadSentence {
	if (bytes.length === 0) return error("empty");
	const read = fileText(bytes);
	if (!read) return error("binary");
	const { text, isLatin } = read;
	const start = text.search(/\S/);
	if (start < 0) return error("empty");
	if (text[start] === "<") return error("markup");
	const table = /[{[]/.test(text[start]!) ? jsonTable(text) : csvTable(text);
	if ("key" in table) return table;
	return isLatin ? { ...table, notes: [LATIN, ...table.notes] } : table;
}

function csvTable(text: string): Table | ReadSentence {
	const head = text.slice(0, text.search(/[\r\n]|$/));
	const delimiter = separatorOf(head);
	const options = { bom: true, skip_empty_lines: true, delimiter };
	const parsed = rowsIn(text, options);
	const notes: ReadSentence[] = [];
	const all = isFault(parsed) ? byLine(text, delimiter, notes) : parsed;
	const [header, ...rows] = all;
	if (!header || header.cells.length < 2) return error("noColumns");
	if (rows.length === 0) return error("noRows");
	return { unit: "line", columns: header.cells, rows, notes };
}

/** The separator of the header; of equals the one that is no decimal mark. */
function separatorOf(head: string): string {
	const plain = head.replace(/"[^"]*"/g, "");
	const counts = SEPARATORS.map((separator) => plain.split(separator).length);
	return SEPARATORS[counts.indexOf(Math.max(...counts))]!;
}

/** Each line by itself, after a quote that stays open or stands within a cell. */
function byLine(text: string, delimiter: string, notes: ReadSentence[]): TableRow[] {
	const rows: TableRow[] = [];
	for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
		if (line.trim() === "") continue;
		const read = rowsIn(line, { bom: true, delimiter });
		if (isFault(read)) notes.push(error("quote", { line: index + 1, unit: "line" }));
		else rows.push({ line: index + 1, cells: read[0]?.cells ?? [] });
	}
	return rows;
}
