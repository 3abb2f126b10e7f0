/**
 * HTML: the report of a decision on two pages of A4: conclusion and the options side by side with their
 * nights, then money, passages, darkness, faults and the reasons for the ranges.
 */
import { belowIn } from "../../../lib/lightingoptions/knownoptions.js";
import { OURS, TODAY } from "../../../lib/lightingoptions/options.js";
import { passagesANight } from "../../../lib/lightingoptions/year.js";
import { escaped, sheetOf } from "../html.js";
import { sentences, wordsOf } from "./conclusion.js";
import { type DecisionData, type DecisionOptions, type Row, yearIn } from "./data.js";
import { secondPage } from "./secondpage.js";
import { DecisionSpeech } from "./speech.js";
import { axis, strip } from "./strips.js";

export function decisionHtml(data: DecisionData, options: DecisionOptions): string {
	const { language, style } = options;
	const speech = new DecisionSpeech(language, data.zone.name);
	const title = titleOf(data, speech);
	return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>${sheetOf(style)}</head>
<body class="decision">
<main>
<header><p class="kicker">${escaped(speech.text("kicker"))}</p>
<h1>${escaped(title)}</h1>
<p class="lead">${escaped(lead(data, speech))}</p></header>
<section class="conclusion" aria-label="${speech.text("conclusion")}">${sentences(data, speech)
		.map((text) => `<p>${escaped(text)}</p>`)
		.join("")}</section>
${optionsTable(data, speech)}
<p class="how">${escaped(speech.text("belowHow"))} ${escaped(speech.text("frame"))}</p>
${beyond(data, speech)}
${secondPage(data, speech, options)}
</main>
</body>
</html>
`;
}

function titleOf({ name }: DecisionData, speech: DecisionSpeech): string {
	return name === undefined ? speech.text("title") : speech.text("titleOf", { name });
}

function lead(data: DecisionData, speech: DecisionSpeech): string {
	return speech.text("lead", {
		lamps: speech.text(data.lamps === 1 ? "oneLamp" : "lamps", { count: data.lamps }),
		date: speech.date(data.epochUtc),
		zone: data.zone.name,
		users: speech.figure(passagesANight(data.year)),
		year: data.year.year,
		place: data.place
			.map((degrees) => speech.number(degrees, 2))
			.join(speech.language === "fr" ? " ; " : ", "),
	});
}

function optionsTable(data: DecisionData, speech: DecisionSpeech): string {
	const group = (key: "today" | "ours", rows: readonly Row[]) =>
		`<tbody><tr class="group"><th colspan="6" scope="colgroup">${escaped(speech.text(key))}</th></tr>${rows.map((row) => optionRow(data, row, speech)).join("\n")}</tbody>`;
	const heads = (["kWh", "unlit", "below", "dark"] as const)
		.map((key) => `<th scope="col" class="n">${escaped(speech.text(key))}</th>`)
		.join("");
	return `<section><h2>${escaped(speech.text("options"))}</h2>
<table class="options"><thead><tr><th scope="col">${escaped(speech.text("option"))}</th><th scope="col" class="picture"><span>${escaped(speech.text("night"))}</span>${axis(data, speech)}</th>${heads}</tr></thead>
${group("today", TODAY)}
${group(
	"ours",
	OURS.filter((row) => row !== "mixed"),
)}
</table></section>`;
}

function optionRow(data: DecisionData, row: Row, speech: DecisionSpeech): string {
	const { energy_kWh, unlit, unlit_h } = yearIn(data, row);
	const below = belowIn(yearIn(data, row));
	const title = speech.option(row);
	const isFrom = row === data.inputs.from;
	const note = isFrom ? ` <span class="kind">${escaped(speech.text("baseline"))}</span>` : "";
	const cell = (mid: string, ends: string) =>
		`<td class="n"><b>${mid}</b>${ends && ends !== mid ? `<small>${ends}</small>` : ""}</td>`;
	return `<tr${isFrom ? ' class="from"' : ""}><th scope="row">${escaped(title)}${note}</th><td class="picture">${strip(data, row, title)}</td>${[
		cell(speech.figure(energy_kWh.mid), speech.ends(energy_kWh)),
		cell(speech.figure(unlit.mid), speech.ends(unlit)),
		cell(speech.figure(below.mid, "%"), below.mid > 0 ? speech.ends(below) : ""),
		cell(speech.figure(unlit_h), ""),
	].join("")}</tr>`;
}

/** What else controllers bring, and who pays. */
function beyond(data: DecisionData, speech: DecisionSpeech): string {
	const items = wordsOf(data, speech)
		.beyond(data.year)
		.map((text) => `<li>${escaped(speech.typeset(text))}</li>`);
	return `<section><h2>${escaped(speech.text("beyond"))}</h2><ul class="small">${items.join("")}</ul></section>`;
}
