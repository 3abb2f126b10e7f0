/** Money: prices as a person gives them, each with its month, and the years until an option is paid back. */
import type { JSX } from "preact";
import {
	carbonOf,
	type Ends,
	fittingCost,
	INPUT_TEXTS,
	INPUTS,
	missingIn,
	type Prices,
	paybackOf,
	yearlyCost,
} from "../../../../lib/lightingoptions/money.js";
import { OURS, optionOf } from "../../../../lib/lightingoptions/options.js";
import { useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";
import { spanOf, three } from "./figuretext.js";
import { emissionOf, type Inputs, pricesOf } from "./inputs.js";
import { PriceField } from "./pricefield.js";
import { GRID_CO2 } from "./sources.js";
import { type Decided, savingBetween, yearOf } from "./year.js";

/** Beyond any lamp's life, years: shown as never. */
const NEVER = 100;

interface MoneyProps extends Decided {
	readonly onChange: (inputs: Inputs) => void;
}

export function Money({ year, inputs, onChange }: MoneyProps): JSX.Element {
	const speech = useSpeech();
	const prices = pricesOf(inputs);
	return (
		<section class="card money" aria-labelledby="q-fit">
			<h3 id="q-fit">{speech.say("q.fit")}</h3>
			<p class="how">{speech.say("money.how")}</p>
			<div class="prices">
				{INPUTS.map((name) => (
					<PriceField key={name} name={name} inputs={inputs} onChange={onChange} />
				))}
			</div>
			<Payback year={year} inputs={inputs} prices={prices} />
			<p class="how">{speech.say("money.feed")}</p>
			<Carbon year={year} inputs={inputs} onChange={onChange} />
		</section>
	);
}

interface PaybackProps extends Decided {
	readonly prices: Prices;
}

/** Against today's option: cost once, a year, and years until it is paid back. */
function Payback({ year, inputs, prices }: PaybackProps): JSX.Element {
	const speech = useSpeech();
	const from = yearOf(year, inputs.today);
	if (Object.keys(prices).length === 0) {
		const saving = savingBetween(year, inputs.today, "neighbours");
		const fill = {
			saved: three(saving.mid, speech),
			range: spanOf(saving, speech),
			option: speech.say("option.neighbours"),
			today: speech.say(`option.${inputs.today}`),
			cents: spanOf({ low: saving.low / 10, high: saving.high / 10 }, speech, "€"),
		};
		return <p>{speech.say("money.none", fill)}</p>;
	}
	const today = { option: optionOf(from.name), energy_kWh: from.energy_kWh };
	const columns = ["fit", "cost", "payback"] as const;
	return (
		<table class="payback">
			<thead>
				<tr>
					<th scope="col">{speech.say("col.option")}</th>
					{columns.map((name) => (
						<th scope="col" key={name}>
							{speech.say(`col.${name}`, { today: today.option.title[speech.language] })}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{OURS.map((name) => {
					const { energy_kWh } = yearOf(year, name);
					const option = optionOf(name);
					const once = fittingCost(option, prices);
					const yearly = yearlyCost(option, energy_kWh, prices);
					const years = paybackOf(option, energy_kWh, today, prices);
					const lacks = missingIn(option, prices).map(
						(input) => INPUT_TEXTS[input][speech.language],
					);
					return (
						<tr key={name}>
							<th scope="row">{option.title[speech.language]}</th>
							<td>{once ? spanOf(once, speech, "€") : "–"}</td>
							<td>{yearly ? spanOf(yearly, speech, "€") : "–"}</td>
							<td>
								{lacks.length > 0 ? (
									<span class="how">
										{speech.say("money.missing", { names: lacks.join(", ").toLowerCase() })}
									</span>
								) : (
									yearsText(years, speech)
								)}
							</td>
						</tr>
					);
				})}
			</tbody>
		</table>
	);
}

export function yearsText(years: Ends | undefined, speech: Speech): string {
	if (!years) return speech.say("money.nothing");
	const { low, high } = years;
	if (low > NEVER) return speech.say("money.never");
	const text = (value: number) => speech.number(value, value < 10 ? 1 : 0);
	if (high > NEVER) return speech.say("money.maybe", { low: text(low) });
	return speech.say("money.years", { low: text(low), high: text(high) });
}

/** Never without factor, year and source; never as a headline. */
function Carbon({ year, inputs, onChange }: MoneyProps): JSX.Element {
	const speech = useSpeech();
	const emission = emissionOf(inputs);
	const saving = savingBetween(year, inputs.today, "neighbours");
	return (
		<details>
			<summary>{speech.say("co2.title")}</summary>
			<div class="row">
				{(["grams", "year", "source"] as const).map((name) => (
					<label class="field" key={name}>
						<span>{speech.say(`co2.${name}`)}</span>
						<input
							type="text"
							maxLength={name === "source" ? 80 : 7}
							value={inputs[name]}
							onInput={({ currentTarget }) => onChange({ ...inputs, [name]: currentTarget.value })}
						/>
					</label>
				))}
			</div>
			<button
				type="button"
				class="small"
				onClick={() =>
					onChange({
						...inputs,
						grams: String(GRID_CO2.grams),
						year: String(GRID_CO2.year),
						source: GRID_CO2.source,
					})
				}
			>
				{speech.say("co2.take", GRID_CO2)}
			</button>
			<p class="how">
				{emission
					? speech.say("co2.said", {
							kg: spanOf(carbonOf(saving, emission), speech, "kg"),
							option: speech.say("option.neighbours"),
							grams: three(emission.g_kWh, speech),
							source: emission.source,
							year: emission.year,
						})
					: speech.say("co2.none")}
			</p>
		</details>
	);
}
