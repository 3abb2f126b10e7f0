/** Workbook: the first sheet of an XLSX file that holds a table, as CSV with its row numbers. */
import { unzipSync, zipSync } from "fflate";
import readSheets from "read-excel-file/universal";
import type { ReadSentence } from "../sentence.js";

type Cell = string | number | boolean | Date | null;

export async function workbookText(bytes: Uint8Array): Promise<string | ReadSentence> {
	// stored, as the package would begin workers of scripts that the policy of a page forbids
	const stored = zipSync(unzipSync(bytes), { level: 0 });
	const sheets = await readSheets(new Blob([stored as Uint8Array<ArrayBuffer>]));
	const tables = sheets.filter(({ data }) => data.length > 1 && Math.max(...data.map(width)) > 1);
	if (tables.length === 0) return { about: "error", key: "noRows" };
	const { data } = tables[0]!;
	return data.map((row) => (row as Cell[]).map(cellText).join(";")).join("\n");
}

const width = (row: readonly unknown[]): number => row.filter((cell) => cell !== null).length;

/** In one line, as the line's number is that of the row. */
function cellText(cell: Cell): string {
	if (cell === null) return "";
	const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
	const line = text.replace(/[\r\n]+/g, " ");
	return /[";]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}
