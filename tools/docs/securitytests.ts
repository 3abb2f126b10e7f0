/**
 * Security tests: the tests that show a row of docs/security.md, by the mark above each of them.
 *
 * A test is marked by a comment on the line above it, `// security: ROW`, where ROW begins the first
 * cell of one row. The words of a title may change; its mark stays.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { testsIn } from "./testlist.js";

/** Titles as in the source, with their groups, by row and by file. */
export type Tests = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export function securityTests(root: string): Tests {
	const found: Record<string, Record<string, string[]>> = {};
	const names = (readdirSync(join(root, "tests"), { recursive: true }) as string[]).sort();
	for (const name of names.filter((path) => path.endsWith(".test.ts"))) {
		const file = `tests/${name}`;
		const text = readFileSync(join(root, file), "utf8");
		if (!text.includes("// security: ")) continue;
		for (const { title, marks } of testsIn(text))
			for (const row of marks) {
				found[row] ??= {};
				found[row][file] ??= [];
				found[row][file].push(title);
			}
	}
	return found;
}
