/**
 * Headline: the figures of README and LISEZMOI are those of the year that the page shows, at equal
 * floors.
 *
 * Promise: One saving is the headline everywhere, against the same LED dimmed to the same floor.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { belowIn } from "../../lib/lightingoptions/knownoptions.js";
import { type OptionName, optionOf } from "../../lib/lightingoptions/options.js";
import { passagesANight } from "../../lib/lightingoptions/year.js";
import { readOptions } from "../../sim/cli/words.js";
import { configuredAs } from "../../sim/report/comparedoptions.js";
import { yearsOf } from "../../sim/report/years.js";
import { configuredOf } from "../../sim/run/configured.js";

const answer = readOptions(["--headless"]);
if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
const { options } = answer;
const year = await yearsOf(options, Date.parse("2026-11-24T15:00:00+01:00"));
const of = (name: OptionName) => year.options.find((option) => option.name === name)!;
const ORDER = ["full", "profile", "neighbours", "hourly", "off"] as const;

/** Numbers of a row's cells, without their marks. */
const numbersOf = (row: string, comma: boolean) =>
	row
		.split("|")
		.slice(2, 5)
		.map((cell) => cell.replaceAll("*", "").split(comma ? "sur" : "of")[0]!)
		.map((cell) =>
			Number(
				(comma ? cell.replace(",", ".") : cell.replace(",", "")).replace(/[%\s\u00a0\u202f]/g, ""),
			),
		);

test.each([
	["README.md", false],
	["LISEZMOI.md", true],
] as const)("%s: each row is the year's, and the headline compares equal floors", (path, comma) => {
	const text = readFileSync(path, "utf8");
	const rows = text.split("\n").filter((line) => /^\|.*% \|.*% \|/.test(line.replaceAll("*", "")));
	expect(rows).toHaveLength(ORDER.length);
	for (const [index, name] of ORDER.entries()) {
		const [energy, below, unlit] = numbersOf(rows[index]!, comma) as [number, number, number];
		const found = of(name);
		const share = (100 * found.energy_kWh.mid) / of("full").energy_kWh.mid;
		expect(Math.abs(energy - share)).toBeLessThan(0.1);
		expect(Math.abs(below - belowIn(found).mid)).toBeLessThan(1);
		expect(Math.abs(unlit - found.unlit.mid)).toBeLessThanOrEqual(0.05 * found.unlit.mid);
	}
	const saved = 1 - of("neighbours").energy_kWh.mid / of("profile").energy_kWh.mid;
	expect(text).toContain(`**${Math.round(100 * saved)} %`);
	expect(passagesANight(year)).toBeGreaterThan(100);
});

test("presence and hourly classes go down as far as the driver's program, and no further", () => {
	const least = Math.min(...optionOf("profile").steps!.map(([, level]) => level));
	for (const name of ["presence", "neighbours", "hourly"] as const) {
		const { floorLevel, program } = configuredAs(name, configuredOf(options), year.traffic);
		expect(floorLevel).toBe(least);
		if (name !== "hourly") continue;
		const levels = program.split(";").map((point) => Number(point.trim().split(" ")[1]));
		expect(Math.min(...levels)).toBeGreaterThanOrEqual(least);
	}
});
