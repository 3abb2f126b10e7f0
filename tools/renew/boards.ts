/** Boards: the table of the technician's line in both guides, read from the pins of the boards. */
import { readdirSync, readFileSync } from "node:fs";

const FOLDER = "hosts/esp32/boards";
const PAGES = ["docs/technician.md", "docs/technicien.md"];
/** A board that nobody plugs into: its chip is emulated. */
const EMULATED = "emulator";

/** All boards with a folder, in the order of their names. */
export const boardNames = (): string[] => readdirSync(FOLDER).sort();

/** Both guides with a row for each board. */
export function boardPages(): Readonly<Record<string, string>> {
	const rows = boardNames()
		.filter((board) => board !== EMULATED)
		.map(rowOf);
	return Object.fromEntries(
		PAGES.map((path) => [path, withRows(path, readFileSync(path, "utf8"), rows)]),
	);
}

function rowOf(board: string): string {
	const path = `${FOLDER}/${board}/pins.ts`;
	const form = /technician: \{ port: (\d), receive: (\d+), transmit: (\d+) \}/;
	const [, port, receive, transmit] = form.exec(readFileSync(path, "utf8")) ?? [];
	if (port === undefined)
		throw new Error(`${path}: write the line as technician: { port: 1, receive: 2, transmit: 3 }`);
	if (port === "0") throw new Error(`${path}: UART0 is the boot loader's; take another port`);
	return `| \`${board}\` | UART${port} | GPIO${receive} | GPIO${transmit} |`;
}

function withRows(path: string, page: string, rows: readonly string[]): string {
	const table = /(?:^\| `[^|]* \| UART\d \| GPIO\d+ \| GPIO\d+ \|\n)+/m;
	if (!table.test(page)) throw new Error(`${path} has no table of boards`);
	return page.replace(table, `${rows.join("\n")}\n`);
}
