/**
 * Town report: the report of a decision about a town: its map first, then the options side by side, its
 * districts, and the data and assumptions.
 */

import { type Amount, bottomLine, DIMMED } from "../../lib/lightingoptions/bottomline.js";
import { BottomWords } from "../../lib/lightingoptions/bottomwords.js";
import { type Prices, readPrice, type Vat } from "../../lib/lightingoptions/money.js";
import type { Baseline } from "../../lib/lightingoptions/options.js";
import { MODEL_TOLERANCE, POWER_TOLERANCE } from "../../lib/lightingoptions/range.js";
import type { Language } from "../../lib/text/bilingual.js";
import { readInstant, type Zone } from "../../lib/zone.js";
import { DecisionSpeech } from "../../sim/report/decision/speech.js";
import { tenTable } from "../../sim/report/decision/tentable.js";
import { escaped, sheetOf } from "../../sim/report/html.js";
import { type LampsYear, lampYearOf, OLD_HOW } from "../lampyear.js";
import { DATE } from "../nights/evening.js";
import { TOWN_OPTIONS, type TownNights, type TownOption } from "../nights/townnights.js";
import type { TownYears } from "../nights/townyears.js";
import { replicasOf } from "../nights/typicalstreets.js";
import { sentenceText } from "../reading/importtexts.js";
import type { Town } from "../reading/readtown.js";
import type { ReadSentence } from "../reading/sentence.js";
import { type About, servedNight } from "../server/encoded.js";
import type { NightRow } from "../townmessages.js";
import { levelsAt, mapSvg } from "./papermap.js";
import { REPORT_WORDS, type TownKey } from "./reportwords.js";

/** As the page at rest: the streets are lit and people are about. */
const SHOWN = "22:14";
/** The option that is proposed. */
const OURS = "neighbours";
const KWH = 1_000;
const THOUSAND = 1_000;
/** Rows of districts at most, so that a report with all prices is two pages. */
const DISTRICTS = 7;

export interface TownDecision {
	readonly about: About;
	readonly nights: TownNights;
	readonly years: TownYears | undefined;
	readonly zone: Zone;
	/** `sodium`: only where the file has old lamps (`hasOldLamps`). */
	readonly from: Baseline;
	readonly prices: Prices;
	readonly vat: Vat;
	readonly command: string;
	readonly version: string;
	readonly style: string;
}

class TownSpeech extends DecisionSpeech {
	reportText(key: TownKey, fill: Readonly<Record<string, string>> = {}): string {
		const text = REPORT_WORDS[this.language][key].replace(
			/\{(\w+)\}/g,
			(_, name: string) => fill[name] ?? "",
		);
		return this.typeset(text).replaceAll("« ", "«\u00a0").replaceAll(" »", "\u00a0»");
	}

	percent(value: number): string {
		return this.typeset(`${this.number(value, 0)} %`);
	}
}

type RowName = TownOption | "sodium";
type Rows = ReadonlyMap<RowName, readonly NightRow[]>;

/** Old lamps shine as LED at full do, with another year. */
const withOld = (full: readonly NightRow[]): readonly NightRow[] =>
	full.map(({ mwhYear, mwhOld = mwhYear, ...row }) => ({
		...row,
		...(mwhOld ? { mwhYear: mwhOld } : {}),
	}));
/** The option by whose nights another one is drawn. */
const nightOf = (option: RowName): TownOption => (option === "sodium" ? "full" : option);
const rowNames = (from: Baseline): readonly RowName[] =>
	from === "sodium" ? ["sodium", ...TOWN_OPTIONS] : TOWN_OPTIONS;

