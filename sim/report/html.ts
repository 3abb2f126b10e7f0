/**
 * HTML: the report of a run on two pages of A4, every figure with its kind: simulated by the world,
 * modelled from power and time, or reported by lamps.
 */

import { optionOf, TODAY } from "../../lib/lightingoptions/options.js";
import { decimalsOf, threeDigits } from "../../lib/lightingoptions/range.js";
import { MINUTE } from "../../lib/spans.js";
import type { FieldFigures } from "../results/fieldlight.js";
import type { Finding } from "../results/findings.js";
import type { NightFigures } from "../run/playedoptions.js";
import { checkWords } from "../util/checknames.js";
import type { ReportData } from "./data.js";
import { sumOf } from "./data.js";
import { fieldPlot, legend, lightPlot, powerPlot, trafficPlot, userLegend } from "./plots.js";
import { type Key, type Language, ReportSpeech } from "./words.js";

interface HtmlOptions {
	readonly language: Language;
	readonly version: string;
	/** Names of faults in the language, by the fault's own. */
	readonly faultNames: Readonly<Record<string, string>>;
	/** The style sheet, within the document; absent: a link to `/report.css`. */
	readonly style?: string;
}

type Cell = string | { readonly n: string };

export function htmlOf(data: ReportData, options: HtmlOptions): string {
	const { language, version, style, faultNames } = options;
	const speech = new ReportSpeech(language, data.zone.name);
	const { summary, epochUtc, title } = data;
	const until = epochUtc + summary.virtualSeconds * 1000;
	const head = title
		? `${speech.say("title")}${language === "fr" ? "\u00a0:" : ":"} ${title[language]}`
		: speech.say("title");
	const lead = speech.say("lead", {
		lamps: speech.say(summary.lamps === 1 ? "oneLamp" : "manyLamps", { lamps: summary.lamps }),
		from: speech.moment(epochUtc),
		until: speech.moment(until),
		zone: data.zone.name,
	});
	return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(head)}</title>${sheetOf(style)}</head>
<body>
<main>
<h1>${escaped(head)}</h1>
<p class="lead">${escaped(lead)}${data.isRunning ? ` ${escaped(speech.say("running"))}` : ""}</p>
${energy(data, speech)}
${plots(data, speech)}
${below(data, speech)}
<div class="page2">
${causes(data, speech)}
${field(data, speech)}
${faults(data, speech, faultNames)}
${traffic(data, speech)}
${checks(data, speech)}
${repeat(data, speech, version)}
</div>
</main>
</body>
</html>
`;
}

/** An amount, or its two ends, in cents at least. */
function eurosOf(speech: ReportSpeech, low: number, high: number): string {
	const written = (euros: number) =>
		speech.number(threeDigits(euros), Math.max(2, decimalsOf(euros)));
	const text = low === high ? written(low) : `${written(low)}–${written(high)}`;
	return `${text}\u00a0€`;
}

/** The style sheet of a document. */
export function sheetOf(style: string | undefined): string {
	if (style !== undefined) return `<style>${style}</style>`;
	return '<link rel="stylesheet" href="/report.css">';
}

function energy(data: ReportData, speech: ReportSpeech): string {
	const { summary, lampFigures, today, price } = data;
	const { energyOldLamp_kWh: old, nightMeanLevel } = summary;
	const share = (kWh: number) => (old > 0 ? speech.figure((100 * kWh) / old, "%") : "–");
	const kind = (name: "simulated" | "modelled" | "played") =>
		`<span class="kind">${speech.say(name)}</span>`;
	const row = (text: string, kWh: number, unlit: string, how: string, isMain = false) =>
		`<tr${isMain ? ' class="main"' : ""}><th scope="row">${escaped(text)}</th><td class="n">${speech.figure(kWh)}</td><td class="n">${share(kWh)}</td><td class="n">${unlit}</td><td>${how}</td></tr>`;
	const unlitOf = ({ unlit }: NightFigures) => speech.number(sumOf(unlit), 0);
	const others = TODAY.map((name) => {
		const figures = today[name];
		const title = optionOf(name).title[speech.language];
		return row(speech.typeset(title), figures.energy_kWh, unlitOf(figures), kind("played"));
	});
	const mean =
		nightMeanLevel === null
			? ""
			: `<p class="how">${speech.say("mean", { mean: speech.figure(nightMeanLevel, "%"), dark: speech.figure(lampFigures.dark_h, "h") })} <span class="kind">${speech.say("simulated")}</span></p>`;
	const money =
		price === undefined
			? ""
			: `<p>${escaped(
					speech.say("money", {
						saved: eurosOf(
							speech,
							(old - lampFigures.energy_kWh) * price.low,
							(old - lampFigures.energy_kWh) * price.high,
						),
						price: eurosOf(speech, price.low, price.high),
					}),
				)} <span class="kind">${speech.say("modelled")}</span></p>`;
	return `<section><h2>${speech.say("energy")}</h2>
