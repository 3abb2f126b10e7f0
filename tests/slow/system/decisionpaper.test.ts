/** Decision on paper: two pages of A4 in both languages and 9 points at least, however long inputs, figures and texts are. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Browser, chromium } from "playwright-core";
import { INPUTS, type Prices } from "../../../lib/lightingoptions/money.js";
import { BASELINES } from "../../../lib/lightingoptions/options.js";
import { Zone } from "../../../lib/zone.js";
import { readOptions } from "../../../sim/cli/words.js";
import { readPress } from "../../../sim/files/press.js";
import type { DecisionData } from "../../../sim/report/decision/data.js";
import { decisionOf } from "../../../sim/report/report.js";
import { yearsOf } from "../../../sim/report/years.js";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";
import { ALL, dataOf, given, NONE, year } from "../../sim/report/decisionparts.js";
import { decisionPaper, TWO_SHEETS } from "../support/paper.js";

let browser: Browser;
beforeAll(async () => {
	browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
});
afterAll(() => browser?.close());

async function paperOf(html: string) {
	const page = await browser.newPage();
	try {
		await page.setContent(html);
		return await decisionPaper(page);
	} finally {
		await page.close();
	}
}

const HOUR = 3_600_000;
/** Each defect that a decision tries, found late or by no lamp. */
const FINDINGS = (["pirStuckOn", "luxDead", "lampDead", "powerCut", "brokerLost"] as const).map(
	(fault, index): DecisionData["findings"][number] => ({
		fault,
		lamp: fault === "brokerLost" ? undefined : 2 * index + 2,
		began: (6 + index) * HOUR,
		found: index < 4 ? (6 + index) * HOUR + 59 * 60_000 : undefined,
		ended: undefined,
		by: "",
		reportable: index < 4,
	}),
);
const dear: Prices = Object.fromEntries(
	INPUTS.map((name) => [name, given(name === "price" ? "0.2875..0.3425" : "1187.50..1462.50")]),
);
/** Of a person who names all of it: `words` of the simulator and of the report. */
const command = `npx luminode report --decision ${[
	"--lang fr --from weeknights --lamps 24 --spacing 27.5 --seed 4294967295 --place -54.8019,-68.303",
	"--zone America/Argentina/Ushuaia --start 2026-11-24T15:00:00-03:00 --program 'sunset 60; 23:30 40; 5:30 60; sunrise 0'",
	...INPUTS.map(
		(name) => `--${name} ${name === "price" ? "0.2875..0.3425" : "1187.50..1462.50"}@2026-11-24`,
	),
	"--co2 275@2023,'Comisión Nacional de Energía Atómica'",
].join(" ")}`;

async function yearAt(place: string, zone: string): Promise<DecisionData["year"]> {
	const args = [
		"--headless",
		`--place=${place}`,
		"--zone",
		zone,
		"--start",
		"2026-11-24T15:00:00Z",
	];
	const answer = readOptions(args);
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	return yearsOf(answer.options, Date.UTC(2026, 10, 24, 15));
}

const base = dataOf(NONE);
const long: DecisionData = { ...dataOf(ALL), lamps: 24, findings: FINDINGS, command };
/** Sixteen times the traffic, so every range is longer. */
const busy = {
	...long,
	year: { ...year, traffic: year.traffic.map((count) => 16 * count) },
};
const CASES: Readonly<Record<string, DecisionData>> = {
	"without inputs": { ...base, lamps: 12, findings: FINDINGS },
	"the documented command": {
		...base,
		lamps: 12,
		findings: FINDINGS,
		inputs: {
			...ALL,
			from: "off",
			prices: { price: given("0.28..0.34"), node: given("60..90") },
			emission: { g_kWh: 275, year: "2023", source: "ORES" },
		},
		command:
			"npx luminode report --decision --lang fr --from off --price 0.28..0.34@2026-11 --node 60..90@2026-11 --co2 275@2023,ORES",
	},
	...Object.fromEntries(
		BASELINES.map((from) => [
			`every input, against ${from}`,
			{ ...long, inputs: { ...ALL, from } },
		]),
	),
	"dear prices and a busy street": {
		...busy,
		inputs: {
			...ALL,
			from: "weeknights",
			prices: dear,
			emission: { g_kWh: 275.5, year: "2023", source: "Comisión Nacional de Energía Atómica" },
		},
	},
	"two checks were not kept": { ...long, failed: ["required", "lightAhead"] },
	"without lamps for faults": { ...long, lamps: 1, findings: [] },
};

describe.each(["en", "fr"] as const)("in %s", (language) => {
	test.each(Object.keys(CASES))("two pages: %s", async (name) => {
		expect(await paperOf(decisionOf(CASES[name]!, language, readPress()))).toEqual(TWO_SHEETS);
	});

	test.each([
		["69.65,18.96", "Europe/Oslo"],
		["-54.80,-68.30", "America/Argentina/Ushuaia"],
		["0,-78.5", "America/Guayaquil"],
	])("two pages at %s", async (place, zone) => {
		const [latitude = 0, longitude = 0] = place.split(",").map(Number);
		const there = { year: await yearAt(place, zone), zone: Zone.of(zone)! };
		const data = { ...long, ...there, place: [latitude, longitude] as const };
		expect(await paperOf(decisionOf(data, language, readPress()))).toEqual(TWO_SHEETS);
	});
});
