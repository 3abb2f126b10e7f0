/** Words: every program of package.json says what it is asked, and refuses what it does not know. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { runProgram } from "../support/program.js";
import { scaled } from "../support/scale.js";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
	scripts: Record<string, string>;
};
const OURS = "node tools/run.mjs ";
const programs = Object.entries(scripts)
	.filter(([, line]) => line.startsWith(OURS))
	.map(([name, line]) => [name, line.slice("node ".length).split(" ")] as const);

/** What tools/run.mjs is given in `words`. */
function told([, ...words]: readonly string[]) {
	const { MODDABLE: _sdk, ...others } = process.env;
	return runProgram(words, { ...others, LC_ALL: "C" });
}

test("there are programs to ask", () => {
	expect(programs.length).toBeGreaterThanOrEqual(18);
});

/** `npm test` asks some, from the first word of a newcomer on; the gate asks them all. */
const some = programs.filter((_, n) => n % 20 === 0);

describe.each(scaled(some, programs))("npm run %s", (name, words) => {
	test("--help says how it is called, and does nothing", async () => {
		const { status, stdout, stderr } = await told([...words, "--help"]);
		expect([status, stderr]).toEqual([0, ""]);
		expect(stdout).toMatch(/^usage: npm run /);
		expect(stdout).toContain(name === "start" ? "npm run sim" : `npm run ${name}`);
	});
	test("a word that it does not know: a line that names it, exit status 2", async () => {
		const { status, stdout, stderr } = await told([...words, "--nonsense"]);
		expect([status, stdout]).toEqual([2, ""]);
		expect(stderr).toMatch(/^[^\n]*--nonsense[^\n]*\n$/);
	});
});

const refused: [name: string, word: string, says: RegExp][] = [
	["settings", "extra", /^npm run settings: .*extra/],
	["nights", "many", /^npm run nights: many: no number\n$/],
	["nights", "--jobs=0", /^npm run nights: --jobs 0: not a whole number from 1 to 256\n$/],
	["explore", "--jobs=two", /^npm run explore: --jobs two: not a whole number from 1 to 256\n$/],
	["bench:city", "--jobs=999", /^--jobs 999: not a whole number from 1 to 256 /],
	["frozen", "--because=why", /^npm run frozen: --because "why": a sentence, as "telemetry /],
	["headless", "7", /^npm run headless: needs one of --script, --prove/],
	["flash", "", /^npm run flash: where is the controller\?/],
	["bench:energy", "none.csv", /^npm run bench:energy: none.csv: no such/],
	["bench:page", "--lamps=0", /^npm run bench:page: --lamps 0: not sizes from 1 to 5000, such as/],
];
test.each(scaled(refused.slice(0, 3), refused))(
	"npm run %s -- %s is refused in one line, before anything is done",
	async (name, word, says) => {
		const [, words] = programs.find(([known]) => known === name)!;
		const { status, stdout, stderr } = await told([...words, ...(word ? [word] : [])]);
		expect([status, stdout]).toEqual([2, ""]);
		expect(stderr).toMatch(says);
	},
);
