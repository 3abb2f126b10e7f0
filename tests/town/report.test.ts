/** The report of a decision about a town: its map first, each figure with its range and its word. */
import { describe, expect, test } from "@jest/globals";
import { BASELINES, type OptionName, TODAY } from "../../lib/lightingoptions/options.js";
import { Zone } from "../../lib/zone.js";
import { figureLines } from "../../town/headless.js";
import { lampYearOf, todayOf } from "../../town/lampyear.js";
import type { TownOption } from "../../town/nights/townnights.js";
import type { TownYears } from "../../town/nights/townyears.js";
import { typicalStreetsOf } from "../../town/nights/typicalstreets.js";
import { levelsAt } from "../../town/report/papermap.js";
import { townReport } from "../../town/report/townreport.js";
import { machinesOf, servedNight } from "../../town/server/encoded.js";
import { openTown } from "../../town/townargument.js";

const open = await openTown("example", undefined);
if (typeof open === "string" || !("kind" in open)) throw new Error("no example");
const { town, nights } = open;
const zone = Zone.of("Europe/Brussels")!;
const sorted = typicalStreetsOf(town);
const machines = machinesOf(town, sorted);
const about = {
	town,
	kind: "example",
	sorted,
	machines,
	zone: zone.name,
	date: "2026-11-24",
} as const;
const given = {
	about,
	nights: nights!,
	years: undefined,
	zone,
	from: "full",
	prices: {},
	vat: "",
	command: "luminode report",
	version: "0",
	style: "",
} as const;
/** 100 MWh, and 40 with controllers, 10 % either way by the lamp's power. */
const YEARS: TownYears = {
	mwhOf: (option) => {
		const mid = option === "neighbours" ? 40 : 100;
		return { low: 0.9 * mid, mid, high: 1.1 * mid, by: { power: [0.1 * mid, 0.1 * mid] } };
	},
};
const HOURS = 3_600;
const LAMPS = town.x.length;
/** Each light has 60 W, so that the year above is of all of them. */
const lit = {
	...given,
	about: { ...about, town: { ...town, watts: town.watts.map(() => 60) } },
	years: YEARS,
};
const priced = (low: number, high = low) => ({ low, high, dated: "2026-11" });

describe("a town without watts", () => {
	const html = townReport(given, "fr");
	test("begins with its map in both ways, and states no energy", () => {
		const body = html.slice(html.indexOf("</header>"));
		expect(body.indexOf("<svg")).toBeLessThan(body.indexOf("<table"));
		expect(body.match(/<svg/g)).toHaveLength(2);
		expect(body.match(/h0/g)!.length).toBe(2 * town.x.length);
		expect(html).toContain("Licence Ouverte");
		expect(html).toContain("inconnu");
		expect(html).not.toContain("€ par an");
		expect(html).toMatch(
			/graduée par son driver, sans contrôleur, 72\s%\s; votre éclairage actuel/,
		);
		expect(html).toMatch(/classe M.* des 2\s180 heures sous la classe .* 2\s040 sont passées/);
		expect(html).toContain("205 piétons et vélos par jour dans chaque rue");
	});
});

