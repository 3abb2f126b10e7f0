/**
 * Bottom line: euros and years are those of an independent table; the page advises against a
 * controller where energy does not pay for it, and lights out wins where it is cheapest.
 *
 * Promise: A council reads one bottom line, from its own prices, also where it speaks against a
 * controller.
 */
import { describe, expect, test } from "@jest/globals";
import { type Amount, tenYears } from "../../../lib/lightingoptions/bottomline.js";
import { BottomWords } from "../../../lib/lightingoptions/bottomwords.js";
import { INPUTS, type Prices } from "../../../lib/lightingoptions/money.js";
import {
	BASELINES,
	type Baseline,
	OURS,
	optionOf,
	TODAY,
} from "../../../lib/lightingoptions/options.js";
import { savingOf } from "../../../lib/lightingoptions/range.js";
import { Speech } from "../../../sim/page/client/words.js";
import { wordsOf } from "../../../sim/report/decision/conclusion.js";
import { decisionHtml } from "../../../sim/report/decision/html.js";
import { DecisionSpeech } from "../../../sim/report/decision/speech.js";
import { ALL, dataOf, given, NONE, year } from "../../sim/report/decisionparts.js";

const pricesOf = (price: string, node: string, upkeep = "0"): Prices => ({
	price: given(price),
	node: given(node),
	connection: given("0"),
	maintenance: given(upkeep),
});
const wordsIn = (prices: Prices, lamps = 1, today: Baseline = "profile", at = year) =>
	new BottomWords({ year: at, today, prices, lamps, vat: "" }, new Speech("en", "UTC"));
const kWh = (name: string) => year.options.find((option) => option.name === name)!.energy_kWh;

/** Worked out without the code under test: every corner of the inputs, and the middle of each. */
function tableOf(prices: Prices, lamps: number) {
	const saved = savingOf(kWh("profile"), kWh("neighbours"));
	const [price, node, connection, maintenance] = INPUTS.map((name) => prices[name]!);
	const gains: number[] = [];
	for (const save of [saved.low, saved.high])
		for (const p of [price!.low, price!.high])
			for (const c of [connection!.low, connection!.high])
				for (const m of [maintenance!.low, maintenance!.high]) gains.push(save * p - c - m);
	const half = (given: { low: number; high: number } | undefined) => (given!.low + given!.high) / 2;
	const gain = saved.mid * half(price) - half(connection) - half(maintenance);
	const [least, most] = [Math.min(...gains), Math.max(...gains)];
	const pays = (cost: number, by: number) => (by > 0 ? cost / by : Infinity);
	return {
		yearly: { low: lamps * least, mid: lamps * gain, high: lamps * most },
		invest: { low: lamps * node!.low, mid: lamps * half(node), high: lamps * node!.high },
		years: {
			low: pays(node!.low, most),
			mid: pays(half(node), gain),
			high: pays(node!.high, least),
		},
	};
}

const within = (found: Amount | undefined, wanted: Amount) => {
	for (const end of ["low", "mid", "high"] as const)
		if (Number.isFinite(wanted[end]))
			expect(Math.abs(found![end] - wanted[end])).toBeLessThanOrEqual(
				0.005 * Math.abs(wanted[end]) + 1e-9,
			);
		else expect(found![end]).toBe(wanted[end]);
};

describe.each([
	["one lamp, single prices", pricesOf("0.30", "75", "3"), 1],
	["a town, ranges", pricesOf("0.20..0.40", "60..90", "1..4"), 2_400],
	["dear energy", pricesOf("1.5", "40", "0.5"), 26_486],
	["free upkeep", pricesOf("0.28..0.34", "100..180"), 120],
])("%s", (_, prices, lamps) => {
	const { line } = wordsIn(prices, lamps);
	test("euros and years are the table's", () => {
		const wanted = tableOf(prices, lamps);
		within(line.yearly, wanted.yearly);
		within(line.invest, wanted.invest);
		within(line.years, wanted.years);
	});
	test("ten years of each option add up", () => {
		for (const { year: option, cost } of tenYears(year, TODAY, prices, lamps))
			within(cost.total, {
				low: 10 * lamps * option.energy_kWh.low * prices.price!.low,
				mid: 5 * lamps * option.energy_kWh.mid * (prices.price!.low + prices.price!.high),
				high: 10 * lamps * option.energy_kWh.high * prices.price!.high,
			});
		const [bought] = tenYears(year, ["neighbours"], prices, lamps);
		const { node, maintenance, price } = prices;
		const { energy_kWh } = bought!.year;
		const most = 10 * (energy_kWh.high * price!.high + maintenance!.high) + node!.high;
		expect(bought!.cost.total!.high / (lamps * most)).toBeCloseTo(1, 6);
	});
});

