/**
 * Main: `npm run renew -- ledger`: measures the ledger of cost and writes it into docs/measured.md.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { wordsOf } from "../../lib/words.js";
import { noteInputs } from "../../tools/renew/inputs.js";
import { rowsOf, unexplained, withLedger } from "./block.js";
import { risesIn } from "./history.js";
import { measure } from "./rows.js";

const PAGE = "docs/measured.md";

const { values } = wordsOf({
	command: "npm run renew -- ledger",
	help: `usage: npm run renew -- ledger [--check | --history]

Measures what a turn, a boot and a night of a lamp cost, in exact counts, and writes the table of
${PAGE}. Prints the rows that changed.

  --check     writes nothing; ends with 1 if the table is not what is measured
  --history   measures nothing; ends with 1 if a commit raised a row by more than 1 % and does not
              name the row in its message`,
	options: { check: { type: "boolean" }, history: { type: "boolean" } },
});

const print = (line: string) => void process.stdout.write(`${line}\n`);

async function write(mayWrite: boolean): Promise<number> {
	const before = readFileSync(PAGE, "utf8");
	const after = withLedger(before, await measure());
	const old = rowsOf(before);
	for (const [name, value] of rowsOf(after))
		if (old.get(name) !== value) print(`${name}: ${old.get(name) ?? "new"} -> ${value}`);
	if (mayWrite || before === after) noteInputs("ledger");
	if (before === after) {
		print(`${PAGE} is up to date`);
		return 0;
	}
	if (!mayWrite) {
		print(`${PAGE} differs from what is measured: run npm run renew -- ledger`);
		return 1;
	}
	writeFileSync(PAGE, after);
	const named = unexplained(before, after, "");
	if (named.length > 0) print(`To be named in the commit, with the reason: ${named.join("; ")}`);
	return 0;
}

function history(): number {
	const git = (...args: string[]) =>
		execFileSync("git", args, {
			encoding: "utf8",
			maxBuffer: 1 << 28,
			stdio: ["ignore", "pipe", "ignore"], // a commit before the page has none
		});
	const rises = risesIn(git, PAGE);
	for (const { commit, rows } of rises) print(`${commit}: raises ${rows.join("; ")}, unexplained`);
	return rises.length > 0 ? 1 : 0;
}

process.exitCode = values.history ? history() : await write(!values.check);
