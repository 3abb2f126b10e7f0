/** Rooms: dependency-cruiser finds breaches that are planted in a small tree, by the table of `.dependency-cruiser.mjs`. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";

/** The rule, a file, and what stands in it; `lib/there.ts` and the like are files that it imports. */
const PLANTED: readonly (readonly [rule: string, file: string, text: string])[] = [
	["room src/lighting", "src/lighting/a.ts", 'import { there } from "../link/there.js";'],
	["pure", "src/meter/a.ts", 'import type { There } from "../link/there.js";'],
	["room src/node/light", "src/node/light/a.ts", 'import { there } from "../schedule/there.js";'],
	["firmware-without-packages", "src/time/night.ts", 'import { x } from "suncalc";'],
	["room hosts/esp32", "hosts/esp32/a.ts", 'import { there } from "luminode/link/there";'],
	["room sim/world", "sim/world/a.ts", 'import { there } from "../checks/there.js";'],
	["apart sim/checks", "sim/checks/a.ts", 'import type { There } from "../../src/link/there.js";'],
	["apart tools", "tools/plan/a.ts", 'import type { There } from "../../sim/checks/there.js";'],
	["apart town", "town/reading/a.ts", 'import type { There } from "../../tools/there.js";'],
	["apart city", "city/desk/a.ts", 'import type { There } from "../../src/link/there.js";'],
	["without-node", "sim/page/client/a.ts", 'import { readFileSync } from "node:fs";'],
	["a-room-for-each-file", "sim/misc/a.ts", 'import { there } from "../../lib/there.js";'],
	["no-circle", "lib/dali/a.ts", 'import type { B } from "./b.js"; export type A = B;'],
];
const THERE = ["src/link", "src/node/schedule", "sim/checks", "tools", "lib"];

let folder: string;
let found: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-rooms-"));
	const write = (path: string, text: string) => {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	};
	for (const [, path, text] of PLANTED) write(path, text);
	for (const path of THERE)
		write(`${path}/there.ts`, "export const there = 1; export type There = 1;");
	write("lib/dali/b.ts", 'import type { A } from "./a.js"; export type B = A;');
	write("tsconfig.json", '{ "compilerOptions": { "paths": { "luminode/*": ["./src/*"] } } }');
	symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
	const program = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
	const args = [program, "--config", resolve(".dependency-cruiser.mjs")];
	const trees = ["src", "hosts", "lib", "sim", "town", "tools", "city"];
	const { stdout, stderr } = spawnSync(process.execPath, [...args, ...trees], {
		cwd: folder,
		encoding: "utf8",
	});
	found = stdout + stderr;
});
afterAll(() => rmSync(folder, { recursive: true }));

// security: 5.6-9
test.each(PLANTED)("%s: %s", (rule, file) => {
	expect(found).toMatch(new RegExp(`error ${rule}: ${file} `));
});
test("and nothing else", () => {
	const rules = [...found.matchAll(/error ([^:]*): /g)].map(([, rule]) => rule);
	const expected = PLANTED.map(([rule]) => rule);
	// a pure room and a judge break the rule of their own row, too
	expect(new Set(rules)).toEqual(new Set(expected));
});
