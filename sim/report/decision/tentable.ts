/** Ten table: ten years of each option in euros, the same columns for all, for a street or a town. */
import {
	type Amount,
	COLUMNS,
	type LampYear,
	tenYears,
} from "../../../lib/lightingoptions/bottomline.js";
import type { Prices } from "../../../lib/lightingoptions/money.js";
import { type OptionName, optionOf } from "../../../lib/lightingoptions/options.js";
import { marksOf, TEN_TEXTS } from "../../../lib/lightingoptions/tenwords.js";
import type { Text } from "../../../lib/text/bilingual.js";
import { escaped } from "../html.js";
import type { DecisionSpeech } from "./speech.js";

interface TenYearsOf {
	readonly year: LampYear;
	readonly names: readonly OptionName[];
	readonly prices: Prices;
	readonly lamps: number;
	/** Euros of one unit of the table. */
	readonly unit?: number;
}

export function tenTable(
	{ year, names, prices, lamps, unit = 1 }: TenYearsOf,
	speech: DecisionSpeech,
): string {
	const said = (text: Text) => escaped(speech.typeset(text[speech.language]));
	const heads = [...COLUMNS, "place" as const].map((key) => said(TEN_TEXTS[key]));
	const cell = (text: string, index: number) =>
		`<td class="n" data-head="${heads[index]}">${text}</td>`;
	const all = tenYears(year, names, prices, lamps);
	const rows = all.map((row) => {
		const { cost, place } = row;
		const { name } = row.year;
		const marks = marksOf(row, all)
			.filter((mark) => mark !== TEN_TEXTS.tie) // said by the column of places
			.map(said)
			.join(", ");
		const title = speech.typeset(optionOf(name).short[speech.language]);
		const euros = (amount: Amount | undefined) =>
			amount ? speech.ends({ low: amount.low / unit, high: amount.high / unit }) : "–";
		const cells = [...COLUMNS.map((column) => euros(cost[column])), `${place || "–"}`].map(cell);
		return `<tr><th scope="row">${escaped(title)}${marks && ` <small>${marks}</small>`}</th>${cells.join("")}</tr>`;
	});
	const head = heads.map((text) => `<th scope="col" class="n">${text}</th>`).join("");
	return `<table class="ten"><thead><tr><th scope="col">${escaped(speech.text("option"))}</th>${head}</tr></thead><tbody>${rows.join("")}</tbody></table><p class="how">${said(TEN_TEXTS.how)}</p>`;
}
