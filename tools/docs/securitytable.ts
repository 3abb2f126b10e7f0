/**
 * Security table: the rows of docs/security.md, each checked against the tests that it names.
 */
import { testsIn } from "./testlist.js";

/** One test as a row names it. */
export interface Named {
	readonly row: string;
	readonly file: string;
	/** Its title as in the source, with as many of its groups as the row gives. */
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

const TEST = /^`(tests\/[\w/.-]+\.test\.ts)`: (.+)$/;
/** The beginnings of a row without a test. */
const REASONS = /^(not met|operator|maker|not applicable)\b/;
const JOIN = " > ";

interface Row {
	readonly what: string;
	readonly shown: string;
}

function rowsOf(page: string): Row[] {
	const tables = page.match(/^\| (?:provision|trap) [\s\S]*?\n\n/gm) ?? [];
	return tables
		.flatMap((table) => table.trim().split("\n").slice(2))
		.map((line) => line.slice(1, -1).split("|"))
		.map(([what = "", , shown = ""]) => ({ what: what.trim(), shown: shown.trim() }))
		.filter(({ what }) => !what.startsWith("**"));
}

/** Every test that the table names: a file with a title, and more titles of that file behind it. */
export function namedIn(page: string): Named[] {
	return rowsOf(page).flatMap(({ what, shown }) => {
		let file: string | undefined;
		return shown.split("<br>").flatMap((part) => {
			const [, other, title] = TEST.exec(part) ?? [];
			file = other ?? file;
			return file ? [{ row: what, file, title: title ?? part }] : [];
		});
	});
}

/**
 * Faults visible in the sources: rows without an answer, tests that are missing, skipped or empty.
 */
export function breachesOf(page: string, read: (path: string) => string): string[] {
	const found: string[] = [];
	if (rowsOf(page).length === 0) found.push("docs/security.md: no table");
	for (const { what, shown } of rowsOf(page))
		if (!TEST.test(shown.split("<br>")[0]!) && !REASONS.test(shown))
			found.push(`${what}: neither a test nor a reason`);
	for (const { row, file, title } of namedIn(page)) {
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
			.filter((one) => pattern.test([...one.ancestorTitles, one.title].join(JOIN)));
		const bad = results.find((one) => one.status !== "passed" || one.numPassingAsserts === 0);
		if (results.length === 0) found.push(`${row}: ${file}: ${title}: did not run`);
		else if (bad) {
			const why = bad.status === "passed" ? "asserted nothing" : bad.status;
			found.push(`${row}: ${file}: ${bad.title}: ${why}`);
		}
	}
	return found;
}

function isNamed(whole: string, title: string): boolean {
	return whole === title || whole.endsWith(JOIN + title);
}

/** A title of a table as jest prints it: its placeholders are filled. */
function patternOf(title: string): RegExp {
	const literal = title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	const filled = literal.replace(/%[a-zA-Z#]|\\\$\w+/g, "[\\s\\S]*");
	return new RegExp(`(^|${JOIN})${filled}$`);
}
