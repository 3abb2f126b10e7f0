/** Renew: what is stale is found, written and named, and nothing else. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { TASKS } from "../../../tools/docs/verbs.mjs";
import { CHECKS_PAGE, checkFiles, checksPage } from "../../../tools/renew/checks.js";
import { inputsOf, isStale, noteInputs } from "../../../tools/renew/inputs.js";
import { PAGES, writeStale } from "../../../tools/renew/pages.js";
import { isGolden } from "../../support/golden.js";

const folder = mkdtempSync(join(tmpdir(), "luminode-renew-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** Writes a file of the folder, and returns its path. */
function file(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

const jobs = Object.entries(PAGES);
test.each(jobs)("%s: no page is stale", (name, texts) => {
	for (const [path, text] of Object.entries(texts()))
		isGolden(text, path, `npm run renew -- ${name}`);
});
test("each page has a job by its name", () => {
	expect(Object.keys(TASKS.renew!.words)).toEqual(
		expect.arrayContaining(jobs.map(([name]) => name)),
	);
});

test("only a text that differs from its file is written", () => {
	const same = file("same.md", "a\n");
	const stale = file("stale.md", "a\n");
	const missing = join(folder, "missing.md");
	expect(writeStale({ [same]: "a\n", [stale]: "b\n", [missing]: "c\n" })).toEqual([stale, missing]);
	expect([same, stale, missing].map((path) => readFileSync(path, "utf8"))).toEqual([
		"a\n",
		"b\n",
		"c\n",
	]);
});

describe("a long job", () => {
	const before = "/** Why. */\nexport const a = 1;\n";
	test.each([
		["a comment", "/** Another reason. */\nexport const a = 1; // one\n", false],
		["a type", "/** Why. */\nexport const a: number = 1;\n", false],
		["a value", "/** Why. */\nexport const a = 2;\n", true],
	])("%s that changes in its inputs counts: %#", (_what, after, counts) => {
		const path = file("input.ts", before);
		const digest = inputsOf("ledger", [path]);
		file("input.ts", after);
		expect(inputsOf("ledger", [path]) !== digest).toBe(counts);
	});
	test("a file that comes, goes or has another name counts", () => {
		const [source, other] = [file("one.c", "x"), file("other.c", "x")];
		const digests = [[source], [other], [source, other]].map((paths) => inputsOf("ledger", paths));
		expect(new Set(digests).size).toBe(3);
	});
	test.each([
		["nothing is recorded", undefined],
		["a merge left its marks", "<<<<<<< HEAD\n"],
		["the inputs were others", '{ "golden": "0123456789abcdef" }'],
	])("is stale where %s, until it is done", (_what, text) => {
		const record = join(folder, "inputs.json");
		if (text === undefined) rmSync(record, { force: true });
		else writeFileSync(record, text);
		expect(isStale("golden", record, "a")).toBe(true);
		noteInputs("golden", record, "a");
		const stale = (["golden", "ledger"] as const).map((job) => isStale(job, record, "a"));
		expect([...stale, isStale("golden", record, "b")]).toEqual([false, true, true]);
	});
});

describe("the table of checks", () => {
	const page = "# Page\n\n| check | promise | judged, % |\n|---|---|---|\n";
	const row = (name: string, promise: string) => ({ name, path: `${name}.ts`, promise });
	test.each([
		[
			"a new one comes last",
			["a", "b", "c"],
			"| `b` | B | 1, 2 |\n| `a` | A | 3, - |\n| `c` | C | -, - |",
		],
		["one that is gone leaves", ["a"], "| `a` | A | 3, - |"],
	])("keeps order and measurements; %s", (_what, names, rows) => {
		const old = `${page}| \`b\` | old | 1, 2 |\n| \`a\` | old | 3, - |\n\nMore.\n`;
		const checks = names.map((name) => row(name, name.toUpperCase()));
		expect(checksPage(old, checks)).toBe(`${page}${rows}\n\nMore.\n`);
	});
	test("a page without the table is refused", () => {
		expect(() => checksPage("# Page\n")).toThrow(`${CHECKS_PAGE} has no table of checks`);
	});
	test.each([
		["in one line", "/** calm: it is calm. */\n", "it is calm"],
		["in a paragraph", "/**\n * calm: it is\n * calm.\n *\n * A chance is x.\n */\n", "it is calm"],
		["missing", "/** Something. */\n", undefined],
		["of another check", "/** storm: it blows. */\n", undefined],
	])("the promise of a check, %s", (_what, head, promise) => {
		const path = file("calm.ts", `${head}class Calm {\n\treadonly name = "calm";\n}\n`);
		const read = () => checkFiles(folder).find(({ name }) => name === "calm")?.promise;
		if (promise !== undefined) expect(read()).toBe(promise);
		else expect(read).toThrow(`${path}: begin the file with "calm: "`);
	});
});

test.each([
	["renew", "calender", /calender: is not a job; the jobs are settings, contract, .*ledger/],
	["renew", "--becuase", /--becuase/],
	["host", "calender", /^npm run host: calender: is not one of headless, /],
])("npm run %s -- %s is refused in one line", (script, word, says) => {
	const line = ["tools/task.mjs", script, word];
	const { status, stdout, stderr } = spawnSync(process.execPath, line, { encoding: "utf8" });
	expect([status, stdout]).toEqual([2, ""]);
	expect(stderr).toMatch(says);
	expect(stderr.trim().split("\n").length).toBe(1);
});