test("with watts and prices it has the bottom line of a street: a year, to invest, years, ten years", () => {
	const prices = { price: priced(0.3), node: priced(0.5, 0.7), maintenance: priced(0.1) };
	const html = townReport({ ...lit, prices, vat: "with" }, "en").replaceAll("\u00a0", " ");
	const gain = 0.3 * 60_000 - 0.1 * LAMPS; // euros a year: 60 MWh, less the upkeep
	const euros = (value: number) => Number(value.toPrecision(3)).toLocaleString("en");
	expect(html).toContain(`${euros(gain)} € a year less`);
	expect(html).toContain(`${euros(0.6 * LAMPS)} € to invest`);
	expect(html).toContain(`paid back in ${((0.6 * LAMPS) / gain).toFixed(1)} years`);
	const ten = /<table class="ten">.*?<\/table>/s.exec(html)![0];
	expect(ten.match(/<tr>/g)).toHaveLength(1 + 8);
	expect(ten.match(/darkest nights/g)).toHaveLength(1); // weeknights alone are fewer hours
	const districts = html.slice(html.indexOf("District by district"));
	expect(districts).toContain("€ a year less than dimmed by the driver");
	expect(districts.match(/data-head="thousands of € to invest"/g)!.length).toBe(
		1 + town.districts.length,
	);
	expect(html).toContain("<small>36.0–44.0</small>");
	expect(html).toContain("modelled");
	expect(html).toContain("with presence none, with the LED dimmed by its driver none.");
	expect(html).toContain("Mixed equals presence shared with neighbours here");
});

describe("with the old lamps of the file as today's lighting", () => {
	/** Every third light is an old lamp of 80 W, and the others are LED of 60 W. */
	const isOld = town.isOld.map((_old, light) => Number(light % 3 === 0));
	const old = Math.ceil(LAMPS / 3);
	const watts = town.watts.map((_watts, light) => (isOld[light] === 1 ? 80 : 60));
	/** 4 kWh a year of each watt with old lamps or LED at full, 1 kWh with any other option. */
	const counted: TownYears = {
		mwhOf: (option, lights, lamp_W) => {
			const perWatt = option === "sodium" || option === "full" ? 4 : 1;
			const mid = (perWatt * lights.reduce((sum, [light]) => sum + lamp_W[light]!, 0)) / 1_000;
			return { low: mid, mid, high: mid, by: {} };
		},
	};
	const mixed = { ...given, about: { ...about, town: { ...town, watts, isOld } }, years: counted };
	const rowIn = (html: string) => /<tr class="from">.*?<\/tr>/s.exec(html)![0];
	const figure = (mwh: number) => Number(mwh.toPrecision(3)).toLocaleString("en");

	test("they have a row with their own watts, beside LED at full elsewhere", () => {
		const html = townReport({ ...mixed, from: "sodium" }, "en");
		const mwh = (4 * (80 * old + 60 * (LAMPS - old))) / 1_000;
		expect(rowIn(html)).toContain(`<b>${figure(mwh)}</b>`);
		expect(rowIn(html)).toContain("Old sodium lamps");
		expect(html).toContain("against your lighting today (old sodium lamps all night)");
		expect(html).toContain("Old lamps burn at full from dusk to dawn");
		const led = (4 * (0.45 * 80 * old + 60 * (LAMPS - old))) / 1_000;
		expect(rowIn(townReport({ ...mixed, from: "full" }, "en"))).toContain(`<b>${figure(led)}</b>`);
	});

	test("they have no row while another lighting is today's", () => {
		const prices = { price: priced(0.3) };
		expect(townReport({ ...mixed, prices }, "en")).not.toMatch(/sodium|Old lamps/i);
		const ten = townReport({ ...mixed, prices, from: "sodium" }, "en");
		expect(/<table class="ten">.*?<\/table>/s.exec(ten)![0].match(/<tr>/g)).toHaveLength(1 + 9);
	});

	test("the figures as text have a line of them, and only where the file names old lamps", () => {
		const lines = (shown: Parameters<typeof figureLines>[0]) =>
			[...figureLines(shown)].filter((line) => line.startsWith("sodium"));
		const mwh = Math.round((4 * (80 * old + 60 * (LAMPS - old))) / 1_000);
		expect(lines(mixed)).toEqual([
			`sodium: the file's old lamps all night, ${mwh} MWh a year (modelled)`,
		]);
		expect([lines(lit), lines(given)]).toEqual([[], []]);
	});

	test("the page offers them as today's lighting only where the file names some", () => {
		const offered = ({ about: shown, nights: played, years }: typeof lit) => {
			const rowOf = (option: OptionName) =>
				servedNight(shown, played, option as TownOption, years).figures.at(-1);
			return todayOf(lampYearOf(rowOf)!.year);
		};
		expect(offered(mixed)).toEqual(BASELINES);
		expect(offered(lit)).toEqual(TODAY);
	});
});

