/** Ten table: ten years of each option in euros, the same columns for all, for a street or a town. */
import {
	type Amount,
	COLUMNS,
	type LampYear,
	tenYears,
} from "../../../lib/lightingoptions/bottomline.js";
import type { Prices } from "../../../lib/lightingoptions/money.js";
import { type OptionName, optionOf } from "../../../lib/lightingoptions/options.js";
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
	const heads = [...COLUMNS, "rank" as const].map((key) => escaped(speech.text(key)));
	const cell = (text: string, index: number) =>
		`<td class="n" data-head="${heads[index]}">${text}</td>`;
	const all = tenYears(year, names, prices, lamps);
	/** Where several have place 1, `moneyHow` says that each may be the cheapest. */
	const isAlone = all.filter(({ place }) => place === 1).length === 1;
	const rows = all.map(({ year: { name }, cost, place, isDarkest, isLit }) => {
		const marks = [
			...(place === 1 && isAlone ? (["cheapest"] as const) : []),
			...(isDarkest ? (["darkest"] as const) : []),
			...(isLit ? (["lit"] as const) : []),
		].map((mark) => speech.text(mark));
		const title = speech.typeset(optionOf(name).short[speech.language]);
		const euros = (amount: Amount | undefined) =>
			amount ? speech.ends({ low: amount.low / unit, high: amount.high / unit }) : "–";
		const cells = [...COLUMNS.map((column) => euros(cost[column])), `${place || "–"}`].map(cell);
		return `<tr><th scope="row">${escaped(title)}${marks.length > 0 ? ` <small>${escaped(marks.join(", "))}</small>` : ""}</th>${cells.join("")}</tr>`;
	});
	const head = heads.map((text) => `<th scope="col" class="n">${text}</th>`).join("");
	return `<table class="ten"><thead><tr><th scope="col">${escaped(speech.text("option"))}</th>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
