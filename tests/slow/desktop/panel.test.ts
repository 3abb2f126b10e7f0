/** The lamp for Moddable's simulator builds of the joined module, with the SDK's own Control. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { expect, test } from "@jest/globals";

test("the panel's library is built, and starts with the joined module", () => {
	const library = "out/bin/lin/mc/release/luminode/mc.so";
	rmSync(library, { force: true });
	const args = ["tools/run.mjs", "tests/slow/support/panel.ts"];
	const { status, stderr } = spawnSync("node", args, { encoding: "utf8" });
	expect([status, stderr]).toEqual([0, ""]);
	expect(existsSync(library)).toBe(true);
	const main = readFileSync("out/desktop/lin/main.js", "utf8");
	expect(main).toMatch(/from "luminode\/all"/);
	expect(main).toMatch(/from "control"/);
});
