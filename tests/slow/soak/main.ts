/**
 * Main: `npm run soak`: the long runs, or with `fresh` the tests of `npm test` and of
 * `npm run test:street` that draw, in rounds with a new seed each; 1 if a test failed.
 */
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { relative } from "node:path";
import { projectRoot } from "../../../lib/root.mjs";
import { refuse, wordsOf } from "../../../lib/words.js";
import { drawingFiles } from "./drawing.js";

const COMMAND = "npm run soak";
const HELP = `usage: npm run soak [-- [PATH ...] [-t NAME] [--maxWorkers N]]
       npm run soak -- fresh [PATH ...] [--rounds N] [--seed N] [-t NAME] [--maxWorkers N]

Runs the long tests, or those whose path contains a PATH. With fresh: the tests of npm test and of
npm run test:street that draw their cases, with a new seed each round; a failure is followed by the
line that repeats it.
--rounds      how many; 1 without it
--seed        that of the first round, the next rounds take the next numbers; drawn without it
-t            the tests whose name matches
--maxWorkers  how many files at a time; 1 without it`;

/** Seeds are shorter than this, so that they are typed without a slip. */
const SEEDS = 1_000_000_000;
const JEST = ["--max-semi-space-size=64", "--experimental-vm-modules", "--no-warnings"];
JEST.push("node_modules/jest/bin/jest.js");

const text = { type: "string" } as const;
const { values, positionals } = wordsOf({
	command: COMMAND,
	help: HELP,
	options: { rounds: text, seed: text, maxWorkers: text, name: { ...text, short: "t" } },
	most: Infinity,
});
const isFresh = positionals[0] === "fresh";
if (!isFresh)
	for (const option of ["rounds", "seed"] as const)
		if (values[option] !== undefined) refuse(COMMAND, `--${option}: only after the word fresh`);
const common = ["--maxWorkers", String(numberOf("maxWorkers", values.maxWorkers ?? "1"))];
if (values.name !== undefined) common.push("-t", values.name);
process.exitCode = isFresh
	? rounds(positionals.slice(1))
	: jest(["--config", "tests/slow/soak/jest.config.mjs", ...common, ...positionals]);

/** 1 if a round failed. */
function rounds(paths: readonly string[]): number {
	const count = numberOf("rounds", values.rounds ?? "1");
	const first = numberOf("seed", values.seed ?? String(randomInt(SEEDS - count)), 0);
	const files = filesOf(paths);
	const failed: number[] = [];
	for (let seed = first; seed < first + count; seed++) {
		process.stdout.write(`round ${seed - first + 1} of ${count}: seed ${seed}\n`);
		const args = ["--config", "tests/jest.base.mjs", ...common];
		args.push("--reporters", "default", "--reporters", "<rootDir>/tests/slow/soak/repeat.mjs");
		if (jest([...args, "--runTestsByPath", ...files], { LUMINODE_SEED: String(seed) }) !== 0)
			failed.push(seed);
	}
	const seeds = failed.length > 0 ? `, of the seeds ${failed.join(", ")}` : "";
	process.stdout.write(`${count} rounds, ${failed.length} failed${seeds}\n`);
	return failed.length > 0 ? 1 : 0;
}

function filesOf(paths: readonly string[]): string[] {
	const root = projectRoot();
	const all = drawingFiles(root);
	for (const path of paths)
		if (!all.some((file) => file.includes(shortened(root, path))))
			refuse(COMMAND, `${path}: no test of this path draws its cases; try tests/lighting`);
	return all.filter(
		(file) => paths.length === 0 || paths.some((path) => file.includes(shortened(root, path))),
	);
}

/** An absolute path from the root. */
function shortened(root: string, path: string): string {
	return path.startsWith("/") ? relative(root, path) : path;
}

function jest(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
	const { status } = spawnSync(process.execPath, [...JEST, ...args], {
		stdio: "inherit",
		env: { ...process.env, ...environment },
	});
	return status ?? process.exit(1);
}

function numberOf(option: string, word: string, least = 1): number {
	if (!/^\d{1,9}$/.test(word) || Number(word) < least)
		refuse(COMMAND, `--${option} ${word}: must be a whole number from ${least}, at most 9 digits`);
	return Number(word);
}
