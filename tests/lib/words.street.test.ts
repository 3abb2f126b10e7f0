/**
 * Words: every verb and every word of a script prints its help, and refuses an unknown argument.
 *
 * Promise: Every program prints its help, and does nothing after a word that it does not know.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { verbList } from "../../tools/docs/verblist.js";
import { GROUPS, SCRIPTS, TASKS, VERBS } from "../../tools/docs/verbs.mjs";
import { runProgram } from "../support/program.js";
import { scaled } from "../support/scale.js";

const { bin, scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
	bin: Record<string, string>;
	scripts: Record<string, string>;
};
const OURS = "node tools/run.mjs ";

type Program = readonly [command: string, words: readonly string[]];
const ofVerbs = Object.entries(VERBS).map(
	([verb, { entry, first = [] }]): Program => [`luminode ${verb}`, [entry, ...first]],
);
const ofTasks = Object.entries(TASKS).flatMap(([script, { entry, words }]): Program[] => [
	...(entry ? [[`npm run ${script}`, [entry]] as const] : []),
	...Object.entries(words).map(
		([word, { entry, first = [] }]) => [`npm run ${script} -- ${word}`, [entry, ...first]] as const,
	),
]);
const ofScripts = Object.entries(scripts)
	.filter(([, line]) => line.startsWith(OURS))
	.map(([name, line]): Program => [`npm run ${name}`, line.slice(OURS.length).split(" ")]);
const programs = [...ofScripts, ...ofVerbs, ...ofTasks];

const { MODDABLE: _sdk, ...others } = process.env;
const run = (args: readonly string[], language = "C") =>
	runProgram(args, { ...others, LC_ALL: language });

describe("the tables of commands", () => {
	test("package.json has the scripts of the table", () => {
		expect(Object.keys(scripts)).toEqual(Object.keys(SCRIPTS));
		const dispatched = Object.keys(scripts).filter((name) => scripts[name]!.includes("task.mjs"));
		expect(dispatched).toEqual(Object.keys(TASKS));
	});
	test("a verb is in one group and is no script", () => {
		const names = Object.values(GROUPS).flatMap(({ verbs }) => Object.keys(verbs));
		expect(names).toEqual([...new Set(names)].filter((name) => !Object.hasOwn(scripts, name)));
	});
});

describe("luminode", () => {
	const start = (args: readonly string[], language = "C") =>
		run(["tools/bin/luminode.ts", ...args], language);
	test("is the package's program", () => {
		expect(bin).toEqual({ luminode: "tools/luminode.mjs" });
		expect(readFileSync(bin.luminode!, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
	});
	test("lists its verbs in the language of the environment", async () => {
		const english = await start(["--help"]);
		const french = await start(["--help"], "fr_BE.UTF-8");
		expect([english.status, english.stdout]).toEqual([0, verbList("en")]);
		expect([french.status, french.stdout]).toEqual([0, verbList("fr")]);
		for (const verb of Object.keys(VERBS))
			for (const { stdout } of [english, french]) expect(stdout).toContain(`\n  ${verb} `);
	});
	test("each line of the list fits into a terminal", () => {
		const lines = `${verbList("en")}${verbList("fr")}`.split("\n");
		expect(lines.filter((line) => line.length > 90)).toEqual([]);
	});
	test.each([
		["vault", 0, /^usage: luminode vault /],
		["pr", 0, /^usage: luminode provision /],
		["pre", 0, /^usage: luminode preview /],
		["p", 2, /^luminode: p: is not a verb; the verbs are preview, /],
		["constructor", 2, /^luminode: constructor: is not a verb/],
	])("%s --help: a verb, or the beginning of one, of Maintain first", (word, status, answer) => {
		const env = { ...others, LC_ALL: "C" };
		const line = [bin.luminode!, word, "--help"];
		const ended = spawnSync(process.execPath, line, { encoding: "utf8", env });
		expect([ended.status, `${ended.stdout}${ended.stderr}`]).toEqual([
			status,
			expect.stringMatching(answer),
		]);
	});
	test.each([
		["place park --mean 10 --headless --lamps 0", /^--lamps 0: /],
		["factory make --image none --port p --console c --vault v", /^factory: none.bootloader.bin: /],
		["report --lamps 0", /--lamps 0/],
	])("%s, typed in another folder, is read as in the project's", (line, answer) => {
		const args = [resolve(bin.luminode!), ...line.split(" ")];
		const where = { cwd: tmpdir(), env: { ...others, LC_ALL: "C" }, encoding: "utf8" } as const;
		const { status, stderr } = spawnSync(process.execPath, args, where);
		expect([status, stderr]).toEqual([2, expect.stringMatching(answer)]);
	});
	test("an unknown verb is refused in one line", async () => {
		const { status, stdout, stderr } = await start(["sing"], "fr_BE.UTF-8");
		expect([status, stdout]).toEqual([2, ""]);
		expect(stderr).toMatch(/^luminode : sing : n'est pas un verbe ; les verbes sont preview, /);
	});
});

/** `npm run test:street` asks some, from the first word of a newcomer on; the gate asks them all. */
const some = programs.filter((_, n) => n % 20 === 0);

