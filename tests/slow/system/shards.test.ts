/** Parts of a city started by GNU parallel and by the command of a Kubernetes Job, then merged. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { Program, ROOT, simulator } from "../support/programs.js";

const PARTS = 2;
const CITY = "--streets 3 --lamps 2 --seed 5 --start 2026-11-24T17:30:00+01:00 --duration 3m";
const folder = mkdtempSync(join(tmpdir(), "luminode-shards-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(file(name), "utf8");
const ofPage = (page: string) => readFileSync(join(ROOT, page), "utf8");

/** The command with the small city and this folder. */
function small(command: string, target: string): string {
	const changed = command.replaceAll("--streets 100 --lamps 100", CITY).replaceAll(target, folder);
	if (changed === command) throw new Error(`not the command of a city: ${command}`);
	return changed;
}
const shell = (command: string, more: NodeJS.ProcessEnv = {}) =>
	new Program("sh", ["-c", command], "ignore", { ...process.env, LC_ALL: "C.UTF-8", ...more });

async function mergedOf(name: string): Promise<string> {
	const parts = Array.from({ length: PARTS }, (_, n) => file(`${n + 1}.json`));
	const run = simulator("merge", "--summary", file(name), "--trace", file("t.trace.gz"), ...parts);
	expect([await run.ended(), run.output]).toEqual([0, expect.stringMatching(/^3 of 3 streets/m)]);
	return read(name);
}

let wholeSummary: string;
beforeAll(async () => {
	const args = `--headless ${CITY}`.split(" ");
	const summary = ["--summary", file("whole.json"), "--trace", file("whole.trace.gz")];
	const run = simulator(...args, ...summary);
	expect([await run.ended(), run.output]).toEqual([0, expect.anything()]);
	wholeSummary = read("whole.json");
});

test("GNU parallel, as docs/street.md has it, over two local workers", async () => {
	const [, command] =
		/<!-- run: parallel -->\n```\n([\s\S]+?)```/.exec(ofPage("docs/street.md")) ?? [];
	expect(command).toContain("--sshlogin 2/:");
	const run = shell(
		small(command!, "/city").replaceAll(/seq 7|\/7/g, ([sign]) =>
			sign === "/" ? `/${PARTS}` : `seq ${PARTS}`,
		),
	);
	expect([await run.ended(), run.output]).toEqual([0, expect.anything()]);
	expect(await mergedOf("parallel.json")).toBe(wholeSummary);
	expect(readFileSync(file("t.trace.gz"))).toEqual(readFileSync(file("whole.trace.gz")));
});

test("the command of the Job, with each of its indexes", async () => {
	const job = parse(ofPage("city/files/simulator-job.yml"));
	const [{ command, args }] = job.spec.template.spec.containers;
	expect(command).toEqual(["sh", "-c"]);
	const index = (n: number) => ({ JOB_COMPLETION_INDEX: String(n), PARTS: String(PARTS) });
	const runs = Array.from({ length: PARTS }, (_, n) => shell(small(args[0], "/city"), index(n)));
	for (const run of runs)
		expect([await run.ended(), run.output]).toEqual([
			0,
			expect.stringMatching(/^[12] of 3 streets/m),
		]);
	expect(await mergedOf("job.json")).toBe(wholeSummary);
	const beyond = shell(small(args[0], "/city"), index(PARTS));
	expect([await beyond.ended(), beyond.output]).toEqual([
		2,
		expect.stringContaining("--shard 3/2: not a part like 1/4, up to 4/4"),
	]);
});
