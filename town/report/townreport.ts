/**
 * Town report: the report of a decision about a town: its map first, then the ways side by side, its
 * districts, and the data and assumptions.
 */
import type { Language } from "../../lib/text/bilingual.js";
import { type Price, readPrice } from "../../lib/ways/money.js";
import { MODEL_TOLERANCE, POWER_TOLERANCE, savingOf } from "../../lib/ways/range.js";
import type { Today } from "../../lib/ways/ways.js";
import { readInstant, type Zone } from "../../lib/zone.js";
import { DecisionSpeech } from "../../sim/report/decision/speech.js";
import { escaped, sheetOf } from "../../sim/report/html.js";
import { DATE } from "../nights/evening.js";
import { TOWN_WAYS, type TownNights, type TownWay } from "../nights/townnights.js";
import { replicasOf } from "../nights/typicalstreets.js";
import type { TownYears } from "../nights/years.js";
import { said } from "../reading/importtexts.js";
import type { ReadSentence } from "../reading/sentence.js";
import { type About, servedNight } from "../server/encoded.js";
import type { NightRow } from "../townmessages.js";
import { levelsAt, mapSvg } from "./papermap.js";
import { REPORT_WORDS, SAID_WORDS, type TownKey } from "./reportwords.js";

/** As the page at rest: the streets are lit and people are about. */
const SHOWN = "22:14";
/** The way that is proposed. */
const OURS = "neighbours";
const KWH = 1_000;

export interface TownDecision {
	readonly about: About;
	readonly nights: TownNights;
	readonly years: TownYears | undefined;
	readonly zone: Zone;
	readonly from: Today;
	readonly price: Price | undefined;
	readonly command: string;
	readonly version: string;
	readonly style: string;
}

