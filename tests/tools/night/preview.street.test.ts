/**
 * Night preview: what `npx luminode preview` says, and how it refuses.
 *
 * Promise: A person who previews a night gets it, or one line that says what is wrong.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { preview } from "../../../tools/night/preview.js";

const NOW = Date.parse("2026-11-25T03:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "luminode-preview-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (content: unknown) => {
	const path = join(folder, "settings.json");
	writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
	return path;
};

describe("luminode preview", () => {
	test("reports tonight with the defaults", () => {
		const { status, text } = preview([], NOW);
		expect([status, text]).toEqual([
			0,
			expect.stringMatching(
				/^Latitude 50\.63 \(default\), longitude 5\.57 \(default\); LED of 37 W \(default\)\.\nForecast, night of 2026-11-24: [\s\S]+\n$/,
			),
		]);
		expect(text.split("\n")).toHaveLength(9);
	});
	test("names place and lamp of the settings, in French", () => {
		const path = file({ calendar: { latitude: 50.46 }, power: { ledPower_W: 27.5 } });
		expect(preview(["--settings", path, "--lang", "fr"], NOW).text).toMatch(
			/^Latitude 50,46, longitude 5,57 \(par défaut\) ; LED de 27,5 W\.\n/,
		);
	});
	test("reports a night of given settings, in French", () => {
		const path = file({ calendar: { program: "sunset 100; 00:00 out" }, light: { floorLevel: 0 } });
		const { status, text } = preview(
			["--settings", path, "--date", "2026-12-24", "--lang", "fr"],
			NOW,
		);
		expect([status, text]).toEqual([
			0,
			expect.stringContaining("00:00    0 %  Le programme prévoit"),
		]);
	});

	test.each([
		[
			"en",
			/^Presence, shared with neighbours: [\d.]+ \([\d.]+-[\d.]+\) kWh, 0 passages without light/m,
		],
		[
			"fr",
			/^Éteint de 0 h à 5 h, chaque nuit : 85,\d \(.*\) kWh, \d+ \(.*\) passages sans lumière/m,
		],
	])("the year with every option, in %s", (lang, says) => {
		const { status, text } = preview(
			["--year", "2026", "--ways", "--traffic", "1", "--lang", lang],
			NOW,
		);
		expect([status, text]).toEqual([0, expect.stringMatching(says)]);
		expect(text.trimEnd().split("\n")).toHaveLength(12);
	});

	const french: [args: string[], says: RegExp][] = [
		[["--help"], /^usage : luminode preview[\s\S]+ce texte\n$/],
		[["--place", "plaza"], /^preview : --place plaza : il faut un type parmi residential, /],
		[["--place", "park"], /^preview : un type de lieu exige la moyenne installée/],
		[
			["--date", "2026-02-30"],
			/^preview : --date 2026-02-30 n'existe pas : 2026-02 compte 28 jours/,
		],
		[["--mean", "lots"], /^preview : --mean est un nombre de 0\.01 à 200, et non lots/],
		[["--year", "2026", "--tariff", "1"], /^preview : --tariff s'écrit EUR,GRAMMES,DATE/],
		[["--night"], /^preview : option inconnue --night ; --help montre les options\n$/],
	];
	test.each(french)("%j, in French by --lang and by LANG", (args, says) => {
		const { text } = preview([...args, "--lang", "fr"], NOW);
		expect(text).toMatch(says);
		expect(preview(args, NOW, { LANG: "fr_BE.UTF-8" }).text).toBe(text);
	});

	const refused: [why: string, args: (() => string)[], says: RegExp][] = [
		[
			"a date that is none",
			[() => "--date", () => "2026-02-30"],
			/--date 2026-02-30 does not exist: 2026-02 has 28 days/,
		],
		["a date too far", [() => "--date", () => "2070-01-01"], /to 2069-12-31: 2070-01-01/],
		["a language it does not speak", [() => "--lang", () => "de"], /--lang de: must be en or fr/],
		["an option it does not have", [() => "--night"], /--night/],
		["a file that is not there", [() => "--settings", () => join(folder, "none")], /none/],
		["no JSON", [() => "--settings", () => file("{")], /JSON/],
		["no object", [() => "--settings", () => file([])], /holds no object of sections/],
		["no section", [() => "--settings", () => file({ lights: {} })], /lights is not a section/],
		[
			"a program that is none",
			[() => "--settings", () => file({ calendar: { program: "noon 5" } })],
			/calendar: program "noon 5": a time is 00:00 to 23:59/,
		],
		[
			"settings that contradict each other",
			[() => "--settings", () => file({ light: { maxLevel: 10 } })],
			/light: maxLevel must not be below the floor/,
		],
	];
	test.each(refused)("refuses %s, with exit status 2", (_why, args, says) => {
		const { status, text } = preview(
			args.map((make) => make()),
			NOW,
		);
		expect([status, text]).toEqual([2, expect.stringMatching(says)]);
	});
});
