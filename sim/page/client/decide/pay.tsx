/** Pay: energy and euros of today, of a lamp and of all lamps, in a sentence. */
import type { JSX } from "preact";
import { yearlyCost } from "../../../../lib/lightingoptions/money.js";
import { optionOf } from "../../../../lib/lightingoptions/options.js";
import { useSpeech } from "../state/street.js";
import { middle, spanOf, three } from "./figuretext.js";
import { lampsOf, pricesOf } from "./inputs.js";
import { type Decided, yearOf } from "./year.js";

export function Pay({ year, inputs }: Decided): JSX.Element {
	const speech = useSpeech();
	const { energy_kWh } = yearOf(year, inputs.today);
	const cost = yearlyCost(optionOf(inputs.today), energy_kWh, pricesOf(inputs));
	const lamps = lampsOf(inputs);
	const euros = cost
		? speech.say("ans.payEuros", {
				euros: three(middle(cost), speech, "€"),
				range: spanOf(cost, speech),
			})
		: speech.say("ans.payNone");
	const all = cost &&
		lamps && { low: cost.low * lamps, high: cost.high * lamps, lamps: speech.number(lamps, 0) };
	return (
		<p class="pay">
			{speech.say("ans.pay", {
				today: speech.say(`option.${inputs.today}`),
				kWh: three(energy_kWh.mid, speech, "kWh"),
				range: spanOf(energy_kWh, speech),
				euros,
			})}{" "}
			{all &&
				speech.say("ans.payAll", {
					lamps: all.lamps,
					euros: three(middle(all), speech, "€"),
					range: spanOf(all, speech),
				})}
		</p>
	);
}
