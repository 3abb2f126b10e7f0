/**
 * Checks: the table of docs/checks.md, read from the folder of the checks. The promise of a check is the
 * first paragraph of its file.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "sim/checks";
export const CHECKS_PAGE = "docs/checks.md";
const HEAD = "| check | promise | judged, % |\n|---|---|---|\n";
/** Of a check that has not been measured yet. */
const UNMEASURED = "-, -";

export interface CheckFile {
	readonly name: string;
	readonly path: string;
	readonly promise: string;
}

/** The checks of a folder, by file. */
export function checkFiles(folder = FOLDER): CheckFile[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith(".ts"))
		.sort()
		.flatMap((file) => {
			const path = join(folder, file);
			const text = readFileSync(path, "utf8");
			const name = /^\treadonly name = "(\w+)";$/m.exec(text)?.[1];
			return name === undefined ? [] : [{ name, path, promise: promiseOf(name, path, text) }];
		});
}

/** The paragraph behind the name at the beginning of the file, as one line. */
function promiseOf(name: string, path: string, text: string): string {
	const found = /^\/\*\*\s+(?:\* )?(\w+): ([\s\S]*?)\.?\s*(?:\n \*\n|\*\/)/.exec(text);
	if (found?.[1] !== name)
		throw new Error(`${path}: begin the file with "${name}: " and the promise of the check`);
	return found[2]!.replace(/\n \* /g, " ");
}

/** The page with a row for each check. The order of the rows and what was judged stay as they were. */
export function checksPage(page: string, checks: readonly CheckFile[] = checkFiles()): string {
	const begin = page.indexOf(HEAD) + HEAD.length;
	const end = page.indexOf("\n\n", begin);
	if (begin < HEAD.length || end < 0) throw new Error(`${CHECKS_PAGE} has no table of checks`);
	const judged = new Map<string, string>();
	for (const row of page.slice(begin, end).split("\n")) {
		const [, name, , share] = row.split(/\s?\| ?/);
		judged.set(name!.replaceAll("`", ""), share!);
	}
	const old = [...judged.keys()];
	const placeOf = ({ name }: CheckFile) => (judged.has(name) ? old.indexOf(name) : old.length);
	const rows = [...checks]
		.sort((check, other) => placeOf(check) - placeOf(other))
		.map(({ name, promise }) => `| \`${name}\` | ${promise} | ${judged.get(name) ?? UNMEASURED} |`);
	return page.slice(0, begin) + rows.join("\n") + page.slice(end);
}