test("a town is advised against controllers, too", () => {
	const prices = { price: priced(0.1), node: priced(75), maintenance: priced(3) };
	const html = townReport({ ...lit, prices }, "en");
	expect(html).toContain("Energy alone does not pay for a controller here");
	expect(html).toContain("never paid back");
});

test("a cell has the head of its column, which a narrow screen shows in the place of the table's", () => {
	const html = townReport({ ...lit, prices: { price: priced(0.3) } }, "en");
	const columns = (section: string) => {
		const [, heads = "", body = ""] = /<thead>(.*?)<\/thead><tbody>(.*?)<\/tbody>/s.exec(section)!;
		return {
			heads: [...heads.matchAll(/<th[^>]*>(.*?)<\/th>/g)].map(([, text]) => text).slice(1),
			rows: body.split("</tr>").slice(0, -1),
		};
	};
	for (const section of html.split("<section").filter((part) => part.includes("<table"))) {
		const { heads, rows } = columns(section);
		for (const row of rows)
			expect([...row.matchAll(/data-head="(.*?)"/g)].map(([, text]) => text)).toEqual(heads);
		expect(rows.length).toBeGreaterThan(7);
	}
});

test("of twelve districts the six largest have a row, and the others one together", () => {
	const count = 12;
	const names = Array.from({ length: count }, (_, index) => `D${index}`);
	const streets = town.streets.map((street, index) => ({ ...street, district: index % count }));
	const of = lit.about.town;
	const many = { ...lit.about, town: { ...of, districts: names, streets } };
	const lights = names.map((_, district) =>
		streets.reduce(
			(sum, street) => sum + (street.district === district ? street.at_m.length : 0),
			0,
		),
	);
	const html = townReport({ ...lit, about: many, prices: { price: priced(0.3) } }, "en");
	const [, body = ""] = /<table class="districts">.*?<tbody>(.*?)<\/tbody>/s.exec(html)!;
	const rows = [...body.matchAll(/<th scope="row">(.*?)<\/th><td[^>]*>([\d,]+)<\/td>/g)].map(
		([, name, shown]) => [name, Number(shown!.replace(",", ""))],
	);
	const sorted = [...names.keys()].sort((a, b) => lights[b]! - lights[a]!);
	const small = sorted.slice(6).reduce((sum, district) => sum + lights[district]!, 0);
	expect(rows).toEqual([
		...sorted.slice(0, 6).map((district) => [names[district], lights[district]]),
		["6 smaller districts", small],
		["Whole town", LAMPS],
	]);
});

test("passages without light of presence are stated where there are some", () => {
	const dark = nights!.options.neighbours!.map(({ courses, figures }) => ({
		courses,
		figures: { ...figures, unlit: 2 },
	}));
	const options = { ...nights!.options, neighbours: dark };
	const html = townReport({ ...given, nights: { ...nights!, options } }, "en");
	expect(html).toMatch(/with presence [1-9][\d,]*, with the LED dimmed by its driver none\./);
	expect(html).not.toContain("Mixed equals");
});

test("the map has the levels of the instant: lit in the evening, dark with the lights out", () => {
	const mean = (option: "full" | "off" | "neighbours", hour: number) => {
		const levels = levelsAt(about, nights!, option, hour * HOURS);
		return levels.reduce((sum, level) => sum + level, 0) / levels.length;
	};
	expect(mean("full", 6)).toBeGreaterThan(0.97);
	expect(mean("off", 11)).toBe(0);
	expect(mean("neighbours", 6)).toBeLessThan(mean("full", 6));
	expect(mean("neighbours", 11)).toBeLessThan(mean("neighbours", 6));
});
