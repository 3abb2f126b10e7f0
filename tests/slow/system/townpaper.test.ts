/** Town on paper: the report of a decision about a town is two pages of A4, in 9 points at least, whatever prices are known. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";
import { INPUTS, type InputName, type Prices } from "../../../lib/lightingoptions/money.js";
import type { Baseline } from "../../../lib/lightingoptions/options.js";
import { rangeOf } from "../../../lib/lightingoptions/range.js";
import { Zone } from "../../../lib/zone.js";
import { readPress } from "../../../sim/files/press.js";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";
import type { TownYears } from "../../../town/nights/townyears.js";
import { typicalStreetsOf } from "../../../town/nights/typicalstreets.js";
import { townReport } from "../../../town/report/townreport.js";
import { machinesOf } from "../../../town/server/encoded.js";
import { openTown } from "../../../town/townargument.js";
import { given } from "../../sim/report/decisionparts.js";
import { decisionPaper, TWO_SHEETS } from "../support/paper.js";

const open = await openTown("example", undefined);
if (typeof open === "string" || !open.town || !("nights" in open)) throw new Error("no example");
/** The example, every third light an old lamp, with watts: without them no prices would appear. */
const town = {
	...open.town,
	watts: open.town.watts.map((_, light) => (light % 3 === 0 ? 84 : 57)),
	isOld: open.town.isOld.map((_, light) => Number(light % 3 === 0)),
};
/** kWh a year of a watt, about those of a town. */
const KWH = {
	sodium: 4.18,
	full: 4.19,
	profile: 2.78,
	off: 2.29,
	weeknights: 2.88,
	presence: 2.17,
	neighbours: 2.23,
	hourly: 2.19,
	mixed: 2.23,
};
const years: TownYears = {
	mwhOf: (option, lights, watts) => {
		const mid = (KWH[option] * lights.reduce((sum, [light]) => sum + watts[light]!, 0)) / 1_000;
		const by = 0.1 * mid;
		return rangeOf(mid, { power: [by, by], traffic: [by, by], model: [by, by] });
	},
};

const PRICES: Readonly<Record<string, Prices>> = {
	no: {},
	some: { price: given("0.28..0.34"), node: given("60..90") },
	all: Object.fromEntries(
		(["0.2875..0.3425", "118.75..146.25", "1.25..2.75", "3.25..4.75"] as const).map(
			(price, index) => [INPUTS[index]!, given(price)] as [InputName, Prices["price"]],
		),
	),
};
const sorted = typicalStreetsOf(town);
const zone = Zone.of("Europe/Brussels")!;
const decision = {
	about: {
		town,
		kind: "example",
		sorted,
		machines: machinesOf(town, sorted),
		zone: zone.name,
		date: "2026-11-24",
	},
	nights: open.nights!,
	years,
	zone,
	vat: "without",
	command: `npx luminode report --decision --town example --from weeknights --vat without ${INPUTS.map(
		(name) => `--${name} 118.75..146.25@2026-11`,
	).join(" ")} --lang fr`,
	...readPress(),
} as const;
/** Each street is of another one of thirty districts. */
const ofMany = {
	...decision.about,
	town: {
		...town,
		districts: Array.from({ length: 30 }, (_, index) => `Saint-Martin-le-Vieux ${index}`),
		streets: town.streets.map((street, index) => ({ ...street, district: index % 30 })),
	},
};

let browser: Browser;
let page: Page;
beforeAll(async () => {
	browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
	page = await browser.newPage();
});
afterAll(() => browser?.close());

describe.each(["en", "fr"] as const)("in %s", (language) => {
	describe.each(["full", "sodium"] satisfies Baseline[])("from %s", (from) => {
		test.each(Object.keys(PRICES))("two pages with %s prices", async (which) => {
			const prices = PRICES[which]!;
			const html = townReport({ ...decision, from, prices }, language);
			await page.setContent(html.replaceAll(/<path[^>]*>/g, "")); // the lights of the maps
			expect(await decisionPaper(page)).toEqual(TWO_SHEETS);
		});
		test("two pages with all prices and thirty districts", async () => {
			const html = townReport({ ...decision, about: ofMany, from, prices: PRICES.all! }, language);
			await page.setContent(html.replaceAll(/<path[^>]*>/g, ""));
			expect(await decisionPaper(page)).toEqual(TWO_SHEETS);
		});
	});
});
