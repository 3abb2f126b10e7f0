/** Second page: money with its inputs, passages and darkness, faults, the ranges, the command. */
import {
	carbonOf,
	fittingCost,
	INPUT_TEXTS,
	INPUTS,
	missingIn,
	paybackOf,
	yearlyCost,
} from "../../../lib/lightingoptions/money.js";
import { FLOOR, optionOf } from "../../../lib/lightingoptions/options.js";
import { MODEL_TOLERANCE, POWER_TOLERANCE, savingOf } from "../../../lib/lightingoptions/range.js";
import { checkWords } from "../../util/checknames.js";
import { sumOf } from "../data.js";
import { escaped } from "../html.js";
import { type DecisionData, type DecisionOptions, ROWS, type Row, yearIn } from "./data.js";
import type { DecisionSpeech } from "./speech.js";
import { bar } from "./strips.js";

const HUE = { unlit: "#8372c9", dark: "#4f6f9c" } as const;

export function secondPage(
	data: DecisionData,
	speech: DecisionSpeech,
	options: DecisionOptions,
): string {
	return `<div class="page2">
${money(data, speech)}
<div class="columns">${people(data, speech)}${darkness(data, speech)}</div>
${faults(data, speech, options)}
${sure(data, speech)}
${repeat(data, speech, options)}
</div>`;
}

function money(data: DecisionData, speech: DecisionSpeech): string {
	const { language } = speech;
	const { prices, from } = data.inputs;
	const rows = INPUTS.map((name) => {
		const price = prices[name];
		const { unit } = INPUT_TEXTS[name];
		const [text, dated] = price
			? [speech.given(price), price.dated]
			: [`<i>${escaped(speech.text("missing"))}</i>`, ""];
		return `<tr><th scope="row">${escaped(INPUT_TEXTS[name][language])}, ${escaped(unit[language])}</th><td class="n">${text}</td><td class="n">${dated}</td></tr>`;
	});
	const hasAny = INPUTS.some((name) => prices[name]);
	const note = hasAny ? "moneyHow" : "moneyMissing";
	const how = speech.text(note, { today: speech.option(from, true) });
	const inputs = `<table class="inputs"><thead><tr><th scope="col">${escaped(speech.text("input"))}</th><th scope="col" class="n">${escaped(speech.text("price"))}</th><th scope="col" class="n">${escaped(speech.text("dated"))}</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
	const results = hasAny ? costs(data, speech) : "";
	return `<section><h2>${escaped(speech.text("money"))}</h2><div class="${hasAny ? "columns" : ""}">${inputs}${results}</div><p class="how">${escaped(how)}</p>${carbon(data, speech)}</section>`;
}

function costs(data: DecisionData, speech: DecisionSpeech): string {
	const { prices, from } = data.inputs;
	const base = { option: optionOf(from), energy_kWh: yearIn(data, from).energy_kWh };
	const rows = ROWS.filter((row) => row !== "mixed").map((row) => {
		const option = optionOf(row);
		const { energy_kWh } = yearIn(data, row);
		const once = fittingCost(option, prices);
		const yearly = yearlyCost(option, energy_kWh, prices);
		const years = row === from ? undefined : paybackOf(option, energy_kWh, base, prices);
		const cells = [
			!once ? "–" : once.high === 0 ? speech.text("nothing") : speech.ends(once),
			yearly ? speech.ends(yearly) : "–",
			years ? speech.years(years).replace(/\D+$/, "") || speech.text("never") : "–",
		];
		const missing = missingIn(option, prices).length > 0 ? ' class="missing"' : "";
		return `<tr${missing}><th scope="row">${escaped(speech.typeset(option.short[speech.language]))}</th>${cells.map((text) => `<td class="n">${text}</td>`).join("")}</tr>`;
	});
	const heads = (["cost", "yearly", "payback"] as const)
		.map((key) => `<th scope="col" class="n">${escaped(speech.text(key))}</th>`)
		.join("");
	return `<table><thead><tr><th scope="col">${escaped(speech.text("option"))}</th>${heads}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function carbon(data: DecisionData, speech: DecisionSpeech): string {
	const { emission, from } = data.inputs;
	if (!emission) return "";
	const saved = savingOf(yearIn(data, from).energy_kWh, yearIn(data, "neighbours").energy_kWh);
	const text = speech.text("carbon", {
		today: speech.option(from, true),
		kg: speech.ends(carbonOf(saved, emission)),
		g: speech.figure(emission.g_kWh),
		source: emission.source,
		year: emission.year,
	});
	return `<p class="how">${escaped(speech.option("neighbours"))}. ${escaped(text)}</p>`;
}

/** A bar for each option with such a figure, and its range. */
function bars(
	speech: DecisionSpeech,
	of: (row: Row) => { readonly low: number; readonly mid: number; readonly high: number },
	hue: string,
): string {
	const most = Math.max(...ROWS.map((row) => of(row).high));
	const judged = ROWS.filter((row) => row !== "mixed" && of(row).high > 0);
	const rows = judged.map((row) => {
		const { low, mid, high } = of(row);
		return `<tr><th scope="row">${escaped(speech.typeset(optionOf(row).short[speech.language]))}</th><td>${bar(low, mid, high, most, hue)}</td><td class="n">${speech.ends({ low, high })}</td></tr>`;
	});
	rows.push(
		`<tr><th scope="row">${escaped(speech.text("others"))}</th><td></td><td class="n">0</td></tr>`,
	);
	return `<table class="bars"><tbody>${rows.join("")}</tbody></table>`;
}

function people(data: DecisionData, speech: DecisionSpeech): string {
	const { unlit, passed } = data.nights.off;
	const how = speech.text("peopleHow", {
		foot: unlit.pedestrian,
		bike: unlit.bicycle,
		car: unlit.car,
		passed: sumOf(passed),
		floor: FLOOR,
	});
	return `<section><h2>${escaped(speech.text("people"))}, ${escaped(speech.text("users"))}</h2>${bars(speech, (row) => yearIn(data, row).unlit, HUE.unlit)}<p class="how">${escaped(how)}</p></section>`;
}

function darkness(data: DecisionData, speech: DecisionSpeech): string {
	const hours = (row: Row) => {
		const { unlit_h } = yearIn(data, row);
		return { low: unlit_h, mid: unlit_h, high: unlit_h };
	};
	const how = speech.text("darkHow", { dark: speech.figure(yearIn(data, "off").dark_h) });
	return `<section><h2>${escaped(speech.text("darkHours"))}</h2>${bars(speech, hours, HUE.dark)}<p class="how">${escaped(how)}</p></section>`;
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
