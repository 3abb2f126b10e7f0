/**
 * Preview: what it says of a night is what a lamp with the same settings then does.
 *
 * The oracle is a whole node in plain Node, given the time and nothing else: each level that it
 * decides, at each instant at which it woke, against the pieces that the preview had forecast.
 */

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY, HOUR } from "../../lib/spans.js";
import { formatDate, parseDate } from "../../src/command/instant.js";
import { totalsOf } from "../../src/explain/preview.js";
import { comingDay, walkOf } from "../../src/node/schedule/preview.js";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import type { Node } from "../../src/node.js";
import { keyOf } from "../../src/settings/bank.js";
import { brokenRule } from "../../src/settings/rules.js";
import { writeSection } from "../../src/settings/section.js";
import { DEFAULTS, SECTIONS, type Settings } from "../../src/settings/table.js";
import { nightOf } from "../../src/time/night.js";
import { parseZone } from "../../src/time/zonetext.js";
import type { UtcMillis } from "../../src/units.js";
import { previewLines } from "../../tools/plan/previewtext.js";
import { bootLamp } from "../support/lamp.js";
import { percent } from "../support/percent.js";
import { scaled } from "../support/scale.js";

const SEED = 20261124;
const NIGHTS = scaled(100, 200);
const ENERGY_NIGHTS = scaled(20, 300);
const ZONES = [
	"CET-1CEST,M3.5.0,M10.5.0/3",
	"UTC0",
	"<-03>3",
	"EET-2EEST,M3.5.0/3,M10.5.0/4",
	"LHST-10:30LHDT-11,M10.1.0,M4.1.0", // half an hour
	"IST-1GMT0,M10.5.0,M3.5.0/1", // backwards
	"AAA3BBB,J60/2,J300/26",
	"XXX-4YYY,59/1,299/3",
	"<-01>1<+00>,M3.5.0/-1,M10.5.0/0",
];
/** What presence does changes nothing where nobody comes. */
const RULES = ["", "", " min 40", " max 70 hold 20", " hold 60"];

/** `instant level` of each change in a night that was lived; a lamp alone, and nobody comes. */
function lived(settings: Settings, from: number, until: number): string[] {
	const stored = SECTIONS.map(
		(section) => [keyOf(section), writeSection(settings, section)] as const,
	);
	const epoch = from - 2 * HOUR; // booted in time for the PIR to have settled
	const { host, node } = bootLamp({ stored, utc: epoch, isVouched: true, until: from - epoch });
	const levels: string[] = [];
	let last: number | undefined;
	const note = (now: number) => {
		const { level } = node.light;
		if (level !== last) levels.push(`${new Date(epoch + now).toISOString()} ${level}`);
		last = level;
	};
	note(host.now);
	host.inputs = {
		tick: (now: number) => {
			node.tick(now);
			note(now);
		},
	} as unknown as Node;
	host.run(until - epoch - 1);
	return levels;
}

/** The same as it was forecast. */
function forecast(settings: Settings, day: number): string[] {
	const walk = walkOf(settings, day);
	const { start, end } = walk.night;
	const levels: string[] = [];
	let [last, until] = [-1, start];
	const note = (at: number, level: number) => {
		if (level !== last) levels.push(`${new Date(at).toISOString()} ${level}`);
		last = level;
	};
	while (walk.next()) {
		if (until === start && walk.from > start) note(start, 0);
		note(walk.from, walk.level);
		until = walk.until;
	}
	if (until < end) note(until, 0);
	return levels;
}

const of = (changes: Partial<Settings>) => ({ ...DEFAULTS, ...changes }) as Settings;
const lines = (settings: Settings, date: string, language: "en" | "fr") => {
	const line = previewLines(() => walkOf(settings, parseDate(date)!), date, language);
	const all: string[] = [];
	for (let index = 0, text = line(0); text !== undefined; text = line(++index)) all.push(text);
	return all;
};

