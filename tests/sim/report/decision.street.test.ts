/**
 * Decision: its three sentences and its figures follow from years, nights and inputs, in both
 * languages.
 *
 * Promise: The decision paper states the figures of years, nights and inputs, the same in both
 * languages.
 */
import { describe, expect, test } from "@jest/globals";
import { sentences } from "../../../sim/report/decision/conclusion.js";
import type { DecisionData, Inputs } from "../../../sim/report/decision/data.js";
import { decisionHtml } from "../../../sim/report/decision/html.js";
import { DecisionSpeech } from "../../../sim/report/decision/speech.js";
import { ALL, dataOf, NONE, year } from "./decisionparts.js";

const htmlOf = (inputs: Inputs, language: "en" | "fr") =>
	decisionHtml(dataOf(inputs), {
		language,
		version: "1",
		faultNames: { lampDead: "LED" },
		style: "",
	}).replaceAll("\u00a0", " ");
const sentencesOf = (data: DecisionData, language: "en" | "fr") =>
	sentences(data, new DecisionSpeech(language, "Europe/Brussels"));

describe.each(["en", "fr"] as const)("in %s", (language) => {
	test("the conclusion comes first, the advice before all", () => {
		const all = sentencesOf(dataOf(ALL), language);
		expect(all[0]).toMatch(language === "en" ? /^Energy alone/ : /^L'énergie seule/);
		for (const text of all) expect(text).toMatch(/[^.]\.$/);
		const html = htmlOf(ALL, language);
		expect(html.indexOf("conclusion")).toBeLessThan(html.indexOf("<table"));
	});
	test("every text is filled, and every figure has three digits", () => {
		const html = htmlOf(ALL, language).replace(
			/<svg.*?<\/svg>|<p class="sums">.*?<\/p>|<code>.*?<\/code>|<style>.*?<\/style>/gs,
			"",
		);
		expect(html).not.toMatch(/\{\w+\}|NaN|undefined|Infinity/);
		const plain = html.replace(/<[^>]*>/g, " ").replace(/50[.,]65/, "");
		const text = language === "en" ? plain.replace(/(\d),(?=\d{3})/g, "$1") : plain;
		expect(text).not.toMatch(/[1-9][.,]\d{3}|\d{2}[.,]\d\d/);
	});
	test("without prices there is no amount of euros, and the inputs that are missing are named", () => {
		const html = htmlOf(NONE, language);
		expect(html).not.toMatch(/\d[  \u00a0]€/);
		expect(html).not.toMatch(/CO2/);
		expect(sentencesOf(dataOf(NONE), language)[0]).toMatch(
			language === "en"
				? /Missing: electricity, controller with sensor, fitted\.$/
				: /Il manque.: électricité, contrôleur avec capteur, posé\.$/,
		);
	});
	test.each([
		[1, "1 lamp, the year", "1 point lumineux, l'année"],
		[2, "2 lamps, the year", "2 points lumineux, l'année"],
	])("%d in the lead", (lamps, en, fr) => {
		const options = { language, version: "1", faultNames: {}, style: "" };
		const html = decisionHtml({ ...dataOf(NONE), lamps }, options);
		expect(html).toContain(`<p class="lead">${language === "en" ? en : fr} `);
	});
	test("a street with a name has it in the title", () => {
		const options = { language, version: "1", faultNames: {}, style: "" };
		const html = decisionHtml({ ...dataOf(NONE), name: "Rue <Foch>" }, options);
		const name = language === "en" ? "Rue &lt;Foch>:" : "Rue &lt;Foch>\\s:";
		for (const tag of ["title", "h1"]) expect(html).toMatch(new RegExp(`<${tag}>${name} `));
	});
	test("dark hours: why they have no range, where they are shown", () => {
		const [first] = htmlOf(NONE, language).split('class="page2"');
		const reason = language === "en" ? /sun and clock/i : /soleil et (?:de )?l'horloge/;
		expect(first).toMatch(reason);
	});
	test("time below class is called no safety, and faults say how soon they were found", () => {
		const html = htmlOf(ALL, language);
		expect(html).toMatch(
			language === "en" ? /no figure of accidents/ : /pas un chiffre d'accidents/,
		);
		expect(html).toMatch(/LED.*15 min/s);
	});
});

test("the mixed option follows the passages of the hours of lights out", () => {
	expect(sentencesOf(dataOf(ALL), "en").at(-1)).toMatch(/so the mixed option takes presence/);
	const lane = dataOf(
		ALL,
		year.traffic.map((count) => count / 32),
	);
	expect(sentencesOf(lane, "en").at(-1)).toMatch(/so the mixed option takes lights out/);
	expect(sentencesOf(lane, "fr").at(-1)).toMatch(/retient l'extinction/);
});

test("the picture of the night: lights out are dark from 0 to 5, full class is lit from dusk to dawn", () => {
	const strips = [...htmlOf(NONE, "en").matchAll(/<svg class="strip".*?<\/svg>/gs)].map(
		([svg]) => svg,
	);
	const rects = strips.map((svg) => [
		...svg.matchAll(/<rect x="([\d.]+)" y="0" width="([\d.]+)"/g),
	]);
	const spans = rects.map((all) => all.map(([, x, width]) => [Number(x), Number(width)]));
	expect(strips).toHaveLength(7);
	expect(spans[0]).toEqual([[40, 300]]); // 17:00 to 8:00 of 15:00 to 9:00, 20 units an hour
	expect(spans[2]).toEqual([
		[40, 140],
		[280, 60],
	]);
});
