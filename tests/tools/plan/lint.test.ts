/** Lint: one planted case a rule, in both languages, and none for what is usual. */
import { describe, expect, test } from "@jest/globals";
import { type Changes, DEFAULTS, type Settings, withValues } from "../../../src/settings/table.js";
import { lint, lintSite } from "../../../tools/plan/lint.js";
import { type LintRule, NOTES } from "../../../tools/plan/notetexts.js";
import { KINDS, withPlace } from "../../../tools/plan/places.js";

const of = (changes: Record<string, unknown>): Settings => withValues(DEFAULTS, changes as Changes);
const P4 = { fullClass: "P4", floorClass: "P6", installedMean: 10 };
const ROW = { neighbourGroup: 1, siteKey: "x".repeat(22) };

const PLANTS: [rule: LintRule, changes: Record<string, unknown>, says: RegExp][] = [
	[
		"zoneLongitude",
		{ longitude: -71.06, latitude: 42.36 },
		/zone is 1 h from UTC, which does not fit longitude -71\.06/,
	],
	[
		"swappedCoordinates",
		{ latitude: 4.44, longitude: 50.41 },
		/latitude 4\.44 and longitude 50\.41/,
	],
	["wideSpacing", { ...ROW, poleSpacing: 90 }, /90 m apart/],
	[
		"overClass",
		{ ...P4, program: "sunset 100; sunrise 0" },
		/"sunset 100" gives more than the design: at most 75 %/,
	],
	["overClass", { ...P4, program: "sunset P2; sunrise 0" }, /"sunset P2"/],
	[
		"overClass",
		{ fullClass: "C4", floorClass: "C5", installedMean: 20, program: "sunset 51; sunrise 0" },
		/at most 50 %/,
	],
	["uncountedTraffic", { program: "sunset 60 traffic 60; sunrise 0" }, /"sunset 60 traffic 60"/],
	[
		"uncountedTraffic",
		{ ...P4, pirFitted: false, program: "sunset P6 traffic 60; sunrise 0" },
		/on P and C a movement sensor/,
	],
	["unknownClass", { program: "sunset P4; sunrise 0" }, /"sunset P4" names a class/],
	["unknownClass", { ...P4, program: "sunset C4; sunrise 0" }, /"sunset C4"/],
	[
		"presenceBelowFloor",
		{ presenceLevel: 30, lingerLevel: 30, floorLevel: 40 },
		/lights to 30 %, not above the floor of 40 %/,
	],
	[
		"presenceBelowFloor",
		{ floorLevel: 40, program: "sunset 60; 00:00 0 set 20; sunrise 0" },
		/lights to 20 %/,
	],
	["floorByClass", { ...P4, floorLevel: 45 }, /floorLevel 45 % has no effect: .* floorClass P6/],
	["darkFloor", { floorLevel: 0 }, /floorLevel 0: the lamp may go out while it is dark/],
	["deepFloor", { ...P4, fullClass: "P3" }, /the floor, P6, is below P5, two classes under/],
	[
		"deepFloor",
		{ fullClass: "P4", installedMean: 10, floorLevel: 15 },
		/the floor, 15 %, is below P6/,
	],
	["standbyAbovePower", { standbyPower_W: 8 }, /standby of 8 W .*\(5\.6 W\)/],
	["neverFits", { calendar: "2075-01-01: program" }, /"2075-01-01: program" fits no night/],
	["neverFits", { calendar: "easter Mon: program" }, /"easter Mon: program"/],
	["neverFits", { calendar: "Mon 2026-02-17: program" }, /"Mon 2026-02-17: program"/],
	[
		"shadowed",
		{ program2: "x: sunset 50", calendar: "Mon..Sun: program; Fri: x" },
		/"Fri: x" has no night left/,
	],
	[
		"shadowed",
		{ program2: "x: sunset 50", calendar: "Fri..Sun: program; Mon..Thu: x; 12-24: program" },
		/"12-24: program"/,
	],
	["unusedProgram", { program3: "market: sunset 100" }, /program market is named by no rule/],
	["unevenBubble", { ...P4, ...ROW }, /uniformity of P4/],
];