<table><caption>${escaped(speech.say("energyWhat"))}</caption><thead><tr>${heads([speech.say("option"), { n: speech.say("kWh") }, { n: speech.say("ofOld") }, { n: speech.say("unlitUsers") }, speech.say("kind")])}</tr></thead><tbody>
${row(speech.say("these"), lampFigures.energy_kWh, unlitOf(lampFigures), kind("simulated"), true)}
${others.join("\n")}
${row(speech.say("old"), old, "0", kind("modelled"))}
</tbody></table>
${money}<p class="how">${escaped(speech.say("bill"))}</p>${mean}</section>`;
}

function causes({ causes: all }: ReportData, speech: ReportSpeech): string {
	const sum = all.reduce((total, { energy_kWh }) => total + energy_kWh, 0) || 1;
	const rows = all.map(({ cause, energy_kWh, lampHours }) => [
		escaped(speech.name(cause)),
		{ n: speech.figure(energy_kWh) },
		{ n: speech.figure((100 * energy_kWh) / sum, "%") },
		{ n: speech.figure(lampHours, "h") },
	]);
	const names = ["cause", "kWh", "share", "lampHours"] as const;
	return `<section><h2>${speech.say("lit")}</h2>${table(
		`${escaped(speech.say("litWhat"))} <span class="kind">${speech.say("simulated")}</span>`,
		names.map((name, n) => (n === 0 ? speech.say(name) : { n: speech.say(name) })),
		rows,
	)}</section>`;
}

function below({ lampFigures, missing_s }: ReportData, speech: ReportSpeech): string {
	const { person_s, below_s } = lampFigures;
	const text =
		person_s === 0
			? speech.say("belowNone")
			: speech.say("belowText", {
					all: speech.span(person_s),
					below: speech.span(below_s),
					share: speech.figure((100 * below_s) / person_s, "%"),
					missing: speech.figure((100 * missing_s) / person_s, "%"),
				});
	return `<section><h2>${speech.say("below")}</h2><p>${escaped(text)} <span class="kind">${speech.say("simulated")}</span></p><p class="how">${escaped(speech.say("belowHow"))}</p></section>`;
}

/** The light between the poles, with `--field`: the summary's figures. */
function field({ summary }: ReportData, speech: ReportSpeech): string {
	const { field: light } = summary;
	if (!light) return "";
	const share = (ratio: number | null) => (ratio === null ? "–" : speech.figure(100 * ratio, "%"));
	const rowOf = (name: Key, fieldFigures: FieldFigures): readonly Cell[] => [
		speech.say(name),
		{ n: speech.figure(fieldFigures.mean_lx) },
		{ n: speech.figure(fieldFigures.min_lx) },
		{ n: speech.figure(fieldFigures.uniformity) },
		...[fieldFigures.full, fieldFigures.floor, fieldFigures.required].map((reached) => ({
			n: share(reached),
		})),
	];
	const names = ["fieldMean", "fieldMin", "fieldU0", "fieldFull", "fieldFloor", "fieldRequired"];
	const heading = `${escaped(speech.say("fieldWhat"))} <span class="kind">${speech.say("modelled")}</span>`;
	const rows = [rowOf("fieldNight", light.night)];
	if (light.alone.minutes > 0) rows.push(rowOf("fieldAlone", light.alone));
	const isJudged = light.night.full !== null || light.night.required !== null;
	return `<section><h2>${speech.say("field")}</h2>${table(
		heading,
		["", ...names.map((name) => ({ n: speech.say(name as Key) }))],
		rows,
	)}${fieldPlot(light.hours, speech)}<p class="how">${escaped(speech.say("fieldPlot"))}.</p><p class="how">${escaped(speech.say(isJudged ? "fieldHow" : "fieldLuminance"))}</p></section>`;
}

function plots(data: ReportData, speech: ReportSpeech): string {
	const { night, epochUtc, causes: all } = data;
	const isCut = data.summary.virtualSeconds * 1000 > night.count * night.step + MINUTE;
	const note = isCut ? ` (${speech.say("plotOf")})` : "";
	return `<section><h2>${escaped(speech.say("power") + note)}</h2>${powerPlot(night, epochUtc, speech)}${legend(
		speech,
		all.map(({ cause }) => cause),
	)}</section>
