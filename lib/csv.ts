/** CSV: a table as text, read with the line of each row, and written (RFC 4180). */
import { CsvError, type Options, parse } from "csv-parse/sync";

interface Row {
	/** Its last line in the text; the first one is 1. */
	readonly line: number;
	readonly cells: readonly string[];
}

/** The line that cannot be read, and the reason. */
interface CsvFault {
	readonly line: number;
	readonly why: string;
	/** The reason is a quote: one that is not closed, or one within a cell. */
	readonly quote: "open" | "stray" | undefined;
}

/** The rows, of any length each, blanks around a cell left out. */
export function rowsIn(text: string, options: Options): readonly Row[] | CsvFault {
	try {
		const records = parse(text, {
			...options,
			trim: true,
			relax_column_count: true,
			info: true,
		}) as unknown as { readonly record: string[]; readonly info: { readonly lines: number } }[];
		return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const why = error.message.split("\n")[0]!;
		const { lines } = error as CsvError & { readonly lines?: number };
		const isOpen = error.code === "CSV_QUOTE_NOT_CLOSED";
		const at = Number(/ at line (\d+)/.exec(why)?.[1] ?? lines ?? 1);
		const line = isOpen ? lastOpened(text) : at;
		return { line, why, quote: isOpen ? "open" : /QUOTE/.test(error.code) ? "stray" : undefined };
	}
}

/** The line of the quote that is open at the end. */
function lastOpened(text: string): number {
	const before = text.slice(0, text.lastIndexOf('"'));
	return before.split("\n").length;
}

/** Whether a text could be read. */
export function isFault(rows: readonly Row[] | CsvFault): rows is CsvFault {
	return "why" in rows;
}

/** A row, without the end of its line. */
export function rowOf(cells: readonly string[]): string {
	return cells.map(quoted).join(",");
}

/** A row for a spreadsheet, where no cell is a formula. */
export function sheetRowOf(cells: readonly string[]): string {
	return rowOf(cells.map((cell) => (/^[=+\-@\t]/.test(cell) ? `'${cell}` : cell)));
}

function quoted(cell: string): string {
	return /[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