describe("a planted case", () => {
	test.each(PLANTS)("%s %j", (rule, changes, says) => {
		const settings = of(changes);
		const found = lint(settings, "en");
		expect(found.map((each) => each.rule)).toEqual([rule]);
		expect(found[0]!.text).toMatch(says);
		const [french] = lint(settings, "fr");
		expect(french!.rule).toBe(rule);
		expect(french!.text).not.toBe(found[0]!.text);
		expect(`${found[0]!.text} ${french!.text}`).not.toMatch(/\{\d\}|undefined|NaN/);
	});
	test("every rule has one", () => {
		expect(new Set(Object.keys(NOTES))).toEqual(new Set(PLANTS.map(([rule]) => rule)));
	});
});

describe("what is usual", () => {
	test.each<[why: string, changes: Record<string, unknown>]>([
		["the defaults", {}],
		["the default program on classes: it is in shares", P4],
		["a floor of 0 that a kind of place has", { place: "darkCorridor", floorLevel: 0 }],
		["up to 1.5 times the mean on P", { ...P4, program: "sunset 75; sunrise 0" }],
		["Vigo, 1.6 h from its zone", { latitude: 42.24, longitude: -8.72 }],
		[
			"a volume of traffic on M, which an order gives",
			{
				fullClass: "M4",
				floorClass: "M6",
				installedMean: 1,
				sensorEffect: "none",
				program: "sunset M4; 22:00 M6 traffic 400; sunrise 0",
			},
		],
		["a volume of traffic on P", { ...P4, program: "sunset P6 traffic 60; sunrise 0" }],
		["a leap day", { calendar: "02-29: program" }],
		["a date of a later year", { calendar: "2068-02-17: program" }],
		[
			"an exception before the rule",
			{ program2: "x: sunset 50", calendar: "Fri: program; Mon..Sun: x" },
		],
		["a row that rises together", { ...P4, ...ROW, neighbourMode: "row" }],
	])("%s", (_why, changes) => {
		expect(lint(of(changes), "en")).toEqual([]);
	});
	test.each(KINDS)("a place of the kind %s", (kind) => {
		const mean = { installedMean: kind === "throughRoad" ? 1 : 20 };
		const found = lint(withPlace(of(mean), kind), "en").map(({ rule }) => rule);
		expect(found).toEqual(kind === "school" ? ["deepFloor"] : []);
	});
});

describe("a site", () => {
	const pole = (label: string, poleNumber: number, longitude: number, more: object = {}) => ({
		label,
		settings: of({ ...ROW, poleNumber, latitude: 50.41, longitude, ...more }),
	});
	// at 50.41 degrees, 0.0004 degrees of longitude are 28 m
	test("a pole far from where its number puts it", () => {
		const row = [pole("A", 1, 4.44), pole("B", 2, 4.4404), pole("C", 3, 4.45)];
		expect(lintSite(row, "en")).toEqual([
			"B and C are neighbours by number, but too far apart for their poleSpacing",
		]);
		expect(lintSite(row, "fr")[0]).toMatch(/^B et C sont voisins/);
	});
	test("a row, a gap in its numbers, other groups and lone lamps are left alone", () => {
		const row = [pole("A", 1, 4.44), pole("B", 2, 4.4404), pole("C", 20, 4.448)];
		expect(lintSite(row, "en")).toEqual([]);
		expect(lintSite([pole("A", 1, 4.44), pole("B", 2, 4.9, { neighbourGroup: 2 })], "en")).toEqual(
			[],
		);
		expect(
			lintSite(
				[pole("A", 1, 4.44, { neighbourGroup: 0 }), pole("B", 2, 4.9, { neighbourGroup: 0 })],
				"en",
			),
		).toEqual([]);
	});
});
