/**
 * Block: the ledger as a table in docs/measured.md, and the rule for rows that rise.
 */
import { bareTableOf } from "../../tools/night/baretable.js";
import type { Row } from "./rows.js";

const BEGIN = "<!-- ledger: written by npm run renew -- ledger -->";
const END = "<!-- end of the ledger -->";
/** A row may rise by this share without a word in the commit. */
const FREE_RISE = 0.01;

/** The page with the rows in its marked block. Throws if the page has no block. */
export function withLedger(page: string, rows: readonly Row[]): string {
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error(`the page has no block "${BEGIN}" ... "${END}"`);
	const lines = rows.map(({ name, value, unit }) => `| ${name} | ${textOf(value)} | ${unit} |`);
	const table = ["| row | figure | unit |", "|---|---|---|", ...lines].join("\n");
	return `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`;
}

/** The rows of a page, by name; empty for a page without a block. */
export function rowsOf(page: string): ReadonlyMap<string, number> {
	const rows = new Map<string, number>();
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) return rows;
	for (const line of page.slice(begin, end).split("\n")) {
		const [, name, figure] = line.split("|").map((cell) => cell.trim());
		const value = Number(figure?.replaceAll(",", ""));
		if (name && figure && !Number.isNaN(value)) rows.set(name, value);
	}
	return rows;
}

/**
 * Rows that rose by more than FREE_RISE and are not named in the commit's message: of the ledger, and
 * of the bare machine's table, which another program writes.
 */
export function unexplained(before: string, after: string, message: string): readonly string[] {
	const old = new Map([...rowsOf(before), ...bareTableOf(before)]);
	return [...rowsOf(after), ...bareTableOf(after)]
		.filter(([name, value]) => old.has(name) && value > old.get(name)! * (1 + FREE_RISE))
		.map(([name]) => name)
		.filter((name) => !message.replace(/\s+/g, " ").includes(name));
}

/** Whole numbers with separated thousands; energy with its digits. */
function textOf(value: number): string {
	if (!Number.isInteger(value)) return String(value);
	return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
