/**
 * Main: `npm run renew -- golden` writes the sessions of the console and of pages, as firmware and tools print
 * them: it runs the tests that compare them, which write instead.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { wordsOf } from "../../lib/words.js";
import { noteInputs } from "../../tools/renew/inputs.js";

wordsOf({
	command: "npm run renew -- golden",
	help: `usage: npm run renew -- golden

Writes the sessions in tests/console/, docs/technician.md and docs/technicien.md, the commands in
docs/console.md and the tables of docs/dali.md anew. To be run after a change of a text of the
console or of the laptop's tools; read the difference before a commit.`,
});

const COMPARES = /\bimport \{[^}]*\bshows(?:Table)?\b[^}]*\} from ".*\/golden\.js"/;
const tests = (readdirSync("tests", { recursive: true }) as string[])
	.filter((name) => name.endsWith(".test.ts"))
	.map((name) => `tests/${name}`)
	.filter((path) => COMPARES.test(readFileSync(path, "utf8")));
const { status } = spawnSync("npm", ["test", "--", ...tests], {
	stdio: "inherit",
	env: { ...process.env, WRITE_GOLDEN: "1" },
});
if (status === 0) noteInputs("golden");
process.exitCode = status ?? 1;
