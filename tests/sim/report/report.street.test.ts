/**
 * Report: its figures are those of `--summary`, rounded to three digits, in both languages.
 *
 * Promise: The report states the figures of the run.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Zone } from "../../../lib/zone.js";
import { readOptions } from "../../../sim/cli/words.js";
import { readPress } from "../../../sim/files/press.js";
import { stageOf } from "../../../sim/files/stage.js";
import type { ReportData } from "../../../sim/report/data.js";
import { htmlOf } from "../../../sim/report/html.js";
import { reportOf } from "../../../sim/report/report.js";
import { simulate as simulateReport } from "../../../sim/report/simulated.js";
import type { FieldFigures } from "../../../sim/results/fieldlight.js";
import { CAUSES } from "../../../sim/results/ring.js";
import type { Summary } from "../../../sim/results/summary.js";
import { NO_NIGHT, NO_NIGHTS } from "../page/pageparts.js";
import { simulate } from "../run/program.js";

type Language = "en" | "fr";

/** A number of a document as JavaScript writes it: no separators of thousands, a point. */
function plain(text: string, language: Language): string {
	const close = text.replace(/\s/g, "");
	return language === "en" ? close.replaceAll(",", "") : close.replace(",", ".");
}

const NUMBER = String.raw`([\d.,\s]*\d)`;

/** Three digits that count, three decimals at most. */
const rounded = (value: number) => Number(Number(value.toPrecision(3)).toFixed(3));

/** The figures of a document that the summary has, too. */
function figuresOf(html: string, language: Language) {
	const found = (pattern: string) => {
		const text = new RegExp(pattern).exec(html)?.[1];
		return text === undefined ? undefined : plain(text, language);
	};
	const cells = [
		...html.matchAll(/<tr[^>]*><th scope="row">[^<]*<\/th><td class="n">([^<]*)<\/td>/g),
	];
	const energy = cells.slice(0, 6).map(([, text]) => Number(plain(text!, language)));
	const mean = found(language === "en" ? `at night: ${NUMBER}\\s%` : `de nuit\\s: ${NUMBER}\\s%`);
	return {
		energy: energy[0],
		old: energy[5],
		mean: mean === undefined ? undefined : Number(mean),
		lamps: found(`class="lead">${NUMBER} (?:lamp|luminaire)`),
		seed: found(language === "en" ? `\\(seed ${NUMBER}\\)` : `\\(graine ${NUMBER}\\)`),
		checks: found(language === "en" ? `All ${NUMBER} checks` : `Les ${NUMBER} contr`),
	};
}

const wanted = ({
	energy_kWh,
	energyOldLamp_kWh,
	nightMeanLevel,
	lamps,
	seed,
	checks,
}: Summary) => ({
	energy: rounded(energy_kWh),
	old: rounded(energyOldLamp_kWh),
	mean: nightMeanLevel === null ? undefined : rounded(nightMeanLevel),
	lamps: String(lamps),
	seed: String(seed),
	checks: Object.values(checks).every(({ ok }) => ok)
		? String(Object.keys(checks).length)
		: undefined,
});

const NIGHT: ReportData["night"] = {
	from: 0,
	step: 60_000,
	count: 1,
	rows: 1,
	lampsPerRow: 1,
	levels: new Uint8Array(1),
	causes: new Uint8Array(1),
	lux: new Float32Array(1),
	power: new Float32Array(CAUSES.length),
	oldPower: new Float32Array(1),
	users: new Uint16Array(3),
};

/** The rows of the light between the poles; shares in per cent. */
function fieldRowsOf(html: string, language: Language): string[][] {
	const heading = { en: "Light between the poles", fr: "Éclairement entre les mâts" }[language];
	const [, section = ""] = html.split(`<h2>${heading}</h2>`);
	const [table = ""] = section.split("</table>");
	return [...table.matchAll(/<tr><th scope="row">[^<]*<\/th>(.*?)<\/tr>/g)].map(([, cells]) =>
		[...cells!.matchAll(/<td class="n">([^<]*)<\/td>/g)].map(([, text]) => {
			const close = plain(text!, language);
			return close === "–"
				? close
				: `${Number(close.replace("%", ""))}${close.includes("%") ? "%" : ""}`;
		}),
	);
}

function fieldRowsWanted({ field }: Summary): string[][] {
	const share = (fraction: number | null) =>
		fraction === null ? "–" : `${rounded(100 * fraction)}%`;
	const row = (fieldFigures: FieldFigures) => [
		...[fieldFigures.mean_lx, fieldFigures.min_lx, fieldFigures.uniformity].map((value) =>
			String(rounded(value)),
		),
		...[fieldFigures.full, fieldFigures.floor, fieldFigures.required].map(share),
	];
	return [field!.night, ...(field!.alone.minutes > 0 ? [field!.alone] : [])].map(row);
}

/** Figures as the summary rounds them. */
const milli = fc.integer({ min: 0, max: 99_999 }).map((thousandths) => thousandths / 1e3);
const part = fc.option(fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1e3));
const figures = fc.record({
	minutes: fc.nat(9),
	mean_lx: milli,
	min_lx: milli,
	uniformity: milli,
	full: part,
	floor: part,
	required: part,
});
const micro = fc.integer({ min: 0, max: 2 ** 40 }).map((millionths) => millionths / 1e6);

