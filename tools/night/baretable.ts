/**
 * Bare table: a night of the bare machine compared with the simulator's, and with docs/measured.md.
 */
import type { Life } from "../../hosts/bare/lines.js";
import type { Row } from "./bare.js";
import type { VirtualNight } from "./virtual.js";

const BEGIN = "<!-- bare machine: written by npm run host -- bare --write -->";
const END = "<!-- end of the bare machine -->";
/** A figure may rise by this share before a regression is stated. */
const FREE_RISE = 0.01;

/** Differences: the light, line by line, then each figure of the engine that must be the same. */
export function differences(bare: Life, { trace, statistics }: VirtualNight): readonly string[] {
	const found: string[] = [];
	const { duties } = bare;
	const length = Math.max(trace.length, duties.length);
	for (let index = 0; index < length; index += 1)
		if (duties[index] !== trace[index]) {
			found.push(`light differs at line ${index}: ${duties[index]} / ${trace[index]}`);
			break;
		}
	for (const [name, value] of Object.entries(statistics)) {
		const here = bare.statistics?.[name as keyof typeof statistics];
		if (here !== value) found.push(`${name} ${here} / ${value}`);
	}
	return found;
}

const textOf = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");

/** The page with the rows in its marked block. Throws if the page has no block. */
export function withBareTable(page: string, rows: readonly Row[]): string {
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error(`the page has no block "${BEGIN}" ... "${END}"`);
	const lines = rows.map(({ name, value, unit }) => `| ${name} | ${textOf(value)} | ${unit} |`);
	const table = ["| row | figure | unit |", "|---|---|---|", ...lines].join("\n");
	return `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`;
}

/** The figures of the page's block, by name; empty for a page without a block. */
export function bareTableOf(page: string): ReadonlyMap<string, number> {
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) return new Map();
	const cells = page
		.slice(begin, end)
		.split("\n")
		.map((line) => line.split("|").map((cell) => cell.trim()));
	const rows = cells.map(
		([, name, figure]) => [name, Number(figure?.replaceAll(",", ""))] as const,
	);
	return new Map(rows.filter((row): row is [string, number] => !!row[0] && row[1] >= 0));
}

/** Rows that rose by more than FREE_RISE above the page, each as a sentence. */
export function regressions(page: string, rows: readonly Row[]): readonly string[] {
	const old = bareTableOf(page);
	return rows
		.filter(({ name, value }) => !(value <= (old.get(name) ?? -1) * (1 + FREE_RISE)))
		.map(({ name, value, unit }) => `${name}: ${old.get(name) ?? "no row"} -> ${value} ${unit}`);
}
