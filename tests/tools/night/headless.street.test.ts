/**
 * Headless: what can be shown of the desktop program without an SDK.
 *
 * Promise: The night that is played to the desktop program moves the light of a virtual lamp in the
 * same way.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { readSection } from "../../../src/settings/section.js";
import { DEFAULTS, SECTIONS, type SectionName } from "../../../src/settings/table.js";
import { SW_DATE } from "../../../src/version.js";
import { nightScript, textOf } from "../../../tools/night/script.js";
import { NIGHT_SETTINGS } from "../../../tools/night/settings.js";
import { virtualTrace } from "../../../tools/night/virtual.js";
import { VALIDATORS } from "../../settings/validators.js";
import { runProgram } from "../../support/program.js";
import { scaled } from "../../support/scale.js";

describe("the night script", () => {
	test("is the same for the same seed, and another for another", () => {
		expect(textOf(nightScript(7))).toBe(textOf(nightScript(7)));
		expect(textOf(nightScript(8))).not.toBe(textOf(nightScript(7)));
	});
	test("has its inputs in the order of time, none at once with another", () => {
		const instants = nightScript(7).lines.map(({ at }) => at);
		expect(instants).toEqual([...new Set(instants)].sort((a, b) => a - b));
	});
	test("has other settings for each last digit, and the inputs of its world alone", () => {
		const nights = NIGHT_SETTINGS.map((_row, digit) => nightScript(digit));
		expect(new Set(nights.map(({ stored }) => JSON.stringify(stored))).size).toBe(10);
		expect(nightScript(17).stored).toEqual(nights[7]!.stored);
		for (const { lines } of nights)
			for (const { input, value } of lines)
				if (input === "time") expect(value).toBeGreaterThan(SW_DATE);
		const has = (digit: number, input: string) =>
			nights[digit]!.lines.some((line) => line.input === input);
		expect([has(3, "time"), has(4, "time")]).toEqual([false, true]);
		expect([has(6, "illuminance"), has(5, "illuminance")]).toEqual([false, true]);
	});
	test("moves the light of a virtual lamp, and the same way again", async () => {
		const first = await virtualTrace(nightScript(7));
		expect(first.length).toBeGreaterThan(100);
		expect(await virtualTrace(nightScript(7))).toEqual(first);
	});
});

test.each([...NIGHT_SETTINGS.entries()])("the settings of nights %i are valid", (_digit, row) => {
	const rejections = Object.entries(row.sections).flatMap(([name, values]) => {
		expect(SECTIONS).toContain(name);
		const text = JSON.stringify(values);
		return readSection(DEFAULTS, name as SectionName, text, VALIDATORS).rejections;
	});
	expect(rejections).toEqual([]);
});

test.each([
	["x-cli-lin", "./hosts/desktop/manifest.json"],
	["lin", "./hosts/desktop/panel/manifest.json"],
])("the manifest builds it for the SDK's platform %s", (platform, manifest) => {
	const { platforms } = JSON.parse(readFileSync("manifest.json", "utf8"));
	expect(platforms[platform].include).toContain(manifest);
	expect(existsSync(manifest)).toBe(true);
});

const refused: [words: readonly string[], says: string][] = [
	[
		["--prove", "night"],
		"night: no seed; a seed is a whole number, as in: npm run host -- headless --prove 8",
	],
	[["--broker", "0"], "0: no number of minutes, as in: npm run host -- headless --broker 10"],
	[["--broker", "1", "2"], "2: one word too many"],
];
test.each(scaled(refused.slice(0, 1), refused))(
	"%j is refused in one line, exit 2",
	async (args, says) => {
		const { status, stderr } = await runProgram(["tools/bin/headless.ts", ...args]);
		expect([status, stderr]).toEqual([2, `npm run host -- headless: ${says}\n`]);
	},
);

describe("the program of the desktop is joined as an image", () => {
	type Json = { modules: Record<string, unknown>; preload: string[] };
	const folder = "out/desktop/x-cli-lin";
	const read = (path: string) => readFileSync(`${folder}/${path}`, "utf8");
	beforeAll(async () => {
		const { status, stderr } = await runProgram(["tests/support/boardimage.ts", "x-cli-lin"]);
		if (status !== 0) throw new Error(stderr);
	});

	test("in one module, with no TypeScript, by a copy of its own manifest", () => {
		expect(readdirSync(folder, { recursive: true }).join()).not.toMatch(/\.ts\b/);
		const { platforms, modules } = JSON.parse(read("app/manifest.json"));
		expect(platforms["x-cli-lin"].include).toContain("./../manifest.json");
		expect(modules).toEqual({});
		const manifest: Json = JSON.parse(read("manifest.json"));
		expect(manifest.preload).toContain("luminode/all");
		expect(manifest.preload.filter((name) => /^(host|moddable)\//.test(name))).toEqual([]);
		expect(read("main.js")).toMatch(/from "luminode\/all"/);
		expect(read("main.js")).not.toMatch(/from "(host|luminode)\/(?!all")/);
	});
});
