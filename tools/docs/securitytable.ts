/**
 * Security table: the rows of docs/security.md, each checked against the tests that are marked for it (securitytests.ts).
 */
import type { Tests } from "./securitytests.js";
import { MARK, testsIn } from "./testlist.js";

/** One test of a row. */
export interface Named {
	readonly row: string;
	readonly file: string;
	/** Its title as in the source, with its groups. */
	readonly title: string;
}

/** The results of a file in jest's `--json`. */
export interface Ran {
	readonly name: string;
	readonly assertionResults: readonly {
		readonly ancestorTitles: readonly string[];
		readonly title: string;
		readonly status: string;
		readonly numPassingAsserts: number;
	}[];
}

/** The last cell of a row with tests: their files. */
const FILES = /^`tests\/[\w/.-]+\.test\.ts`(, `tests\/[\w/.-]+\.test\.ts`)*$/;
/** The beginnings of a row without a test. */
const REASONS = /^(not met|operator|maker|not applicable)\b/;
const JOIN = " > ";

interface Row {
	readonly what: string;
	readonly shown: string;
}

function rowsOf(page: string): Row[] {
	const tables = page.match(/^\| (?:provision|trap|risk) .*(?:\n\|.*)*/gm) ?? [];
	return tables
		.flatMap((table) => table.split("\n").slice(2))
		.map((line) => line.slice(1, -1).split("|"))
		.map(([what = "", , shown = ""]) => ({ what: what.trim(), shown: shown.trim() }))
		.filter(({ what }) => !what.startsWith("**"));
}

/** Every marked test, with the beginning of its row. */
export function namedIn(tests: Tests): Named[] {
	return Object.entries(tests).flatMap(([row, files]) =>
		Object.entries(files).flatMap(([file, titles]) =>
			titles.map((title) => ({ row, file, title })),
		),
	);
}

/** Rows that name other files than their tests have, or neither a test nor a reason. */
function unlike(rows: readonly Row[], tests: Tests): string[] {
	const found = rows.length === 0 ? ["docs/security.md: no table"] : [];
	for (const { what, shown } of rows) {
		const keys = Object.keys(tests).filter((key) => what.startsWith(key));
		const files = keys.flatMap((key) => Object.keys(tests[key]!));
		if (!FILES.test(shown) && !REASONS.test(shown))
			found.push(`${what}: neither a test nor a reason`);
		else if (
			FILES.test(shown) ? inOrder(shown.split(", ")) !== inOrder(files.map(quoted)) : files[0]
		)
			found.push(`${what}: its marked tests are in ${files.join(", ") || "no file"}`);
	}
	for (const key of Object.keys(tests))
		if (rows.filter(({ what }) => what.startsWith(key)).length !== 1)
			found.push(`${key}: begins no row, or several`);
	return found;
}

const quoted = (file: string) => `\`${file}\``;
const inOrder = (files: readonly string[]) => [...files].sort().join();

/**
 * Faults visible in the sources: rows without an answer, marks without a test, tests that are skipped or assert nothing.
 */
export function breachesOf(page: string, tests: Tests, read: (path: string) => string): string[] {
	const found = unlike(rowsOf(page), tests);
	for (const file of new Set(namedIn(tests).map((named) => named.file))) {
		const text = read(file);
		const marked = testsIn(text).filter(({ marks }) => marks.length > 0);
		const attached = marked.reduce((sum, { marks }) => sum + marks.length, 0);
		if ([...text.matchAll(MARK)].length !== attached)
			found.push(`${file}: a mark that stands directly above no test`);
		for (const { title, isSkipped, asserts } of marked) {
			if (isSkipped) found.push(`${file}: ${title}: skipped`);
			if (!asserts) found.push(`${file}: ${title}: asserts nothing`);
		}
	}
	return found;
}

/** Faults visible in a run of the named files. */
export function verdictsOf(named: readonly Named[], ran: readonly Ran[]): string[] {
	const found: string[] = [];
	for (const { row, file, title } of named) {
		const all = ran.filter(({ name }) => name.endsWith(`/${file}`));
		const pattern = patternOf(title);
		const results = all
			.flatMap(({ assertionResults }) => assertionResults)
			.filter((result) => pattern.test([...result.ancestorTitles, result.title].join(JOIN)));
		const bad = results.find(
			(result) => result.status !== "passed" || result.numPassingAsserts === 0,
		);
		if (results.length === 0) found.push(`${row}: ${file}: ${title}: did not run`);
		else if (bad) {
			const why = bad.status === "passed" ? "asserted nothing" : bad.status;
			found.push(`${row}: ${file}: ${bad.title}: ${why}`);
		}
	}
	return found;
}

/** A title of a table as jest prints it: its placeholders are filled. */
export function patternOf(title: string): RegExp {
	const literal = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	const filled = literal.replace(/%[a-zA-Z#]|\\\$\w+/g, "[\\s\\S]*");
	return new RegExp(`(^|${JOIN})${filled}$`);
}