describe(`a lamp does what the preview said (seed ${SEED})`, () => {
	const level = fc.oneof(fc.constant("out"), fc.integer({ min: 0, max: 100 }).map(String));
	const two = (n: number) => String(n).padStart(2, "0");
	const clock = fc
		.array(fc.tuple(fc.integer({ min: 0, max: 1439 }), level), { minLength: 1, maxLength: 6 })
		.map((points) =>
			points
				.sort(([a], [b]) => a - b) // minutes after noon
				.map(([at, asks]) => [(at + 720) % 1440, asks] as const)
				.map(([at, asks]) => [`${two(Math.floor(at / 60))}:${two(at % 60)} ${asks}`, at] as const)
				.map(([text, at]) => text + RULES[at % RULES.length]),
		);
	const offset = fc.integer({ min: -120, max: 120 }).map((n) => (n < 0 ? `${n}` : `+${n}`));
	const points = fc
		.tuple(fc.boolean(), offset, level, clock, fc.boolean(), offset, level)
		.map(([begins, late, first, middle, ends, early, last]) =>
			[
				...(begins ? [`sunset${late} ${first}`] : []),
				...middle,
				...(ends ? [`sunrise${early} ${last}`] : []),
			].join("; "),
		);
	const days = fc.constantFrom(
		"Mon..Thu",
		"Fri,Sat",
		"holiday",
		"eve",
		"06-01..08-31",
		"easter-47",
	);
	const rules = fc.array(fc.tuple(days, fc.constantFrom("a", "b", "program")), { maxLength: 3 });
	const percent = fc.integer({ min: 0, max: 100 });
	const settings = fc
		.record({
			program: points,
			program2: points.map((text) => `a: ${text}`),
			program3: points.map((text) => `b: ${text}`),
			calendar: rules.map((each) => each.map(([when, name]) => `${when}: ${name}`).join("; ")),
			minimumLightsOn: fc.constantFrom(0, 60, 180),
			zone: fc.constantFrom(...ZONES),
			latitude: fc.constantFrom(50.63, -33.4, 69.6, 0),
			longitude: fc.constantFrom(5.57, -70.6, 18.9),
			darkElevation: fc.constantFrom(-6, -2, 0),
			photocell: fc.constant(false),
			lightProtected: fc.boolean(),
			floorLevel: percent,
			fullLevel: percent,
			maxLevel: percent,
			systemFailureLevel: fc.constant(100),
		})
		.map((changes) => ({ ...DEFAULTS, ...changes }) as Settings)
		.filter((s) => brokenRule(s) === undefined && VALIDATORS.program(s.program) === undefined)
		.filter((s) => s.fullLevel >= 10 && s.maxLevel >= 10);
	const evening = fc.oneof(
		fc.integer({ min: 20_454, max: 21_900 }), // 2026 to 2029
		fc.constantFrom(20_540, 20_541, 20_750, 20_751, 20_904, 20_905, 21_121, 21_122), // about a change
	);

	test(`in ${NIGHTS} random nights of random settings`, () => {
		let [switched, outs] = [0, 0];
		const property = (of: Settings, day: number) => {
			const { start, end } = walkOf(of, day).night;
			const predicted = forecast(of, day);
			expect(lived(of, start, end)).toEqual(
				predicted.length > 0 ? predicted : [expect.stringMatching(/ 0$/)],
			);
			if (predicted.length > 2) switched += 1;
			if (predicted.slice(1, -1).some((line) => line.endsWith(" 0"))) outs += 1;
		};
		fc.assert(fc.property(settings, evening, property), { seed: SEED, numRuns: NIGHTS });
		expect(switched).toBeGreaterThan(NIGHTS / 2); // nights in which something happened
		expect(outs).toBeGreaterThan(NIGHTS / 20);
	});
});

describe("its energy is that of the meter", () => {
	const share = (min: number) => fc.integer({ min, max: 100 });
	const links = fc.record({
		program: fc.constantFrom(
			"sunset 100; 22:00 70; 00:00 50; 06:00 100; sunrise 0",
			"sunset 60; 23:00 out; 05:00 40; sunrise 0",
			"sunset 5; 21:00 30; 03:00 8; sunrise 0",
		),
		virtualLightOutput: share(10),
		cleaningFactor: share(50),
		cleaningPeriod: fc.integer({ min: 1000, max: 20_000 }),
		cleanedAt: fc.constantFrom(0, 100),
		depreciation: fc.constantFrom("", "0 100; 50000 90; 100000 80"),
		hoursBefore: fc.integer({ min: 0, max: 120_000 }),
		minimumDuty: fc.constantFrom(0, 0, 10, 30),
		ledPower50_W: fc.constantFrom(0, 19),
		ledPower10_W: fc.constantFrom(0, 5.5),
		standbyPower_W: fc.constantFrom(0, 0.5, 2),
		controllerPower_W: fc.constantFrom(0, 0.5, 2),
		floorLevel: fc.integer({ min: 0, max: 40 }),
	});
	const day = fc.integer({ min: 20_454, max: 21_900 });

	test(`within 0.5 % in ${ENERGY_NIGHTS} random nights with every link of the output`, () => {
		let worst = 0;
		fc.assert(
			fc.property(links, day, (link, evening) => {
				const settings = { ...DEFAULTS, photocell: false, ...link } as Settings;
				const { start, end } = walkOf(settings, evening).night;
				const stored = SECTIONS.map(
					(section) => [keyOf(section), writeSection(settings, section)] as const,
				);
				const { host, node } = bootLamp({
					stored,
					utc: start - HOUR,
					isVouched: true,
					until: HOUR,
				});
				const meter = () => node.light.meterAt(host.now);
				const [before, { operatingHours }] = [meter().activeEnergy_kWh, meter()];
				const totals = totalsOf(walkOf(settings, evening, operatingHours));
				host.run(HOUR + end - start);
				const spent = meter().activeEnergy_kWh - before;
				const deviation = Math.abs(totals.activeEnergy_kWh / spent - 1);
				worst = Math.max(worst, deviation);
				expect(deviation).toBeLessThan(0.005);
			}),
			{ seed: SEED, numRuns: ENERGY_NIGHTS },
		);
		if (process.env.SHOW) process.stdout.write(`largest deviation ${(100 * worst).toFixed(3)} %\n`);
	});

	test("virtual light output, cleaning and age are shown with the sum", () => {
		const settings = of({
			program: "sunset 100",
			virtualLightOutput: percent(80),
			cleaningFactor: percent(90),
			depreciation: "0 100; 100000 80",
		});
		expect(lines(settings, "2026-11-24", "en").at(-1)).toBe(
			"Lit for 15.2 h, 0.340 kWh (modelled). Level 100 % is 58 % of the driver's output.",
		);
		expect(lines(settings, "2026-11-24", "fr").at(-1)).toMatch(
			/Le niveau 100 % correspond à 58 % de la sortie du driver\.$/,
		);
	});
});

