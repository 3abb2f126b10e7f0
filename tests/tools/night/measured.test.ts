/** Measured: the installed mean of readings by hand, its slip, and the same procedure years later. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { measured } from "../../../tools/night/measured.js";
import { checkOf, slipOf } from "../../../tools/plan/measured.js";

const folder = mkdtempSync(join(tmpdir(), "luminode-measured-"));
const file = join(folder, "slips.csv");
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const METER = "Hagner E4-X 2211, 2026-03";
const readings = [6, 5, 4, 3, 4, 5, 6, 7, 5]; // 45 in all, mean 5
const argsWith = (more: readonly string[] = [], lux: readonly number[] = readings) => [
	"--pole",
	"12",
	"--instrument",
	METER,
	"--readings",
	lux.join(","),
	"--file",
	file,
	...more,
];
const at = (date: string, ...more: string[]) => measured(argsWith(more), date);

test("by hand: nine points of mean 5, of which 0.2 are others', at 80 %, 90 % before cleaning", () => {
	const measurement = { pole: "12", date: "2026-12-01", instrument: METER, readings_lx: readings };
	const slip = slipOf({ ...measurement, ambient_lx: 0.2, level: 80, maintenance: 0.9 });
	// (45 - 9 x 0.2) / 9 = 4.8; 4.8 / 0.8 = 6; 6 x 0.9 = 5.4; (3 - 0.2) / 4.8 = 0.583
	expect(slip).toEqual({
		points: 9,
		mean_lx: 4.8,
		min_lx: 2.8,
		uniformity: 0.58,
		fresh_lx: 6,
		installedMean: 5.4,
	});
});
test.each([
	[10, 10, 100, "constant"],
	[10, 9, 90, "constant"],
	[10, 8.99, 89.9, "less"],
	[10, 11, 110, "constant"],
	[10, 11.2, 112, "more"],
] as const)("%d lx, then %d: %d %%, %s", (first, now, share, verdict) => {
	expect(checkOf(first, now)).toEqual({ share, verdict });
});

describe("the slip", () => {
	test("states the setting, and stands in the file with date and instrument", () => {
		const { status, text } = at("2026-12-01", "--level", "80", "--maintenance", "0.9");
		expect(status).toBe(0);
		expect(text).toContain("Pole 12, 2026-12-01, by Hagner E4-X 2211, 2026-03: mean 5 lx");
		expect(text).toContain("set installedMean 5.63 ");
		const [titles, line] = readFileSync(file, "utf8").split("\r\n");
		expect(titles).toMatch(/^date,pole,instrument,level,.*,installedMean,verdict$/);
		expect(line).toBe(`2026-12-01,12,"${METER}",80,0,9,5,3,0.6,6.25,0.9,5.63,`);
	});
	test("years later the same light is constant, and 20 % less is not", () => {
		at("2026-12-01");
		const later = at("2031-12-01", "--verify");
		expect(later).toMatchObject({
			status: 0,
			text: expect.stringMatching(/is 100 % of that of 2026-12-01 .*: constant within 10 %\.\n$/),
		});
		const dim = measured(
			argsWith(
				["--verify", "--lang", "fr"],
				readings.map((lux) => 0.8 * lux),
			),
			"2034-01-05",
		);
		expect(dim.status).toBe(1);
		expect(dim.text).toMatch(/vaut 80 % de celle du 2026-12-01 .* nettoyer/);
		expect(
			readFileSync(file, "utf8")
				.trimEnd()
				.split("\r\n")
				.slice(1)
				.map((line) => line.split(",").at(-1)),
		).toEqual(["", "constant", "less"]);
	});
	test("a formula in a name is none in a spreadsheet", () => {
		measured(
			["--pole", "=1+1", "--instrument", "x", "--readings", readings.join(","), "--file", file],
			"2026-12-01",
		);
		expect(readFileSync(file, "utf8")).toContain("2026-12-01,'=1+1,x,");
	});
});

test.each<[why: string, more: string[], lux: number[], says: RegExp]>([
	["too few points", [], [1, 2, 3], /9 at least, these are 3/],
	[
		"a reading that is none",
		[],
		[...readings, -1],
		/--readings "-1": numbers from 0 to 1000, e\.g\. 4\.2/,
	],
	["a level that is none", ["--level", "5"], readings, /--level "5": numbers from 10 to 100/],
	[
		"a day that is none",
		["--date", "2026-02-30"],
		readings,
		/--date 2026-02-30: a day as 2026-12-01/,
	],
	["nothing to compare with", ["--verify"], readings, /has no slip of pole 12; measure it first/],
	["an unknown language", ["--lang", "de"], readings, /--lang de: must be en or fr/],
])("refuses %s, and writes nothing", (_why, more, lux, says) => {
	const { status, text } = measured(argsWith(more, lux), "2026-12-01");
	expect([status, text]).toEqual([2, expect.stringMatching(says)]);
	expect(existsSync(file)).toBe(false);
});
test("pole and instrument are needed; help without words", () => {
	expect(measured(["--readings", "1"], "2026-12-01").text).toMatch(/--pole is missing, e\.g\./);
	expect(measured(["--pole", "1"], "2026-12-01").text).toMatch(/--instrument is missing, e\.g\./);
	expect(measured([], "2026-12-01").text).toMatch(/^usage: luminode measured/);
	const french = (args: string[]) => measured(args, "2026-12-01", { LANG: "fr_BE.UTF-8" }).text;
	expect(french(["--help"])).toMatch(/^usage : luminode measured/);
	expect(french(["--pole", "1"])).toMatch(/^measured : --instrument manque, p\. ex\./);
	expect(french(argsWith(["--verify"]))).toMatch(
		/^measured : --verify : .* n'a pas de fiche du mât 12/,
	);
});
