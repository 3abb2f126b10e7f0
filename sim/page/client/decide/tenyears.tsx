/** Ten years: what each option costs, the same columns for all, ordered only where ranges do not overlap. */
import type { JSX } from "preact";
import {
	type Amount,
	COLUMNS,
	type LampYear,
	tenYears,
} from "../../../../lib/lightingoptions/bottomline.js";
import { type OptionName, optionOf } from "../../../../lib/lightingoptions/options.js";
import { marksOf, TEN_TEXTS } from "../../../../lib/lightingoptions/tenwords.js";
import { useSpeech } from "../state/street.js";
import { spanOf, three } from "./figuretext.js";
import { type Inputs, pricesOf } from "./inputs.js";

interface TenYearsProps {
	readonly year: LampYear;
	readonly names: readonly OptionName[];
	readonly lamps: number;
	readonly inputs: Inputs;
}

export function TenYears({ year, names, lamps, inputs }: TenYearsProps): JSX.Element {
	const speech = useSpeech();
	const rows = tenYears(year, names, pricesOf(inputs), lamps);
	return (
		<>
			<p>{speech.say("ten.lead", { lamps: speech.number(lamps, 0) })}</p>
			<table class="options ten">
				<thead>
					<tr>
						<th scope="col">{speech.say("col.option")}</th>
						{COLUMNS.map((name) => (
							<th scope="col" key={name}>
								{speech.text(TEN_TEXTS[name])}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={row.year.name}>
							<th scope="row">
								<b>{speech.text(optionOf(row.year.name).title)}</b>
								{row.place > 0 && (
									<span class="mark">{`${speech.text(TEN_TEXTS.place)} ${row.place}`}</span>
								)}
								{marksOf(row, rows).map((mark) => (
									<span class="mark least" key={mark.en}>
										{speech.text(mark)}
									</span>
								))}
							</th>
							{COLUMNS.map((name) => (
								<td data-head={speech.text(TEN_TEXTS[name])} key={name}>
									<Euros amount={row.cost[name]} />
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
			<p class="how">{speech.text(TEN_TEXTS.how)}</p>
		</>
	);
}

function Euros({ amount }: { readonly amount: Amount | undefined }): JSX.Element {
	const speech = useSpeech();
	if (!amount) return <>–</>;
	return (
		<>
			<b>{three(amount.mid, speech)}</b>
			{amount.low !== amount.high && <span class="span">{spanOf(amount, speech)}</span>}
		</>
	);
}
