/**
 * Parts of a city in processes of their own: the evidence of one run, to the byte, or one sentence.
 *
 * Promise: A city simulated in several processes has the evidence of one process, to the byte.
 */
import { spawn } from "node:child_process";
import {
	copyFileSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { merge, readMerge } from "../../../sim/city/merge.js";
import { bundleOf, runProgram } from "../../support/program.js";
import { scaled } from "../../support/scale.js";

const folder = mkdtempSync(join(tmpdir(), "luminode-city-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(file(name), "utf8");

const STREETS = 7;
const EVENING = "--start 2026-11-24T17:30:00+01:00 --duration 4m --seed 5".split(" ");
const CITY = ["--headless", "--streets", String(STREETS), "--lamps", "2", ...EVENING];

const sim = (...args: string[]) => runProgram(["sim/main.ts", ...args]);
const evidence = (name: string) => {
	const base = file(name);
	return ["--summary", `${base}.json`, "--trace", `${base}.trace`];
};

beforeAll(async () => {
	const { status, stdout } = await sim(...CITY, ...evidence("whole"));
	expect([status, stdout]).toEqual([
		0,
		expect.stringMatching(/^7 of 7 streets, 14 lamps, 240 s each$/m),
	]);
	for (const index of [1, 2, 3])
		expect(await sim(...CITY, "--shard", `${index}/3`, ...evidence(`part${index}`))).toMatchObject({
			status: 0,
		});
});

const merged = (parts: readonly string[], name = "merged") =>
	sim("merge", ...evidence(name), ...parts.map((part) => file(`${part}.json`)));

describe("the evidence of one run", () => {
	test("is that of three parts, in any order", async () => {
		const { status, stderr } = await merged(["part3", "part1", "part2"]);
		expect([status, stderr]).toEqual([0, ""]);
		expect(read("merged.json")).toBe(read("whole.json"));
		expect(read("merged.trace")).toBe(read("whole.trace"));
	});

	test.each(scaled(["2"], ["1", "2", "7"]))("is that of %s jobs", async (jobs) => {
		const { status } = await sim(...CITY, "--jobs", jobs, ...evidence(`jobs${jobs}`));
		expect(status).toBe(0);
		expect(read(`jobs${jobs}.json`)).toBe(read("whole.json"));
		expect(read(`jobs${jobs}.trace`)).toBe(read("whole.trace"));
	});

	test("has each lamp under its number, and each street as it runs alone", async () => {
		const { streets, totals } = JSON.parse(read("whole.json"));
		expect(totals.lamps).toBe(14);
		const [, , third] = streets;
		expect(third).toMatchObject({ street: 3, first: 5, lamps: 2, site: "liege", groups: [] });
		const alone = ["--headless", "--lamps", "2", "--first", "5", ...EVENING.slice(0, -1)];
		await sim(...alone, String(third.seed), "--trace", file("alone.trace"));
		const pieces = read("whole.trace").split(/^# street .*\n/m);
		expect(pieces).toHaveLength(STREETS + 1);
		expect(pieces[3]).toBe(read("alone.trace"));
		expect(pieces[3]).toMatch(/Z 00006 /);
	});

	test("has sums that its streets make up", () => {
		const { streets, totals } = JSON.parse(read("whole.json"));
		for (const name of ["published", "deaths", "sensorChanges"]) {
			const all = streets.map((street: Record<string, number>) => street[name]!);
			expect([name, totals[name]]).toEqual([name, all.reduce((a: number, b: number) => a + b, 0)]);
		}
		const judged = streets.map((street: typeof totals) => street.checks.floor.judged);
		expect(totals.checks.floor.judged).toBe(judged.reduce((a: number, b: number) => a + b, 0));
	});

	test("is compressed by its name, and joined as it is", async () => {
		const trace = file("packed.trace.gz");
		const { status } = await sim(...CITY, "--jobs", "2", "--trace", trace);
		expect(status).toBe(0);
		expect(gunzipSync(readFileSync(trace)).toString("utf8")).toBe(read("whole.trace"));
	});
});

describe("parts that make no whole are refused in one sentence, and nothing is written", () => {
	const spoilt = (name: string, edit: (text: string) => string, trace = (text: string) => text) => {
		writeFileSync(file(`${name}.json`), edit(read("part2.json")));
		writeFileSync(file(`${name}.trace`), trace(read("part2.trace")));
		return name;
	};
	const rows: [what: string, parts: () => string[], says: RegExp][] = [
		["one is missing", () => ["part1", "part3"], /^streets 3 to 4 are in no part$/],
		["the last is missing", () => ["part1", "part2"], /^streets 5 to 7 are in no part$/],
		[
			"one is given twice",
			() => ["part1", "part2", "part2", "part3"],
			/streets 3 to 4 are in .*part2.json and .*part2.json$/,
		],
		["the whole and a part", () => ["whole", "part2"], /streets 3 to 4 are in .*whole.json and /],
		[
			"a summary is cut off",
			() => ["part1", spoilt("cut", (text) => text.slice(0, -9)), "part3"],
			/cut.json: cut off, or not the summary of a part of a city$/,
		],
		[
			"one is no summary",
			() => ["part1", spoilt("none", () => "[1]"), "part3"],
			/none.json: cut off, or not/,
		],
		[
			"a file is not there",
			() => ["part1", "gone", "part3"],
			/gone.json: cannot be read \(ENOENT\)$/,
		],
		[
			"a trace is cut off",
			() => ["part1", spoilt("short", String, (text) => text.slice(0, -5)), "part3"],
			/short.trace: cut off$/,
		],
		[
			"a trace is changed",
			() => [
				"part1",
				spoilt("forged", String, (text) => text.replace("closed", "opened")),
				"part3",
			],
			/forged.trace: not the trace that its run wrote$/,
		],
		[
			"a trace goes on",
			() => ["part1", spoilt("long", String, (text) => `${text}x`), "part3"],
			/long.trace: longer than its run wrote it$/,
		],
		[
			"another version",
			() => [
				"part1",
				spoilt("old", (text) => text.replace(/"version": "./, '"version": "_')),
				"part3",
			],
			/old.json: of another version of simulator or firmware than .*part1.json$/,
		],
		[
			"another city",
			() => ["part1", spoilt("other", (text) => text.replace("--seed=5", "--seed=6")), "part3"],
			/other.json: of another city than .*part1.json: --seed=6 in place of --seed=5$/,
		],
	];
	test.each(rows)("%s", (_what, parts, says) => {
		const args = [...evidence("refused"), ...parts().map((part) => file(`${part}.json`))];
		expect(() => merge(readMerge(args))).toThrow(
			expect.objectContaining({ message: expect.stringMatching(says) }),
		);
		for (const name of [
			"refused.json",
			"refused.trace",
			"refused.json.draft",
			"refused.trace.draft",
		])
			expect([name, existsSync(file(name))]).toEqual([name, false]);
	});

	test.each([
		[[], /^--summary is missing, e\.g\. npm run sim -- merge/],
		[["--summary", "x.json"], /^no part is named, e\.g\. /],
		[["--sumary", "x"], /^Unknown option '--sumary', e\.g\. /],
	])("%j", (args, says) => {
		expect(() => readMerge(args)).toThrow(
			expect.objectContaining({ message: expect.stringMatching(says) }),
		);
	});

	test("the whole over one of its parts", () => {
		const parts = ["part1", "part2", "part3"].map((part) => file(`${part}.json`));
		expect(() => merge(readMerge(["--summary", parts[1]!, ...parts]))).toThrow(
			expect.objectContaining({ message: `${parts[1]}: is one of the parts` }),
		);
	});

	test("a file that was there before stays as it was", async () => {
		copyFileSync(file("whole.json"), file("kept.json"));
		const { status, stdout, stderr } = await merged(["part1", "part3"], "kept");
		const line = expect.stringMatching(/^merge: streets 3 to 4 are in no part\n$/);
		expect([status, stdout, stderr]).toEqual([2, "", line]);
		expect(read("kept.json")).toBe(read("whole.json"));
	});
});

test.each([
	["trace", "/nowhere/city.trace", "ENOENT"],
	["summary", tmpdir(), "EISDIR"],
])("--%s %s: refused before the night", async (name, where, why) => {
	const { status, stderr } = await sim(...CITY, "--jobs", "2", `--${name}`, where);
	expect([status, stderr]).toEqual([2, `--${name} ${where}: cannot be written (${why})\n`]);
});

test("a device is written as it is", async () => {
	const { status } = await sim(...CITY, "--shard", "2/7", "--summary", "/dev/null");
	expect(status).toBe(0);
	expect([statSync("/dev/null").isCharacterDevice(), existsSync("/dev/null.draft")]).toEqual([
		true,
		false,
	]);
});

test("a job that is killed ends the others: one sentence, nothing written, nothing left", async () => {
	const args = [...CITY, "--duration", "20h", "--jobs", "2", ...evidence("killed")];
	const long = args.filter(
		(word, n) => word !== "4m" && !(word === "--duration" && args[n + 1] === "4m"),
	);
	const program = await bundleOf("sim/main.ts");
	const parent = spawn(process.execPath, [program, ...long], {
		stdio: ["ignore", "ignore", "pipe"],
	});
	let errorText = "";
	parent.stderr.setEncoding("utf8").on("data", (text: string) => {
		errorText += text;
	});
	const ended = new Promise((resolve) => parent.once("close", resolve));
	const children = () =>
		readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, "utf8").trim().split(" ");
	while (parent.exitCode === null && children().length < 2)
		await new Promise((resolve) => setTimeout(resolve, 20));
	process.kill(Number(children()[1]), "SIGKILL");
	expect(await ended).toBe(3);
	expect(errorText).toMatch(/^street 2: its process was ended by SIGKILL; nothing is written\n$/m);
	expect(readdirSync(folder).filter((name) => /killed|luminode-city/.test(name))).toEqual([]);
});
