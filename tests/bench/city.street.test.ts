/**
 * Bench of the city: its options, and two small streets through the program.
 *
 * Promise: The bench of the city fails when a count grows faster than the number of lamps.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { readCityOptions } from "../../bench/city/options.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the options of the city bench", () => {
	test.each([
		["", { lamps: [100, 1000], hours: 2, jobs: 1, help: false }],
		["--lamps 10000 --hours 16", { lamps: [10_000], hours: 16, jobs: 1, help: false }],
		["--lamps 5,7 --hours 0.5 --jobs 2", { lamps: [5, 7], hours: 0.5, jobs: 2, help: false }],
		["--help", { lamps: [100, 1000], hours: 2, jobs: 1, help: true }],
	])("%s", (line, options) => {
		expect(readCityOptions(line.split(" ").filter(Boolean))).toEqual(options);
	});

	test.each([
		["--lamps 0", /^--lamps 0: not whole numbers from 1 to 100000, e\.g\. 100,1000$/],
		["--lamps 5,", /^--lamps 5,: not whole numbers/],
		["--lamps 1.5", /^--lamps 1\.5: not whole numbers/],
		["--lamps many", /^--lamps many: not whole numbers/],
		["--hours 0", /^--hours 0: not a number above 0, at most 1000, e\.g\. 0\.5$/],
		["--jobs 0", /^--jobs 0: not a whole number from 1 to 256$/],
		["--hours x", /^--hours x: not a number/],
		["--lamp 5", /^Unknown option '--lamp'$/],
		["5", /^Unexpected argument '5'$/],
	])("%s is refused", (line, why) => {
		expect(readCityOptions(line.split(" "))).toEqual(expect.stringMatching(why));
	});
});

test("two streets: parts, exact counts and growth; the checks decide the exit code", () => {
	const args = ["bench/city/main.ts", "--lamps", "2,3", "--hours", "0.1", "--jobs", "2"];
	const { status, stdout } = spawnSync(process.execPath, ["tools/run.mjs", ...args], {
		cwd: root,
		encoding: "utf8",
	});
	expect(status).toBe(0);
	const rows = stdout.split("\n");
	expect(rows[1]).toMatch(/^2 lamps, 0\.1 h: [\d.]+ s \([\d.]+ s CPU\)$/);
	expect(rows[2]).toMatch(
		/^ {2}[\d,]+ lamp-seconds\/s; [\d.]+ KB held a lamp, \d+ MB resident; largest heap [\d,]+ slots, [\d,]+ bytes$/,
	);
	expect(rows[3]).toMatch(
		/^ {2}microseconds a lamp-hour: (?:(?:lamps|broker|trace|checks|street) [\d,]+ \(\d+ %\)(?:, |$)){5}$/,
	);
	expect(rows[4]).toMatch(
		/^ {2}a lamp-hour: [\d,]{6,} computrons, \d+ effects, \d+ inputs, \d+ mess/,
	);
	expect(rows[5]).toMatch(/^ {2}trace [\d,]{4,} bytes a lamp-hour; deaths 0; checks failed: none$/);
	expect(rows[11]).toMatch(/^a lamp-hour with 3 lamps costs [\d.]+ times that with 2$/);
});
