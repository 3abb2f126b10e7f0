/** Places: values, deviations and nights of each kind, as the tools show them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { parseDate } from "../../../src/command/instant.js";
import { totalsOf } from "../../../src/explain/preview.js";
import { walkOf } from "../../../src/node/schedule/preview.js";
import { floorLevelOf, fullLevelOf } from "../../../src/settings/classes.js";
import { DEFAULTS, withValues } from "../../../src/settings/table.js";
import { preview } from "../../../tools/night/preview.js";
import { deviationsOf, KINDS, type Kind, REASONS, withPlace } from "../../../tools/plan/places.js";
import { readSettingsFile } from "../../../tools/plan/settingsfile.js";

const folder = mkdtempSync(join(tmpdir(), "luminode-places-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (content: string | object) => {
	const path = join(folder, "settings.json");
	writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
	return path;
};
const meanOf = (kind: Kind) => (kind === "throughRoad" ? 1 : 20);
const placed = (kind: Kind) =>
	withPlace(withValues(DEFAULTS, { installedMean: meanOf(kind) }), kind);

/** [level, source] of each piece of a night, and its end. */
function nightOf(kind: Kind, date: string) {
	const walk = walkOf(placed(kind), parseDate(date)!);
	const pieces: string[] = [];
	while (walk.next()) pieces.push(`${walk.level} ${walk.chain[0]!.source}`);
	return pieces;
}

describe.each(KINDS)("%s", (kind) => {
	const settings = placed(kind);
	test.each([
		["midsummer", "2026-06-21"],
		["midwinter", "2026-12-21"],
		["summer time begins", "2026-03-28"],
		["summer time ends", "2026-10-24"],
		["carnival", "2026-02-17"],
	])("%s: each level is a class between floor and full, or out by decision", (_when, date) => {
		const walk = walkOf(settings, parseDate(date)!);
		let count = 0;
		while (walk.next()) {
			count += 1;
			const isOut = walk.chain.some(({ by }) => by === "lightsOut");
			if (isOut) expect([kind, walk.level]).toEqual(["darkCorridor", 0]);
			else expect(walk.level).toBeGreaterThanOrEqual(Math.max(1, floorLevelOf(settings)));
			expect(walk.level).toBeLessThanOrEqual(fullLevelOf(settings));
		}
		expect(count).toBeGreaterThan(0);
		const { activeEnergy_kWh } = totalsOf(walkOf(settings, parseDate(date)!));
		expect(activeEnergy_kWh).toBeGreaterThan(0.5 * 0.024 - 1e-9); // the controller's own
		expect(activeEnergy_kWh).toBeLessThan(0.0375 * 24);
	});
	test("has no deviation as it is, and one where a setting is its own", () => {
		expect(deviationsOf(settings)).toEqual([]);
		expect(deviationsOf(withValues(settings, { hold: 90_000 }))).toMatchObject([
			{ name: "hold", actual: "90" },
		]);
	});
	test("its reason stands in both languages, on the page of places, too", () => {
		const page = readFileSync("docs/places.md", "utf8");
		for (const reason of REASONS[kind]) expect(page).toContain(reason);
		expect(REASONS[kind][0]).not.toBe(REASONS[kind][1]);
	});
});

describe("nights that the kinds are for", () => {
	test.each<[why: string, kind: Kind, date: string, pieces: string[]]>([
		[
			"a school night",
			"school",
			"2026-11-24",
			["38 sunset P3", "15 19:00 P5", "10 23:00 P6", "38 06:30 P3"],
		],
		[
			"a night of the summer holidays",
			"school",
			"2026-07-21",
			["15 holidays: sunset P5", "10 holidays: 23:00 P6"],
		],
		[
			"the night before the market",
			"shopping",
			"2026-11-27",
			["50 market: sunset P2", "25 market: 23:00 P4", "50 market: 04:30 P2"],
		],
		[
			"Saturday at the station",
			"square",
			"2026-11-28",
			["50 weekend: sunset P2", "25 weekend: 02:30 P4", "50 weekend: 04:30 P2"],
		],
		["the corridor in June", "darkCorridor", "2026-06-21", ["0 season: 22:00 out set P6 hold 15"]],
		[
			"the corridor in December",
			"darkCorridor",
			"2026-12-21",
			["15 sunset P5", "10 22:00 P6", "15 06:00 P5"],
		],
		["a crossing", "crossing", "2026-12-21", ["75 sunset C3"]],
		[
			"a through road",
			"throughRoad",
			"2026-12-21",
			["75 sunset M4", "50 22:00 M5", "30 00:00 M6", "75 05:30 M4"],
		],
	])("%s", (_why, kind, date, pieces) => {
		expect(nightOf(kind, date)).toEqual(pieces);
	});
});

