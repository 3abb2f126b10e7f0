/** Bottom: the advice and the bottom line in sentences, the prices that they need, and the arithmetic. */
import type { JSX } from "preact";
import type { BottomWords } from "../../../../lib/lightingoptions/bottomwords.js";
import { INPUTS, VATS, type Vat } from "../../../../lib/lightingoptions/money.js";
import type { StreetYear } from "../../../../lib/lightingoptions/year.js";
import { useSpeech } from "../state/street.js";
import type { Inputs } from "./inputs.js";
import { PriceField } from "./pricefield.js";

interface BottomProps {
	readonly words: BottomWords;
	/** Of a street; a town has its table of districts. */
	readonly year?: StreetYear;
	readonly inputs: Inputs;
	readonly onChange: (inputs: Inputs) => void;
}

export function Bottom({ words, year, inputs, onChange }: BottomProps): JSX.Element {
	const speech = useSpeech();
	return (
		<>
			<p class="advice">{speech.plain(words.advice)}</p>
			{[...words.sentences, ...words.conditions].map((text) => (
				<p key={text}>{speech.plain(text)}</p>
			))}
			<div class="prices">
				{INPUTS.map((name) => (
					<PriceField key={name} name={name} inputs={inputs} onChange={onChange} />
				))}
				<label class="field">
					<span>{speech.say("money.vat")}</span>
					<select
						value={inputs.vat}
						onChange={({ currentTarget }) =>
							onChange({ ...inputs, vat: currentTarget.value as Vat })
						}
					>
						{VATS.map((vat) => (
							<option value={vat} key={vat}>
								{speech.say(`vat.${vat || "none"}`)}
							</option>
						))}
					</select>
				</label>
			</div>
			<p class="how">{speech.say("money.how")}</p>
			{words.arithmetic.length > 0 && (
				<details>
					<summary>{speech.say("money.sums")}</summary>
					{words.arithmetic.map((text) => (
						<p key={text}>{speech.plain(text)}</p>
					))}
				</details>
			)}
			<h4>{speech.say("money.beyond")}</h4>
			<ul class="beyond">
				{words.beyond(year).map((text) => (
					<li key={text}>{speech.plain(text)}</li>
				))}
			</ul>
		</>
	);
}