export function townReport(given: TownDecision, language: Language): string {
	const { nights, years, style } = given;
	const speech = new TownSpeech(language, given.about.zone);
	const about = { ...given.about, town: withOthers(given.about.town, speech) };
	const figuresOf = (option: TownOption) => servedNight(about, nights, option, years).figures;
	const rows: Rows = new Map<RowName, readonly NightRow[]>([
		...TOWN_OPTIONS.map((option) => [option, figuresOf(option)] as const),
		["sodium", withOld(figuresOf("full"))],
	]);
	const price = given.prices.price ?? readPrice(about.town.assumed.price ?? "");
	const decision = { ...given, about, prices: { ...given.prices, ...(price ? { price } : {}) } };
	const title = escaped(speech.reportText("title", { town: about.town.name }));
	return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${sheetOf(style)}</head>
<body class="decision town">
<main>
<header><p class="kicker">${escaped(speech.reportText("kicker"))}</p>
<h1>${title}</h1></header>
${maps(decision, speech)}
${lead(decision, speech)}
<section class="conclusion">${conclusion(decision, rows, speech)
		.map((text) => `<p>${escaped(speech.typeset(text))}</p>`)
		.join("")}</section>
${optionsTable(decision, rows, speech)}
${money(decision, rows, speech)}
${sure(decision, speech)}
${districts(decision, rows, speech)}
${data(decision, speech)}
</main>
</body>
</html>
`;
}

/** The largest districts, and all others as one more: a report is two pages. */
function withOthers(town: Town, speech: TownSpeech): Town {
	const { districts: names, streets } = town;
	if (names.length <= DISTRICTS) return town;
	const lights = names.map(() => 0);
	for (const { district, at_m } of streets) if (district >= 0) lights[district]! += at_m.length;
	const large = [...names.keys()].sort((a, b) => lights[b]! - lights[a]!).slice(0, DISTRICTS - 1);
	const rowOf = (district: number) => {
		const row = large.indexOf(district);
		return district < 0 || row >= 0 ? row : large.length;
	};
	const others = speech.reportText("others", { count: `${names.length - large.length}` });
	return {
		...town,
		districts: [...large.map((district) => names[district]!), others],
		streets: streets.map((street) => ({ ...street, district: rowOf(street.district) })),
	};
}

const townRow = (rows: Rows, option: RowName): NightRow => rows.get(option)!.at(-1)!;

function maps({ about, nights, from, zone }: TownDecision, speech: TownSpeech): string {
	const utc = readInstant(`${DATE}T${SHOWN}:00`, zone)!;
	const at = (utc - Date.parse(nights.evening.start)) / 1_000;
	const time = speech.time(utc);
	const figures = ([from, OURS] as const).map((option) => {
		const levels = levelsAt(about, nights, nightOf(option), at);
		const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
		const level = speech.percent(100 * mean);
		const name = speech.option(option);
		const title = speech.reportText("mapOf", { time, option: name, level });
		return `<figure>${mapSvg(about.town, levels, title)}<figcaption><b>${escaped(name)}</b>, ${escaped(speech.reportText("level", { level }))}</figcaption></figure>`;
	});
	const { source, licence } = about.town;
	const credit = [source, licence].filter(Boolean).join(" · ");
	return `<section class="maps"><h2>${escaped(speech.reportText("maps", { time }))}</h2><div class="columns">${figures.join("")}</div>${credit ? `<p class="how">${escaped(credit)}</p>` : ""}</section>`;
}

function lead({ about, nights }: TownDecision, speech: TownSpeech): string {
	const { typicalStreets } = about.sorted;
	const streets = typicalStreets.reduce((sum, typicalStreet) => sum + replicasOf(typicalStreet), 0);
	const text = speech.reportText("lead", {
		lights: speech.number(about.town.x.length, 0),
		date: speech.date(Date.parse(nights.evening.start)),
		zone: about.zone,
		streets: speech.number(streets, 0),
		types: speech.number(typicalStreets.length, 0),
	});
	const invented = about.kind === "made" ? ` ${speech.reportText("invented")}` : "";
	return `<p class="lead">${escaped(text + invented)}</p>`;
}

const lampsOf = (rows: Rows, index: number): LampsYear | undefined =>
	lampYearOf((option) => rows.get(option)!.at(index));

function wordsOf(
	{ from, prices, vat }: TownDecision,
	rows: Rows,
	speech: TownSpeech,
): BottomWords | undefined {
	const whole = lampsOf(rows, -1);
	return whole && new BottomWords({ ...whole, today: from, prices, vat }, speech);
}

function conclusion(given: TownDecision, rows: Rows, speech: TownSpeech): readonly string[] {
	const { passagesDark } = townRow(rows, "off");
	const { passagesDark: oursDark } = townRow(rows, OURS);
	const unlit = speech.figure(passagesDark.mid);
	const ours = oursDark.mid > 0 ? speech.figure(oursDark.mid) : speech.reportText("noPassage");
	const dark = speech.reportText("passages", { unlit, ends: speech.ends(passagesDark), ours });
	const words = wordsOf(given, rows, speech);
	if (words) return [words.advice, ...words.sentences, `${dark}.`];
	const level = (option: RowName) => speech.percent(townRow(rows, option).meanLevel);
	const levels = { own: level(OURS), dimmed: level(DIMMED), other: level(given.from) };
	const names = { ours: speech.option(OURS), today: speech.option(given.from, true) };
	return [`${speech.reportText("savesLevel", { ...names, ...levels })}.`, `${dark}.`];
}

/** Ten years of each option, the arithmetic, and what euros do not say. */
function money(given: TownDecision, rows: Rows, speech: TownSpeech): string {
	const words = wordsOf(given, rows, speech);
	const whole = lampsOf(rows, -1);
	if (!words || !whole) return "";
	const { prices } = given;
	const lamps = speech.number(whole.lamps, 0);
	const names = rowNames(given.from);
	const table = prices.price ? tenTable({ ...whole, names, prices, unit: THOUSAND }, speech) : "";
	const sums = [...words.arithmetic, ...words.conditions].join(" ");
	const beyond = words.beyond().map((text) => `<li>${escaped(speech.typeset(text))}</li>`);
	return `<section><h2>${escaped(speech.reportText("ten", { lamps }))}</h2>${table}<p class="sums">${escaped(speech.typeset(sums))}</p></section>
<section><h2>${escaped(speech.text("beyond"))}</h2><ul class="small">${beyond.join("")}</ul></section>`;
}

const head = (text: string, isNumber = true) =>
	`<th scope="col"${isNumber ? ' class="n"' : ""}>${escaped(text)}</th>`;

/** A figure with its ends below it. */
function cell(
	range: { readonly low: number; readonly mid: number; readonly high: number } | undefined,
	speech: TownSpeech,
): string {
	if (!range) return `<td class="n"><i>${escaped(speech.reportText("unknown"))}</i></td>`;
	const [mid, ends] = [speech.figure(range.mid), speech.ends(range)];
	return `<td class="n"><b>${mid}</b>${ends === mid ? "" : `<small>${ends}</small>`}</td>`;
}

/** Cells with their heads, which a narrow screen shows beside them in the place of the table's head. */
const labelled = (cells: readonly string[], heads: readonly string[]): string =>
	cells
		.map((text, index) => text.replace("<td", `<td data-head="${escaped(heads[index]!)}"`))
		.join("");

function optionsTable(given: TownDecision, rows: Rows, speech: TownSpeech): string {
	const { from, prices } = given;
	const { price } = prices;
	const heads = (["mean", "mwh", "euro", "unlit", "dark", "below"] as const)
		.filter((key) => key !== "euro" || price)
		.map((key) => speech.reportText(key));
	const lines = rowNames(from).map((option) => {
		const row = townRow(rows, option);
		const { mwhYear, passagesDark, darkHours, belowClass_h, meanLevel } = row;
		const euro = mwhYear &&
			price && {
				low: mwhYear.low * KWH * price.low,
				mid: (mwhYear.mid * KWH * (price.low + price.high)) / 2,
				high: mwhYear.high * KWH * price.high,
			};
		const note =
			option === from ? ` <span class="kind">${escaped(speech.reportText("baseline"))}</span>` : "";
		const cells = [
			`<td class="n">${speech.percent(meanLevel)}</td>`,
			cell(mwhYear, speech),
			...(price ? [cell(euro || undefined, speech)] : []),
			cell(passagesDark, speech),
			cell(darkHours, speech),
			cell(belowClass_h, speech),
		];
		return `<tr${option === from ? ' class="from"' : ""}><th scope="row">${escaped(speech.option(option))}${note}</th>${labelled(cells, heads)}</tr>`;
	});
	return `<section class="options"><h2>${escaped(speech.reportText("options"))}</h2><table><thead><tr>${head(speech.reportText("option"), false)}${heads.map((text) => head(text)).join("")}</tr></thead><tbody>${lines.join("\n")}</tbody></table>${roadsNote(given, rows, speech)}</section>`;
}

/** How much of the time below class is on roads where presence is not permitted. */
function roadsNote({ about, nights }: TownDecision, rows: Rows, speech: TownSpeech): string {
	const streets = about.town.streets.map((street) => ({
		...street,
		district: street.isRoad ? 0 : -1,
	}));
	if (streets.every(({ isRoad }) => !isRoad)) return "";
	const town = { ...about.town, streets, districts: ["M"] };
	const [roads] = servedNight({ ...about, town }, nights, OURS, undefined).figures;
	const hours = (row: NightRow) => speech.figure(row.belowClass_h.mid);
	const parts = { roads: hours(roads!), all: hours(townRow(rows, OURS)) };
	return `<p class="how">${escaped(speech.reportText("roads", parts))}</p>`;
}

/** *Mixed* and presence with neighbours have the same night. */
function isMixedSame({ nights: { options } }: TownDecision): boolean {
	return options.mixed!.every((night, typical) => night === options.neighbours![typical]);
}

function sure(given: TownDecision, speech: TownSpeech): string {
	const isAssumed = given.about.town.assumed.watts !== undefined;
	const used = ["played", "simulated", isAssumed ? "assumed" : "modelled"] as const;
	const origins = used.map((key) => speech.reportText(key));
	const cost = given.prices.price ? [] : [speech.reportText("noPrice")];
	const ranges = speech.reportText("ranges", {
		power: String(POWER_TOLERANCE),
		model: String(MODEL_TOLERANCE),
	});
	const mixed = isMixedSame(given) ? [speech.reportText("mixedSame")] : [];
	const old = given.from === "sodium" ? [speech.typeset(OLD_HOW[speech.language])] : [];
	const lines = [...origins, ...old, ...cost, ranges, speech.reportText("sampling"), ...mixed];
	return `<section><h2>${escaped(speech.reportText("words"))}</h2><ul class="small">${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul></section>`;
}

/** Euros a year, to invest, and years, against the same LED dimmed by its driver. */
function bottomCells(
	of: LampsYear | undefined,
	prices: Prices,
	speech: TownSpeech,
): readonly string[] {
	const { yearly, invest, years } = of ? bottomLine(of.year, prices, of.lamps) : {};
	const paid =
		years && (Number.isFinite(years.high) ? cell(years, speech) : neverCell(years.mid, speech));
	return [
		cell(yearly && inThousands(yearly), speech),
		cell(invest && inThousands(invest), speech),
		paid ?? cell(undefined, speech),
	];
}

const inThousands = ({ low, mid, high }: Amount): Amount => ({
	low: low / THOUSAND,
	mid: mid / THOUSAND,
	high: high / THOUSAND,
});

const neverCell = (mid: number, speech: TownSpeech): string =>
	`<td class="n">${Number.isFinite(mid) ? `<b>${speech.figure(mid)}</b><small>${escaped(speech.reportText("maybeNever"))}</small>` : escaped(speech.reportText("never"))}</td>`;

function districts({ about, from, prices }: TownDecision, rows: Rows, speech: TownSpeech): string {
	const { districts: names } = about.town;
	if (names.length === 0) return "";
	const hasWatts = townRow(rows, OURS).mwhYear !== undefined;
	const isPriced = hasWatts && prices.price !== undefined;
	const what = hasWatts ? "mwh" : "mean";
	const compared = isPriced ? [] : ([from, OURS] as const);
	const heads = [
		speech.reportText("lights"),
		...compared.map((option) => `${speech.reportText(what)}, ${speech.option(option, true)}`),
		speech.reportText("offUnlit"),
		...(isPriced
			? (["yearly", "invest", "years"] as const).map((key) => speech.reportText(key))
			: []),
	];
	const figure = (row: NightRow) =>
		hasWatts ? cell(row.mwhYear, speech) : `<td class="n">${speech.percent(row.meanLevel)}</td>`;
	const lines = rows.get(OURS)!.map((oursRow, index) => {
		const name = names[oursRow.district] ?? speech.reportText("whole");
		const cells = [
			`<td class="n">${speech.number(oursRow.lights, 0)}</td>`,
			...compared.map((option) => figure(rows.get(option)![index]!)),
			cell(rows.get("off")![index]!.passagesDark, speech),
			...(isPriced ? bottomCells(lampsOf(rows, index), prices, speech) : []),
		];
		return `<tr><th scope="row">${escaped(name)}</th>${labelled(cells, heads)}</tr>`;
	});
	return `<section><h2>${escaped(speech.reportText("districts"))}</h2><table class="districts"><thead><tr>${head(speech.reportText("district"), false)}${heads.map((text) => head(text)).join("")}</tr></thead><tbody>${lines.join("\n")}</tbody></table></section>`;
}

function data({ about, command, version }: TownDecision, speech: TownSpeech): string {
	const { read } = about.town;
	const list = (key: TownKey, which: readonly string[]) => {
		const listed = read.filter(({ about: of }) => which.includes(of));
		if (listed.length === 0) return "";
		const textOf = (sentence: ReadSentence) =>
			speech.typeset(sentenceText(sentence)[speech.language]);
		const items = listed.map((sentence) => escaped(textOf(sentence))).join(" · ");
		return `<p class="small"><b>${escaped(speech.reportText(key))}</b> ${items}</p>`;
	};
	const errors = read.reduce(
		(sum, { about: of, line, count = 0 }) =>
			of === "error" ? sum + (line === undefined ? count : 1) : sum,
		0,
	);
	const faulty =
		errors > 0
			? `<p class="how">${escaped(speech.reportText("errors", { count: String(errors) }))}</p>`
			: "";
	return `<section><h2>${escaped(speech.reportText("data"))}</h2>${list("file", ["read", "left"])}${faulty}${list("assumptions", ["assumed"])}</section>
<section><h2>${escaped(speech.reportText("repeat"))}</h2><p><code>${escaped(command)} # luminode ${escaped(version)}</code></p></section>`;
}
