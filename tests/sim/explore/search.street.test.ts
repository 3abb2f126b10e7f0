/**
 * Search: the same result from any number of processes, and from shards of it put together.
 *
 * Promise: A search over many processes or machines has the result of one process.
 */
import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { scaled } from "../../support/scale.js";

const run = promisify(execFile);
/** The part: two of the shortest streets that are drawn. */
const SEEDS = ["--from", scaled("328", "4"), "--seeds", scaled("2", "9"), "--quick"];

/** The lines of a search, without the time that it took; it may end with 1. */
async function explore(...options: string[]): Promise<string> {
	const args = ["tools/run.mjs", "sim/explore/main.ts", ...options];
	const { stdout } = await run("node", args).catch((error: { stdout: string }) => error);
	return stdout.replace(/\d+ s of CPU/, "");
}

describe("a search", () => {
	test("has one result, from two processes and from two shards, each of one, that are merged", async () => {
		const folder = mkdtempSync(join(tmpdir(), "shards-"));
		const files = [1, 2].map((index) => join(folder, `${index}.json`));
		const result = await explore(...SEEDS, "--jobs", "2");
		expect(result).toMatch(/\n[\s\S]*streets, \d+ broke a promise/);
		for (const [index, file] of files.entries())
			await explore(...SEEDS, "--shard", `${index + 1}/2`, "--result", file);
		expect(await explore(...SEEDS, ...files.flatMap((file) => ["--merge", file]))).toBe(result);
	});
	test("that is shown its plant ends there, whatever else is under way", async () => {
		const args = ["--from", "31", "--seeds", "2", "--quick", "--plant", "chatter"];
		const shown = await explore(...args, "--jobs", "2");
		expect(shown).toMatch(/^seed 31: BROKE dutyLimits/);
		expect(shown).toContain("1 streets, 1 broke a promise");
	});
	test("refuses a shard that is none", async () => {
		const args = ["tools/run.mjs", "sim/explore/main.ts", "--shard", "0/3"];
		const { stderr } = await run("node", args).catch((error: { stderr: string }) => error);
		expect(stderr).toContain("--shard 0/3: not a part like 1/4");
	});
});
