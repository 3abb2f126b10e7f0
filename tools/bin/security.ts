/**
 * Security: compares the tables of docs/security.md with the tests that are marked for their rows.
 *
 * `npm run docs -- security` also runs them: a test that is missing, skipped, failing or without an
 * assertion ends it with 1. Files of `tests/slow/system` need Debian's programs, as
 * `npm run test:system` does.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { wordsOf } from "../../lib/words.js";
import { breachesOf, type Named, namedIn, type Ran, verdictsOf } from "../docs/securitytable.js";
import { securityTests } from "../docs/securitytests.js";

wordsOf({
	command: "npm run docs -- security",
	help: `usage: npm run docs -- security

Checks the tables of docs/security.md against the tests that are marked for their rows, and runs these.
Tests of tests/slow/system need the Debian programs of npm run test:system.`,
});

const page = readFileSync("docs/security.md", "utf8");
const tests = securityTests(".");
const named = namedIn(tests);
const found = breachesOf(page, tests, (path) => readFileSync(path, "utf8"));
if (found.length === 0) for (const line of run(named)) found.push(line);
for (const line of found) process.stdout.write(`${line}\n`);
const rows = `${named.length} tests of docs/security.md`;
process.stdout.write(
	found.length === 0 ? `${rows}: all ran, none skipped\n` : `${rows}: see above\n`,
);
process.exit(found.length === 0 ? 0 : 1);

function run(all: readonly Named[]): string[] {
	const folder = mkdtempSync(join(tmpdir(), "luminode-security-"));
	const ran: Ran[] = [];
	const paths = [...new Set(all.map(({ file }) => file))];
	for (const config of ["tests/jest.base.mjs", "tests/slow/system/jest.config.mjs"]) {
		const isSystem = config.includes("system");
		const files = paths.filter((file) => file.startsWith("tests/slow/system/") === isSystem);
		const out = join(folder, "ran.json");
		const args = ["node_modules/jest/bin/jest.js", "--config", config, "-w", "2", "--json"];
		const options = ["--experimental-vm-modules", "--no-warnings"];
		spawnSync(process.execPath, [...options, ...args, "--outputFile", out, ...files], {
			stdio: ["ignore", "ignore", "inherit"],
		});
		ran.push(...(JSON.parse(readFileSync(out, "utf8")).testResults as Ran[]));
	}
	rmSync(folder, { recursive: true });
	return verdictsOf(all, ran);
}
