/**
 * Bundle: the programs of the city in one file, which runs alone in a folder of a server.
 *
 * Promise: One file and Node run the city's programs with a PostgreSQL.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";

const folder = mkdtempSync(join(tmpdir(), "luminode-bundle-"));
beforeAll(() => {
	expect(spawnSync("node", ["tools/luminode.mjs", "bundle"]).status).toBe(0);
	copyFileSync("out/city.mjs", join(folder, "city.mjs"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const cases: [args: string[], code: number, says: RegExp][] = [
	...["traffic", "citizens", "bridge", "metrics", "desk", "clock", "broker-check"].map(
		(program): [string[], number, RegExp] => [[program, "--help"], 0, /^usage: luminode /],
	),
	[["--schema"], 0, /"\$schema"/],
	[["citizens", "events", "site.csv", "none.ics", "out.csv"], 2, /site\.csv: no such file/],
	[
		["desk", "audit", "a.csv", "--database", "a.db"],
		2,
		/no driver of SQLite is installed: give a Post/,
	],
	[["broker-check", "mqtt://127.0.0.1:1"], 2, /nothing listens there/],
];
test.each(cases)("%j", (args, code, says) => {
	const run = spawnSync("node", ["city.mjs", ...args], { cwd: folder, encoding: "utf8" });
	expect([run.status, run.stdout + run.stderr]).toEqual([code, expect.stringMatching(says)]);
});
