/**
 * Renew: `npm run renew` renews the generated files that are stale, and says which.
 *
 * Pages are computed and compared. Long jobs (sessions, frozen states, cost table) run when their
 * inputs have changed (tools/renew/inputs.ts), the pictures when the page has. `npm run renew -- JOB` does one of them.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { refuse, wordsOf } from "../../lib/words.js";
import { CHROMIUM } from "../docs/browser.js";
import { TASKS } from "../docs/verbs.mjs";
import { isStale, type LongJob } from "../renew/inputs.js";
import { PAGES, type Texts, writeStale } from "../renew/pages.js";

const { words } = TASKS.renew!;
const given = process.argv[2] ?? "";
const job = Object.hasOwn(PAGES, given) ? given : undefined;
const COMMAND = job ? `npm run renew -- ${job}` : "npm run renew";
const HELP = job
	? `usage: ${COMMAND}\n\nWrites ${words[job]!.purpose}.`
	: `usage: npm run renew [-- --because TEXT]
       npm run renew -- JOB [ARGUMENT ...]

Renews the generated files that are stale, and says which.

  --because TEXT  records changed states that later versions must boot, with this reason

Jobs, each with its own --help:

${Object.entries(words)
	.map(([name, { purpose }]) => `  ${name.padEnd(11)} ${purpose}`)
	.join("\n")}`;

if (job) process.argv.splice(2, 1);
else if (given !== "" && !given.startsWith("-"))
	refuse(COMMAND, `${given}: is not a job; the jobs are ${Object.keys(words).join(", ")}`);
const { values } = wordsOf({
	command: COMMAND,
	help: HELP,
	options: job ? {} : ({ because: { type: "string" } } as const),
});
const because = (values as { because?: string }).because;

const print = (line: string) => void process.stdout.write(`${line}\n`);
/** Jobs that could not be done. */
const failed: string[] = [];

function renewPages(name: string, texts: () => Texts): number {
	try {
		const paths = writeStale(texts());
		for (const path of paths) print(`${path} is renewed`);
		return paths.length;
	} catch (error) {
		failed.push(name);
		process.stderr.write(`${name}: ${(error as Error).message}\n`);
		return 0;
	}
}

/** The program of the job, in a process of its own. */
function runJob(
	name: string,
	more: readonly string[] = [],
	stdio: "inherit" | "ignore" = "inherit",
) {
	const line = ["tools/run.mjs", words[name]!.entry, ...more];
	return spawnSync(process.execPath, line, { stdio }).status ?? 1;
}

function renewLong(name: LongJob, more: readonly string[] = []): number {
	if (!isStale(name)) return 0;
	print(`${name}: its inputs have changed; npm run renew -- ${name} runs`);
	if (runJob(name, more) !== 0) failed.push(name);
	return 1;
}

function renewPictures(): number {
	if (runJob("pictures", ["--check"], "ignore") === 0) return 0;
	if (existsSync(CHROMIUM)) {
		if (runJob("pictures") !== 0) failed.push("pictures");
	} else print(`pictures: older than the page, and ${CHROMIUM} is missing; they stay`);
	return 1;
}

let renewed = 0;
if (job) renewed += renewPages(job, PAGES[job]!);
else {
	for (const [name, texts] of Object.entries(PAGES)) renewed += renewPages(name, texts);
	if (failed.length === 0) {
		renewed += renewLong("golden");
		renewed += renewLong("frozen", because === undefined ? [] : ["--because", because]);
		renewed += renewLong("ledger");
		renewed += renewPictures();
	}
}
if (failed.length > 0) {
	process.stderr.write(
		`not renewed: ${failed.join(", ")}; mend what is said above, then ${COMMAND}\n`,
	);
	process.exitCode = 1;
} else if (renewed === 0) print("nothing is stale");
