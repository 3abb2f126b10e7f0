/**
 * Security table: the rows of docs/security.md, each checked against its tests in securitytests.ts.
 */
import type { Tests } from "./securitytests.js";
import { testsIn } from "./testlist.js";

/** One test of a row. */
export interface Named {
	readonly row: string;
	readonly file: string;
	/** Its title as in the source, with as many of its groups as the list gives. */
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

/** Every test of the list, with the beginning of its row. */
export function namedIn(tests: Tests): Named[] {
	return Object.entries(tests).flatMap(([row, files]) =>
		Object.entries(files).flatMap(([file, titles]) =>
			titles.map((title) => ({ row, file, title })),
		),
	);
}

/** Rows that differ from the list in their files, or have neither a test nor a reason. */
function unlike(rows: readonly Row[], tests: Tests): string[] {
	const found = rows.length === 0 ? ["docs/security.md: no table"] : [];
	for (const { what, shown } of rows) {
		const keys = Object.keys(tests).filter((key) => what.startsWith(key));
		const files = keys.flatMap((key) => Object.keys(tests[key]!));
		if (!FILES.test(shown) && !REASONS.test(shown))
			found.push(`${what}: neither a test nor a reason`);
		else if (FILES.test(shown) ? shown !== files.map((file) => `\`${file}\``).join(", ") : files[0])
			found.push(`${what}: other files than in the list`);
	}
	for (const key of Object.keys(tests))
		if (rows.filter(({ what }) => what.startsWith(key)).length !== 1)
			found.push(`${key}: begins no row, or several`);
	return found;
}

/**
 * Faults visible in the sources: rows without an answer, tests that are missing, skipped or empty.
 */
export function breachesOf(page: string, list: Tests, read: (path: string) => string): string[] {
	const found = unlike(rowsOf(page), list);
	for (const { row, file, title } of namedIn(list)) {
		const say = (why: string) => found.push(`${row}: ${file}: ${title}: ${why}`);
		let text: string;
		try {
			text = read(file);
		} catch {
			say("no such file");
			continue;
		}
		const tests = testsIn(text).filter((test) => isNamed(test.title, title));
		if (tests.length === 0) say("no such test");
		if (tests.some(({ isSkipped }) => isSkipped)) say("skipped");
		if (tests.some(({ asserts }) => !asserts)) say("asserts nothing");
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

function isNamed(fullTitle: string, title: string): boolean {
	return fullTitle === title || fullTitle.endsWith(JOIN + title);
}

/** A title of a table as jest prints it: its placeholders are filled. */
function patternOf(title: string): RegExp {
	const literal = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	const filled = literal.replace(/%[a-zA-Z#]|\\\$\w+/g, "[\\s\\S]*");
	return new RegExp(`(^|${JOIN})${filled}$`);
}
