/** Second page: money with its inputs, passages and darkness, faults, the ranges, the command. */
import { BOUGHT, DIMMED } from "../../../lib/lightingoptions/bottomline.js";
import { carbonOf, INPUT_TEXTS } from "../../../lib/lightingoptions/money.js";
import type { OptionName } from "../../../lib/lightingoptions/options.js";
import { MODEL_TOLERANCE, POWER_TOLERANCE, savingOf } from "../../../lib/lightingoptions/range.js";
import { checkWords } from "../../util/checknames.js";
import { escaped } from "../html.js";
import { wordsOf } from "./conclusion.js";
import { type DecisionData, type DecisionOptions, ROWS, yearIn } from "./data.js";
import type { DecisionSpeech } from "./speech.js";
import { tenTable } from "./tentable.js";

export function secondPage(
	data: DecisionData,
	speech: DecisionSpeech,
	options: DecisionOptions,
): string {
	return `<div class="page2">
${money(data, speech)}
${faults(data, speech, options)}
${sure(data, speech)}
${repeat(data, speech, options)}
</div>`;
}

/** Prices, ten years of each option, and the arithmetic. */
function money(data: DecisionData, speech: DecisionSpeech): string {
	const { prices, count } = data.inputs;
	const words = wordsOf(data, speech);
	const missing = words.line.missing.map((name) =>
		INPUT_TEXTS[name][speech.language].toLowerCase(),
	);
	const lacks = missing.length > 0 ? speech.text("lacks", { missing: missing.join(", ") }) : "";
	const { year } = data;
	const table = prices.price
		? tenTable({ year, names: namesOf(data), prices, lamps: count }, speech)
		: "";
	const sums = [...words.arithmetic, ...words.conditions, lacks]
		.filter((text) => text !== "")
		.join(" ");
	const lamps = speech.number(count, 0);
	return `<section><h2>${escaped(speech.text("money", { lamps }))}</h2>${table}<p class="sums">${escaped(speech.typeset(sums))}</p>${carbon(data, speech)}</section>`;
}

const STREET_ROWS = ROWS.filter((row) => row !== "mixed");
const namesOf = ({ inputs }: DecisionData): readonly OptionName[] =>
	inputs.from === "sodium" ? ["sodium", ...STREET_ROWS] : STREET_ROWS;

function carbon(data: DecisionData, speech: DecisionSpeech): string {
	const { emission } = data.inputs;
	if (!emission) return "";
	const saved = savingOf(yearIn(data, DIMMED).energy_kWh, yearIn(data, BOUGHT).energy_kWh);
	const text = speech.text("carbon", {
		today: speech.option(DIMMED, true),
		kg: speech.ends(carbonOf(saved, emission)),
		g: speech.figure(emission.g_kWh),
		source: emission.source,
		year: emission.year,
	});
	return `<p class="how">${escaped(speech.option("neighbours"))}. ${escaped(text)}</p>`;
}

function faults(data: DecisionData, speech: DecisionSpeech, options: DecisionOptions): string {
	const { findings } = data;
	const heading = `<h2>${escaped(speech.text("faults"))}</h2>`;
	if (findings.length === 0)
		return `<section>${heading}<p>${escaped(speech.text("noFaults"))}</p></section>`;
	const rows = findings.map(({ fault, began, found, reportable, lamp }) => {
		const name = options.faultNames[fault] ?? fault;
		const after =
			found === undefined
				? speech.say(reportable ? "notFound" : "noReport")
				: speech.span((found - began) / 1000);
		const time = speech.time(data.epochUtc + began);
		const where =
			lamp === undefined ? speech.text("street", { time }) : speech.text("place", { lamp, time });
		return `<tr><th scope="row">${escaped(name)}</th><td>${escaped(where)}</td><td class="n">${after}</td></tr>`;
	});
	const heads = `<th scope="col">${speech.say("fault")}</th><th scope="col">${escaped(speech.text("began"))}</th><th scope="col" class="n">${speech.say("found")}</th>`;
	return `<section>${heading}<table><thead><tr>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table><p class="how">${escaped(speech.text("faultsWhat"))}</p></section>`;
}

function sure(data: DecisionData, speech: DecisionSpeech): string {
	const { year } = data;
	const { by } = yearIn(data, "neighbours").energy_kWh;
	const a_day = year.traffic.reduce((sum, count) => sum + count, 0);
	const how = year.isRecorded
		? speech.text("trafficRecorded", { days: year.days })
		: speech.text("trafficMade");
	const lines = [
		speech.text("power", { watts: speech.figure(year.ledPower_W), percent: POWER_TOLERANCE }),
		speech.text("traffic", { count: speech.figure(a_day), how }),
		speech.text("model", { percent: MODEL_TOLERANCE }),
		speech.text("effect", {
			option: speech.option("neighbours"),
			power: speech.figure(by.power?.[1] ?? 0),
			fewer: speech.figure(by.traffic?.[0] ?? 0),
			more: speech.figure(by.traffic?.[1] ?? 0),
			model: speech.figure(by.model?.[1] ?? 0),
		}),
		speech.text("belowSure"),
		speech.text("node"),
	];
	const kept =
		data.failed.length === 0
			? speech.text("checksOk", { count: data.checks })
			: speech.text("checksNot", {
					names: data.failed.map((name) => checkWords(name, speech.language)).join(", "),
				});
	return `<section><h2>${escaped(speech.text("sure"))}</h2><ul class="small">${[...lines, kept].map((line) => `<li>${escaped(line)}${/[.!]$/.test(line) ? "" : "."}</li>`).join("")}</ul></section>`;
}

function repeat(data: DecisionData, speech: DecisionSpeech, { version }: DecisionOptions): string {
	const made = speech.text("made", { version, seed: data.seed });
	return `<section><h2>${escaped(speech.text("repeat"))}</h2><code>${escaped(data.command)}</code><p class="how">${escaped(made)}.</p></section>`;
}