describe.each(scaled(some, programs))("%s", (command, args) => {
	test("--help states its usage, and does nothing", async () => {
		const { status, stdout, stderr } = await run([...args, "--help"]);
		expect([status, stderr]).toEqual([0, ""]);
		const shown = command === "npm run start" ? "npm run sim" : command;
		expect(stdout).toMatch(/^usage: (luminode|npm run) /);
		expect(`${stdout} `).toMatch(new RegExp(`(usage: |\\n {7})${shown}[ \\n]`));
	});
	test("an unknown argument: a line that names it, exit status 2", async () => {
		const { status, stdout, stderr } = await run([...args, "--nonsense"]);
		expect([status, stdout]).toEqual([2, ""]);
		expect(stderr).toMatch(/^[^\n]*--nonsense[^\n]*\n$/);
	});
});

const JOBS = "not a whole number from 1 to 256";
const refused: [command: string, word: string, answer: RegExp][] = [
	["npm run renew", "calender", /^npm run renew: calender: is not a job; the jobs are settings, /],
	["npm run renew -- check", "EvenFade", /^[^:]*check: EvenFade: write the name like evenFade\n$/],
	["npm run renew -- check", "floor", /^[^:]*check: sim\/checks\/floor.ts is there already; /],
	["npm run renew -- settings", "extra", /^npm run renew -- settings: .*extra/],
	["npm run explore -- nights", "many", /^npm run explore -- nights: many: no number\n$/],
	["luminode flash", "", /^luminode flash: where is the controller\?/],
	["npm run soak", "fresh --rounds=0", /^npm run soak: --rounds 0: must be a whole number from 1,/],
	["npm run soak", "fresh --seed=x", /^npm run soak: --seed x: must be a whole number from 0,/],
	["npm run soak", "fresh nowhere", /^npm run soak: nowhere: no test of this path draws its cases/],
	["npm run soak", "--seed=7", /^npm run soak: --seed: only after the word fresh\n$/],
	["npm run explore -- nights", "--jobs=0", new RegExp(`^[^:]*nights: --jobs 0: ${JOBS}\n$`)],
	["npm run explore", "--jobs=two", new RegExp(`^npm run explore: --jobs two: ${JOBS}\n$`)],
	["npm run bench -- city", "--jobs=999", new RegExp(`^--jobs 999: ${JOBS} `)],
	["npm run renew -- frozen", "--because=why", /^[^:]*frozen: --because "why": a sentence, as /],
	["npm run host -- headless", "7", /^[^:]*headless: needs one of --script, --prove/],
	["npm run bench -- energy", "none.csv", /^npm run bench -- energy: none.csv: no such/],
	[
		"npm run bench -- page",
		"--lamps=0",
		/^[^:]*page: --lamps 0: not sizes from 1 to 5000, such as/,
	],
];
test.each(scaled(refused.slice(0, 4), refused))(
	"%s %s is refused in one line, before anything is done",
	async (command, word, answer) => {
		const [, args] = programs.find(([known]) => known === command)!;
		const { status, stdout, stderr } = await run([...args, ...word.split(" ").filter(Boolean)]);
		expect([status, stdout]).toEqual([2, ""]);
		expect(stderr).toMatch(answer);
	},
);

test.each([
	["replay --help", "C", /^usage: npm run sim -- replay FILE .*\n\nPlays a lamp's recorded night/],
	["replay night.recording --help", "fr_BE.UTF-8", /^usage : npm run sim -- replay FICHIER /],
	["merge --help", "C", /^usage: npm run sim -- \[OPTION/],
])("npm run sim -- %s in %s does nothing else", async (line, language, answer) => {
	const { status, stdout, stderr } = await run(["sim/main.ts", ...line.split(" ")], language);
	expect([status, stdout, stderr]).toEqual([0, expect.stringMatching(answer), ""]);
});

const NO_PART = "not a part of the gate; npm run ci -- --help lists them\n";
test.each([
	["--help", [0, expect.stringMatching(/^usage: npm run ci[\s\S]* qemu-system-riscv\./), ""]],
	["--nonsense", [2, "", `npm run ci: --nonsense: ${NO_PART}`]],
	["", [2, "", `npm run ci: : ${NO_PART}`]],
	[undefined, [9, "", ""]],
	["system2", [9, "", ""]],
	["street", [8, "npm ci\n", ""]],
])(
	"npm run ci -- %s: the gate starts only with a part of it, or without a word",
	(word, answer) => {
		/** The list of packages ends a gate that needs some of them, and npm ends any other. */
		const first = mkdtempSync(join(tmpdir(), "gate-"));
		try {
			writeFileSync(join(first, "dpkg-query"), "#!/bin/sh\nexit 9\n", { mode: 0o755 });
			writeFileSync(join(first, "npm"), '#!/bin/sh\necho "npm $*"\nexit 8\n', { mode: 0o755 });
			const env = { ...process.env, PATH: `${first}:${process.env.PATH}` };
			const line = [".ci/run", ...(word === undefined ? [] : [word])];
			const { status, stdout, stderr } = spawnSync("bash", line, { encoding: "utf8", env });
			expect([status, stdout, stderr]).toEqual(answer);
		} finally {
			rmSync(first, { recursive: true });
		}
	},
);