class TownSpeech extends DecisionSpeech {
	words(key: TownKey, fill: Readonly<Record<string, string>> = {}): string {
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

type Rows = ReadonlyMap<TownWay, readonly NightRow[]>;

export function townReport(given: TownDecision, language: Language): string {
	const { about, nights, years, style } = given;
	const speech = new TownSpeech(language, about.zone);
	const rows: Rows = new Map(
		TOWN_WAYS.map((way) => [way, servedNight(about, nights, way, years).figures]),
	);
	const price = given.price ?? readPrice(about.town.assumed.price ?? "");
	const whole = { ...given, price };
	const title = escaped(speech.words("title", { town: about.town.name }));
	return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>${sheetOf(style)}</head>
<body class="decision town">
<main>
<header><p class="kicker">${escaped(speech.words("kicker"))}</p>
<h1>${title}</h1></header>
${maps(whole, speech)}
${lead(whole, speech)}
<section class="conclusion">${conclusion(whole, rows, speech)
		.map((text) => `<p>${escaped(text)}.</p>`)
		.join("")}</section>
${waysTable(whole, rows, speech)}
${sure(whole, speech)}
${districts(whole, rows, speech)}
${data(whole, speech)}
</main>
</body>
</html>
`;
}

const townRow = (rows: Rows, way: TownWay): NightRow => rows.get(way)!.at(-1)!;

function maps({ about, nights, from, zone }: TownDecision, speech: TownSpeech): string {
	const utc = readInstant(`${DATE}T${SHOWN}:00`, zone)!;
	const at = (utc - Date.parse(nights.evening.start)) / 1_000;
	const time = speech.time(utc);
	const figures = [from, OURS].map((way) => {
		const levels = levelsAt(about, nights, way as TownWay, at);
		const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
		const level = speech.percent(100 * mean);
		const name = speech.way(way as TownWay);
		const title = speech.words("mapOf", { time, way: name, level });
		return `<figure>${mapSvg(about.town, levels, title)}<figcaption><b>${escaped(name)}</b>, ${escaped(speech.words("level", { level }))}</figcaption></figure>`;
	});
	const { source, licence } = about.town;
	const credit = [source, licence].filter(Boolean).join(" · ");
	return `<section class="maps"><h2>${escaped(speech.words("maps", { time }))}</h2><div class="columns">${figures.join("")}</div>${credit ? `<p class="how">${escaped(credit)}</p>` : ""}</section>`;
}

function lead({ about, nights }: TownDecision, speech: TownSpeech): string {
	const { kinds } = about.kinds;
	const streets = kinds.reduce((sum, kind) => sum + replicasOf(kind), 0);
	const text = speech.words("lead", {
		lights: speech.number(about.town.x.length, 0),
		date: speech.date(Date.parse(nights.evening.start)),
		zone: about.zone,
		streets: speech.number(streets, 0),
		kinds: speech.number(kinds.length, 0),
	});
	const invented = about.kind === "made" ? ` ${speech.words("invented")}` : "";
	return `<p class="lead">${escaped(text + invented)}</p>`;
}

function* saving({ from, price }: TownDecision, rows: Rows, speech: TownSpeech): Iterable<string> {
	const [ours, today] = [townRow(rows, OURS), townRow(rows, from)];
	const names = { ours: speech.way(OURS), today: speech.way(from, true) };
	if (!ours.mwhYear || !today.mwhYear) {
		const [own, other] = [ours, today].map((row) => speech.percent(row.meanLevel));
		yield speech.words("savesLevel", { ...names, own: own!, other: other! });
		return;
	}
	const saved = savingOf(today.mwhYear, ours.mwhYear);
	yield speech.words("saves", { ...names, saved: speech.ends(saved) });
	if (!price) return;
	const euro = { low: saved.low * KWH * price.low, high: saved.high * KWH * price.high };
	yield speech.words("savesMoney", { euro: speech.ends(euro) });
}

function conclusion(given: TownDecision, rows: Rows, speech: TownSpeech): readonly string[] {
	const { passagesDark } = townRow(rows, "off");
	const { passagesDark: own } = townRow(rows, OURS);
	const unlit = speech.figure(passagesDark.mid);
	const ours = own.mid > 0 ? speech.figure(own.mid) : speech.words("noPassage");
	const dark = speech.words("passages", { unlit, ends: speech.ends(passagesDark), ours });
	return [[...saving(given, rows, speech)].join(", "), dark];
}

const head = (text: string, isNumber = true) =>
	`<th scope="col"${isNumber ? ' class="n"' : ""}>${escaped(text)}</th>`;

/** A figure with its ends below it. */
function cell(
	range: { readonly low: number; readonly mid: number; readonly high: number } | undefined,
	speech: TownSpeech,
): string {
	if (!range) return `<td class="n"><i>${escaped(speech.words("unknown"))}</i></td>`;
	const [mid, ends] = [speech.figure(range.mid), speech.ends(range)];
	return `<td class="n"><b>${mid}</b>${ends === mid ? "" : `<small>${ends}</small>`}</td>`;
}

/** Cells with their heads, which a narrow screen shows beside them in the place of the table's head. */
const labelled = (cells: readonly string[], heads: readonly string[]): string =>
	cells.map((text, nth) => text.replace("<td", `<td data-head="${escaped(heads[nth]!)}"`)).join("");

function waysTable({ from, price }: TownDecision, rows: Rows, speech: TownSpeech): string {
	const heads = (["mean", "mwh", "euro", "unlit", "dark", "below", "how", "howYear"] as const)
		.filter((key) => key !== "euro" || price)
		.map((key) => speech.words(key));
	const saidOf = (word: string) => escaped(SAID_WORDS[speech.language][word] ?? word);
	const lines = TOWN_WAYS.map((way) => {
		const row = townRow(rows, way);
		const { mwhYear, passagesDark, darkHours, belowClass_h, meanLevel } = row;
		const euro = mwhYear &&
			price && {
				low: mwhYear.low * KWH * price.low,
				mid: (mwhYear.mid * KWH * (price.low + price.high)) / 2,
				high: mwhYear.high * KWH * price.high,
			};
		const note =
			way === from ? ` <span class="kind">${escaped(speech.words("baseline"))}</span>` : "";
		const cells = [
			`<td class="n">${speech.percent(meanLevel)}</td>`,
			cell(mwhYear, speech),
			...(price ? [cell(euro || undefined, speech)] : []),
			cell(passagesDark, speech),
			cell(darkHours, speech),
			cell(belowClass_h, speech),
			`<td class="n">${saidOf(row.said)}</td>`,
			`<td class="n">${mwhYear ? saidOf(row.saidYear) : "–"}</td>`,
		];
		return `<tr${way === from ? ' class="from"' : ""}><th scope="row">${escaped(speech.way(way))}${note}</th>${labelled(cells, heads)}</tr>`;
	});
	return `<section class="ways"><h2>${escaped(speech.words("ways"))}</h2><table><thead><tr>${head(speech.words("way"), false)}${heads.map((text) => head(text)).join("")}</tr></thead><tbody>${lines.join("\n")}</tbody></table></section>`;
}

/** *Mixed* and presence with neighbours have the same night. */
function isMixedSame({ nights: { ways } }: TownDecision): boolean {
	return ways.mixed!.every((night, kind) => night === ways.neighbours![kind]);
}

function sure(given: TownDecision, speech: TownSpeech): string {
	const { price } = given;
	const words = (["played", "simulated", "modelled", "assumed"] as const).map((key) =>
		speech.words(key),
	);
	const cost = price
		? speech.words("price", { price: speech.given(price), dated: price.dated })
		: speech.words("noPrice");
	const ranges = speech.words("ranges", {
		power: String(POWER_TOLERANCE),
		model: String(MODEL_TOLERANCE),
	});
	const mixed = isMixedSame(given) ? [speech.words("mixedSame")] : [];
	const lines = [...words, cost, ranges, speech.words("sampling"), ...mixed];
	return `<section><h2>${escaped(speech.words("words"))}</h2><ul class="small">${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul></section>`;
}

function districts({ about, from }: TownDecision, rows: Rows, speech: TownSpeech): string {
	const { districts: names } = about.town;
	if (names.length === 0) return "";
	const hasWatts = townRow(rows, OURS).mwhYear !== undefined;
	const what = hasWatts ? "mwh" : "mean";
	const heads = [
		speech.words("lights"),
		...([from, OURS] as const).map((way) => `${speech.words(what)}, ${speech.way(way, true)}`),
		speech.words("offUnlit"),
	];
	const figure = (row: NightRow) =>
		hasWatts ? cell(row.mwhYear, speech) : `<td class="n">${speech.percent(row.meanLevel)}</td>`;
	const lines = rows.get(OURS)!.map((own, nth) => {
		const name = names[own.district] ?? speech.words("whole");
		const cells = [
			`<td class="n">${speech.number(own.lights, 0)}</td>`,
			figure(rows.get(from)![nth]!),
			figure(own),
			cell(rows.get("off")![nth]!.passagesDark, speech),
		];
		return `<tr><th scope="row">${escaped(name)}</th>${labelled(cells, heads)}</tr>`;
	});
	return `<section><h2>${escaped(speech.words("districts"))}</h2><table><thead><tr>${head(speech.words("district"), false)}${heads.map((text) => head(text)).join("")}</tr></thead><tbody>${lines.join("\n")}</tbody></table></section>`;
}

function data({ about, command, version }: TownDecision, speech: TownSpeech): string {
	const { read } = about.town;
	const list = (key: TownKey, which: readonly string[]) => {
		const own = read.filter(({ about: of }) => which.includes(of));
		if (own.length === 0) return "";
		const textOf = (one: ReadSentence) => speech.typeset(said(one)[speech.language]);
		const items = own.map((one) => `<li>${escaped(textOf(one))}</li>`);
		return `<h3>${escaped(speech.words(key))}</h3><ul class="small">${items.join("")}</ul>`;
	};
	const errors = read.reduce(
		(sum, { about: of, line, count = 0 }) =>
			of === "error" ? sum + (line === undefined ? count : 1) : sum,
		0,
	);
	const faulty =
		errors > 0
			? `<p class="how">${escaped(speech.words("errors", { count: String(errors) }))}</p>`
			: "";
	return `<section><h2>${escaped(speech.words("data"))}</h2><div class="columns"><div>${list("file", ["read", "left"])}${faulty}</div><div>${list("assumptions", ["assumed"])}</div></div></section>
<section><h2>${escaped(speech.words("repeat"))}</h2><p><code>${escaped(command)}</code></p><p class="how">${escaped(speech.words("made", { version }))}</p></section>`;
}