<section><h2>${escaped(speech.say("light") + note)}</h2>${lightPlot(night, epochUtc, speech)}</section>`;
}

function faults(
	{ findings, epochUtc }: ReportData,
	speech: ReportSpeech,
	names: HtmlOptions["faultNames"],
): string {
	const found = ({ found: at, began, reportable }: Finding) =>
		at !== undefined
			? `${speech.span((at - began) / 1000)} <span class="kind">${speech.say("reported")}</span>`
			: speech.say(reportable ? "notFound" : "noReport");
	const rows = findings
		.slice(0, 14)
		.map((finding): Cell[] => [
			escaped(names[finding.fault] ?? finding.fault),
			finding.lamp === undefined
				? speech.say("street")
				: speech.say("lamp", { lamp: finding.lamp }),
			speech.moment(epochUtc + finding.began),
			finding.ended === undefined ? speech.say("stands") : speech.moment(epochUtc + finding.ended),
			found(finding),
		]);
	const heading = `<h2>${speech.say("faults")}</h2>`;
	if (rows.length === 0) return `<section>${heading}<p>${speech.say("faultsNone")}</p></section>`;
	const columns = (["fault", "where", "began", "ended", "found"] as const).map((name) =>
		speech.say(name),
	);
	return `<section>${heading}${table("", columns, rows)}</section>`;
}

function traffic({ hours }: ReportData, speech: ReportSpeech): string {
	const all = hours.reduce((sum, { counts }) => sum + sumOf(counts), 0);
	return `<section><h2>${speech.say("traffic")}</h2>${trafficPlot(hours, speech)}${userLegend(speech)}<p class="how">${speech.say("inAll", { all: speech.number(all, 0) })} <span class="kind">${speech.say("simulated")}</span></p></section>`;
}

function checks({ summary }: ReportData, speech: ReportSpeech): string {
	const all = Object.entries(summary.checks);
	const failed = all.filter(([, { ok }]) => !ok).map(([name]) => name);
	const text =
		failed.length === 0
			? speech.say("checksOk", { count: all.length })
			: speech.say("checksNot", {
					names: failed.map((name) => checkWords(name, speech.language)).join(", "),
				});
	return `<section><h2>${speech.say("checks")}</h2><p>${escaped(text)}</p></section>`;
}

function repeat({ command, summary }: ReportData, speech: ReportSpeech, version: string): string {
	return `<section><h2>${escaped(speech.say("repeat"))} (${speech.say("seed", { seed: summary.seed })})</h2><code>${escaped(command)}</code><p class="how">${escaped(speech.say("made", { version }))} ${escaped(speech.say("handMade"))}</p></section>`;
}

function table(
	caption: string,
	columns: readonly Cell[],
	rows: readonly (readonly Cell[])[],
): string {
	const body = rows
		.map(
			([first, ...rest]) =>
				`<tr><th scope="row">${String(first)}</th>${rest.map(cell).join("")}</tr>`,
		)
		.join("\n");
	const above = caption ? `<caption>${caption}</caption>` : "";
	return `<table>${above}<thead><tr>${heads(columns)}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function heads(columns: readonly Cell[]): string {
	return columns
		.map((column) =>
			typeof column === "string"
				? `<th scope="col">${escaped(column)}</th>`
				: `<th scope="col" class="n">${escaped(column.n)}</th>`,
		)
		.join("");
}

function cell(content: Cell): string {
	return typeof content === "string" ? `<td>${content}</td>` : `<td class="n">${content.n}</td>`;
}

export function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