describe("the advice", () => {
	test("against: a node of 75 EUR with 3 EUR of upkeep at 0.30 EUR", () => {
		const words = wordsIn(pricesOf("0.30", "75", "3"));
		expect(words.advice).toMatch(/^Energy alone does not pay for a controller here/);
		expect(words.sentences.join(" ")).toMatch(/may never pay back|never paid back/);
	});
	test.each([
		[pricesOf("0.30", "75", "9"), /not within 10 years, by any of the inputs/],
		[pricesOf("0.50", "120"), /does not pay .* with all inputs at their middle/],
		[pricesOf("0.30", "30..40"), /may pay .* not surely|pays for a controller/],
		[pricesOf("2", "10"), /pays for a controller here within 10 years, by all/],
	])("%#", (prices, advice) => {
		expect(wordsIn(prices).advice).toMatch(advice);
	});
	test("without prices: what is missing, and kWh all the same", () => {
		const words = wordsIn({});
		expect(words.advice).toMatch(/Missing: electricity, controller/);
		expect(words.sentences[0]).toMatch(/save [\d.]+ kWh/);
		expect(words.sentences.join(" ")).not.toMatch(/€/);
		expect(words.arithmetic).toEqual([]);
	});
	test("connection and maintenance that are missing are named, not taken as nothing", () => {
		const { price, node } = pricesOf("0.30", "75");
		expect(wordsIn({ price: price!, node: node! }, 2_400).sentences.join(" ")).toMatch(
			/missing: network connection, maintenance .* takes 2,400.€ a year off/,
		);
	});
	test("the two inputs that move the years most: the widest ranges", () => {
		const prices = { ...pricesOf("0.30", "20..400"), maintenance: given("0..2") };
		expect(wordsIn(prices).line.movers).toContain("node");
		expect(wordsIn(prices).line.movers).toHaveLength(2);
	});
});

test("the sums can be repeated with a pocket calculator", () => {
	const [a, b, c] = wordsIn(pricesOf("0.50", "40", "1"), 2_400).arithmetic.map((text) =>
		[...text.replaceAll(",", "").matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) => Number(digits)),
	);
	const [saved, price, energy, upkeep, gain, lamps, yearly] = a!;
	expect(saved! * price!).toBeCloseTo(energy!, 1);
	expect(energy! - upkeep!).toBeCloseTo(gain!, 1);
	expect(Math.abs(gain! * lamps! - yearly!)).toBeLessThan(0.005 * yearly!);
	expect(b![0]! * b![1]!).toBeCloseTo(b![2]!, 1);
	expect(c![0]! / c![1]!).toBeCloseTo(c![2]!, 1);
});

test("light for whoever passes: controllers and the driver's program in the same recorded week", () => {
	const [light] = wordsIn({}).beyond(year);
	expect(light).toMatch(
		/recorded week .* for 1\.4 % of their time .* for 14\.2 % with the program/,
	);
});

test("old sodium as today: what the LED saves is another line, and moves no payback", () => {
	const prices = pricesOf("0.30", "75", "3");
	const [old, led] = [wordsIn(prices, 1, "sodium"), wordsIn(prices)];
	expect(old.line).toEqual(led.line);
	expect(old.sentences.join(" ")).toMatch(/without any controller.*old sodium.*luminaire is not/);
	expect(led.sentences.join(" ")).not.toMatch(/sodium/);
});

describe("ten years side by side", () => {
	const names = [...TODAY, ...OURS.filter((name) => name !== "mixed")];
	test("lights out wins where nobody needs light: cheapest by itself, and darkest", () => {
		const prices = pricesOf("0.30", "75", "3");
		const narrow = {
			...year,
			options: year.options.map((option) => ({
				...option,
				energy_kWh: {
					...option.energy_kWh,
					low: option.energy_kWh.mid,
					high: option.energy_kWh.mid,
				},
			})),
		};
		const [first, second] = tenYears(narrow, names, prices, 1);
		expect([first!.year.name, first!.place, first!.isDarkest, first!.isLit]).toEqual([
			"off",
			1,
			true,
			false,
		]);
		expect(second!.place).toBe(2);
	});
	test("a row is placed behind another only where their ranges do not overlap", () => {
		const rows = tenYears(year, names, pricesOf("0.20..0.40", "60..90"), 1);
		for (const row of rows) {
			const surely = rows.filter(({ cost }) => cost.total!.high < row.cost.total!.low);
			expect(row.place).toBe(1 + surely.length);
			for (const cheaper of surely) expect(cheaper.place).toBeLessThan(row.place);
		}
		expect(rows.map(({ place }) => place)).toEqual(
			[...rows.map(({ place }) => place)].sort((a, b) => a - b),
		);
	});
	test("a missing price leaves no total of what needs it", () => {
		for (const { year: option, cost } of tenYears(year, names, { price: given("0.3") }, 1))
			expect(cost.total === undefined).toBe(optionOf(option.name).hasNode);
	});
});

describe.each(["en", "fr"] as const)("page and report of one street, in %s", (language) => {
	test.each(BASELINES)("today %s: the same headline on the same basis", (from) => {
		for (const inputs of [
			{ ...NONE, from },
			{ ...ALL, from },
		]) {
			const data = dataOf(inputs);
			const { prices, count, vat } = inputs;
			const page = new BottomWords(
				{ year, today: from, prices, lamps: count, vat },
				new Speech(language, "UTC"),
			);
			const html = decisionHtml(data, { language, version: "1", faultNames: {}, style: "" });
			const plain = (text: string) => text.replace(/[\s\u00a0\u202f]/g, "");
			const shown = plain(html.replaceAll("&#39;", "'").replaceAll("&#x27;", "'"));
			for (const text of [page.advice, ...page.sentences, ...page.conditions])
				expect(shown).toContain(plain(text));
			expect(wordsOf(data, new DecisionSpeech(language, "UTC")).line).toEqual(page.line);
		}
	});
});