describe("a settings file", () => {
	test("a place first, then single settings, which are named as deviations", () => {
		const path = file({ light: { place: "park", installedMean: 10, hold: 90 } });
		const { status, text } = preview(["--settings", path, "--date", "2026-11-24"], 0);
		expect(status).toBe(0);
		expect(text).toMatch(/16:50 +30 % .*\[mean 3\.00 lx\]/);
		expect(text).toMatch(/Deviation from park: hold is 90, not 60\./);
		const french = preview(["--settings", path, "--lang", "fr"], 0).text;
		expect(french).toMatch(/Écart par rapport à park : hold vaut 90, et non 60\./);
	});
	test("with a byte order mark, as editors of Windows write it", () => {
		const path = file('\uFEFF{"light": {"floorLevel": 30}}');
		expect(readSettingsFile(path, DEFAULTS, "en").floorLevel).toBe(30);
	});
	test.each<[why: string, content: string | object, en: RegExp, fr: RegExp]>([
		["a table", "pole;node\n1;a", /is a table, not JSON/, /est un tableau, pas du JSON/],
		["no JSON", "{", /is not JSON, e\.g\./, /n'est pas du JSON, p\. ex\./],
		["a list", "[]", /no object of sections/, /pas d'objet de sections/],
		[
			"no section",
			{ lights: {} },
			/lights is not a section; sections are identity/,
			/lights n'est pas une section/,
		],
		[
			"30 February",
			{ calendar: { calendar: "02-30: program" } },
			/calendar "02-30: program": this date does not exist/,
			/cette date n'existe pas/,
		],
		[
			"a zone by name",
			{ calendar: { zone: "Europe/Lisbon" } },
			/Europe\/Lisbon is written <\+00>0<\+01>,M3\.5\.0\/1,M10\.5\.0/,
			/Europe\/Lisbon s'écrit <\+00>0<\+01>/,
		],
		[
			"Brussels",
			{ calendar: { zone: "Europe/Brussels" } },
			/Europe\/Brussels is CET-1CEST,M3\.5\.0,M10\.5\.0\/3/,
			/s'écrit CET-1CEST,M3\.5\.0,M10\.5\.0\/3/,
		],
	])("%s is refused with rule and example", (_why, content, en, fr) => {
		const path = file(content);
		expect(() => readSettingsFile(path, DEFAULTS, "en")).toThrow(en);
		expect(() => readSettingsFile(path, DEFAULTS, "fr")).toThrow(fr);
	});
});

describe("luminode preview", () => {
	test.each(["en", "fr"])("every kind of place with energy and means: %s", (lang) => {
		const { text } = preview(
			["--places", "--mean", "20", "--date", "2026-12-21", "--lang", lang],
			0,
		);
		const [lamp, ...lines] = text.trim().split("\n");
		expect(lamp).toMatch(/^Latitude 50[.,]63 \(/);
		expect(lines.map((line) => line.split(/ ?:/)[0])).toEqual([...KINDS]);
		expect(text).toMatch(
			lang === "en"
				? /park: 0\.\d+ kWh, full 15 % \[mean 3\.00 lx\], floor 10 %/
				: /park : 0,\d+ kWh, plein 15 % \[moyenne 3,00 lx\], plancher 10 %/,
		);
		expect(text).not.toMatch(/\{\d\}/);
	});
	test("a year beside a baseline, with area and tariff", () => {
		const args = ["--place", "residential", "--mean", "10", "--year", "2026", "--traffic", "6"];
		const { text } = preview([...args, "--width", "8", "--tariff", "0.30,160,2026-01"], 0);
		expect(text).toMatch(
			/^Latitude .*\n2026: 61\.\d kWh.*\nBaseline old lamp all night: 347\.\d kWh; saved 28\d\.\d kWh \+-35\.\d/,
		);
		expect(text).toMatch(/PDI .* AECI .*\nModelled energy is not a bill\.\n$/);
	});
	test.each<[args: string[], says: RegExp]>([
		[["--place", "beach"], /--place is one of residential, .*: beach/],
		[["--place", "park"], /needs the installed mean: --mean LUX/],
		[["--place", "park", "--mean", "much"], /--mean is a number from 0\.01 to 200: much/],
		[["--year", "1999"], /--year is a number from 2000 to 2069/],
		[
			["--year", "2026", "--tariff", "cheap"],
			/--tariff is EUR,GRAMS,DATE, e\.g\. 0\.30,160,2026-01: cheap/,
		],
		[["--height", "6"], /--height needs --width, e\.g\. --width 7 --height 6/],
		[["--height", "6", "--width", "7"], /--height needs the installed mean/],
		[["--year", "2026", "--width", "8"], /--width needs the installed mean/],
		[["--date", "2026-02-30"], /2026-02-30 does not exist: 2026-02 has 28 days/],
	])("refuses %j", (args, says) => {
		const { status, text } = preview(args, 0);
		expect([status, text]).toEqual([2, expect.stringMatching(says)]);
	});
	test("the light between two poles", () => {
		const args = ["--place", "residential", "--mean", "10", "--width", "6", "--height", "6"];
		expect(preview(args, 0).text).toMatch(/one lamp at 50 % among others at 20 %: mean 3\.\d\d lx/);
		const road = ["--place", "throughRoad", "--mean", "1", "--width", "7", "--height", "8"];
		expect(preview(road, 0).text).toMatch(/all lamps at 75 %: mean 10\.71 lx.*not judged: M4/);
	});
	test("notes what is improbable", () => {
		const path = file({
			light: { fullClass: "P4", installedMean: 10 },
			calendar: { program: "sunset 100; sunrise 0" },
		});
		expect(preview(["--settings", path], 0).text).toMatch(/\nNote: point "sunset 100" gives more/);
		expect(preview(["--settings", path, "--lang", "fr"], 0).text).toMatch(/\nRemarque : le point/);
	});
});
