/**
 * Headless: what can be shown of the desktop program without an SDK.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { nightScript, textOf } from "../../../tools/night/script.js";
import { virtualTrace } from "../../../tools/night/virtual.js";

describe("the night script", () => {
	test("is the same for the same seed, and another for another", () => {
		expect(textOf(nightScript(7))).toBe(textOf(nightScript(7)));
		expect(textOf(nightScript(8))).not.toBe(textOf(nightScript(7)));
	});
	test("has its inputs in the order of time, none at once with another", () => {
		const instants = nightScript(7).lines.map(({ at }) => at);
		expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b));
	});
	test("moves the light of a virtual lamp, and the same way again", async () => {
		const first = await virtualTrace(nightScript(7));
		expect(first.length).toBeGreaterThan(1000);
		expect(await virtualTrace(nightScript(7))).toEqual(first);
	});
});

test.each([
	["x-cli-lin", "./hosts/desktop/manifest.json"],
	["lin", "./hosts/desktop/panel/manifest.json"],
])("the manifest builds it for the SDK's platform %s", (platform, manifest) => {
	const { platforms } = JSON.parse(readFileSync("manifest.json", "utf8"));
	expect(platforms[platform].include).toContain(manifest);
	expect(existsSync(manifest)).toBe(true);
});
test.each([
	[["tools/bin/headless.ts", "--prove"]],
	[["tools/bin/headless.ts", "--broker"]],
	[["tools/bin/mcsim.ts"]],
])("%j without an SDK says in one line what is missing, exit 2", (program) => {
	const { MODDABLE: _none, ...env } = process.env;
	const words = ["tools/run.mjs", ...program];
	const { status, stderr } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
	expect([status, stderr.split("\n").length]).toEqual([2, 2]);
	expect(stderr).toContain("MODDABLE is not set");
	expect(stderr).toContain("docs/flash.md");
});