test.each(["en", "fr"] as const)(
	"in %s the figures of a summary are there (property)",
	(language) => {
		const summary = fc.record({
			seed: fc.nat(),
			lamps: fc.integer({ min: 1, max: 99_999 }),
			virtualSeconds: fc.constant(3_600),
			energy_kWh: micro,
			energyOldLamp_kWh: micro,
			nightMeanLevel: fc.option(micro),
			checks: fc.constantFrom(
				{ floor: { ok: true, count: 0 } },
				{ floor: { ok: false, count: 2 } },
			),
			field: fc.record({ night: figures, alone: figures, hours: fc.constant([]) }),
		});
		fc.assert(
			fc.property(summary, (made) => {
				const data: ReportData = {
					summary: made as unknown as Summary,
					epochUtc: 0,
					zone: Zone.of("Europe/Brussels")!,
					command: "npm run sim",
					title: undefined,
					lampFigures: { ...NO_NIGHT, energy_kWh: made.energy_kWh, person_s: 1 },
					today: NO_NIGHTS,
					traffic: [],
					missing_s: 0,
					causes: [],
					hours: [],
					findings: [],
					night: NIGHT,
					isRunning: false,
				};
				const html = htmlOf(data, { language, version: "1", faultNames: {}, style: "" });
				const { seed, lamps, ...rest } = figuresOf(html, language);
				const {
					seed: ownSeed,
					lamps: ownLamps,
					...ownFigures
				} = wanted(made as unknown as Summary);
				expect(fieldRowsOf(html, language)).toEqual(fieldRowsWanted(made as unknown as Summary));
				expect({ ...rest, seed, lamps }).toEqual({ ...ownFigures, seed: ownSeed, lamps: ownLamps });
			}),
			{ seed: 7, numRuns: 150 },
		);
	},
);

test.each([
	["en", 0.3205, "Not spent against the old lamps: 0.321 €, at 0.321 € per kWh"],
	["fr", 0.3205, "Non dépensés face aux anciens luminaires : 0,321 €, à 0,321 € le kWh"],
	["en", undefined, undefined],
] as const)("in %s a price of %p gives %p", (language, price, sentence) => {
	const energy = { energy_kWh: 1, energyOldLamp_kWh: 2, nightMeanLevel: null };
	const summary = { ...energy, seed: 7, lamps: 1, virtualSeconds: 60, checks: {} };
	const html = htmlOf(
		{
			summary: summary as unknown as Summary,
			epochUtc: 0,
			zone: Zone.of("Europe/Brussels")!,
			command: "npm run sim",
			title: undefined,
			lampFigures: NO_NIGHT,
			today: NO_NIGHTS,
			traffic: [],
			missing_s: 0,
			causes: [],
			hours: [],
			findings: [],
			night: NIGHT,
			isRunning: true,
			price: price === undefined ? undefined : { low: price, high: price },
		},
		{ language, version: "1", faultNames: {} },
	).replaceAll("\u00a0", " ");
	if (sentence === undefined) expect(html).not.toContain("€");
	else expect(html).toContain(sentence);
});

describe("a run", () => {
	test("its report states a command, and the summary of that command has the same figures", async () => {
		const commandLine =
			"--headless --lamps 2 --seed 7 --start 2026-11-24T16:20:00+01:00 --duration 50m";
		const given = [
			...commandLine.split(" "),
			"--fault",
			"pirDead@20m+10m/1",
			"--group",
			"quay,square",
		];
		given.push("--field", "6,6", "--set", "light.fullClass=P4", "--set", "light.installedMean=10");
		const answer = readOptions(given);
		if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
		const { options } = answer;
		let before: Summary | undefined;
		const command = `npm run sim -- ${given.join(" ")}`;
		const data = await simulateReport(options, "street", command, stageOf, (run) =>
			run.schedule(2_000_000, () => {
				before = run.summaryNow();
			}),
		);
		if (typeof data === "string") throw new Error(data);
		// so far, as the page reports it, is what a run of that duration has in the end
		const duration = before!.virtualSeconds * 1000;
		const shorter = await simulateReport({ ...options, duration }, "street", command, stageOf);
		if (typeof shorter === "string") throw new Error(shorter);
		expect(wanted(before!)).toEqual(wanted(shorter.summary));
		expect(before!.nightMeanLevel).toBeGreaterThan(0);
		const folder = mkdtempSync(join(tmpdir(), "luminode-"));
		try {
			const file = join(folder, "summary.json");
			for (const language of ["en", "fr"] as const) {
				const html = reportOf(data, language, readPress());
				const [, command] = /<code>npm run sim -- ([^<]*)<\/code>/.exec(html)!;
				if (language === "en") await simulate(...command!.split(" "), "--summary", file);
				const summary = JSON.parse(readFileSync(file, "utf8")) as Summary;
				expect(summary.energyOldLamp_kWh).toBeGreaterThan(0);
				expect(figuresOf(html, language)).toEqual(wanted(summary));
				expect(summary.field!.night.required).toBeGreaterThan(0);
				expect(fieldRowsOf(html, language)).toEqual(fieldRowsWanted(summary));
			}
		} finally {
			rmSync(folder, { recursive: true });
		}
		const shares = data.causes.reduce((sum, { energy_kWh }) => sum + energy_kWh, 0);
		expect(shares / data.summary.energy_kWh).toBeCloseTo(1, 1); // a sample a minute
	});
});