describe("a night in lines", () => {
	const CRISIS = "sunset 60; 00:00 out; 05:00 5; sunrise 0";
	test("out, the floor and the end of the night, by the clock on the wall", () => {
		expect(lines(of({ program: CRISIS }), "2026-11-24", "en")).toEqual([
			"Forecast, night of 2026-11-24: sunset 16:41, sunrise 08:08. By sun and clock, without presence:",
			"16:50   60 %  The program asks for 60 % (sunset 60).",
			"00:00    0 %  The program sets lights out, without a floor: 0 % (00:00 out).",
			"05:00   20 %  The program asks for 5 % (05:00 5). While it is dark, the floor applies: 20 %.",
			"07:59    0 %  It is no longer dark.",
			"Lit for 10.2 h, 0.200 kWh (modelled).",
		]);
	});
	test("the same in French", () => {
		const french = lines(of({ program: CRISIS }), "2026-11-24", "fr");
		expect(french[0]).toMatch(/^Prévision, nuit du 2026-11-24 : coucher 16:41, lever 08:08\./);
		expect(french.at(-1)).toBe("Allumage 10,2 h, 0,200 kWh (modélisés).");
	});
	test("a relight that falls away does not stand in it", () => {
		const settings = of({ program: CRISIS, minimumLightsOn: 60, darkElevation: 0 });
		expect(lines(settings, "2026-06-17", "en").join("\n")).not.toMatch(/05:00/);
		expect(lines(settings, "2026-11-17", "en").join("\n")).toMatch(/05:00/);
	});
	test("a polar day is never dark, a polar night dark from noon to noon", () => {
		const north = { latitude: 69.6, longitude: 18.9 };
		expect(lines(of(north), "2026-06-20", "en")).toEqual([
			"Forecast, night of 2026-06-20: sunset none, sunrise none. By sun and clock, without presence:",
			"It is never dark.",
		]);
		const walk = walkOf(of({ ...north, latitude: 78 }), parseDate("2026-12-20")!);
		const { start, end } = walk.night;
		expect(totalsOf(walk)).toMatchObject({ from: start, until: end, burning: DAY });
	});
	test("the sum is by hand: 37 W and the controller in the dark, standby for the rest of the day", () => {
		const totals = totalsOf(walkOf(of({ program: "sunset 100" }), parseDate("2026-11-24")!));
		const hours = (totals.until! - totals.from!) / HOUR;
		expect(totals.burning / HOUR).toBe(hours);
		expect(totals.activeEnergy_kWh).toBeCloseTo((37.5 * hours + 0.5 * (24 - hours)) / 1000, 9);
	});
});

describe("which night comes", () => {
	const zone = parseZone(ZONES[0]!);
	if ("reason" in zone) throw new Error("no zone");
	test.each([
		["in the evening, its own", "2026-11-24T17:00:00Z", "2026-11-24"],
		["after midnight, the one that runs", "2026-11-25T03:00:00Z", "2026-11-24"],
		["in the morning once the sun is up, the next", "2026-11-25T08:00:00Z", "2026-11-25"],
		["after noon, that of the evening", "2026-11-25T12:00:00Z", "2026-11-25"],
	])("%s", (_why, at, then) => {
		const utc = Date.parse(at) as UtcMillis;
		expect(formatDate(comingDay(nightOf(zone, DEFAULTS, utc), utc))).toBe(then);
	});
});
