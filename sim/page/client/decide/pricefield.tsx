/** Price field: an amount or a range of two, and the month of which it is. */
import type { JSX } from "preact";
import { INPUT_TEXTS, type InputName } from "../../../../lib/lightingoptions/money.js";
import { useSpeech } from "../state/street.js";
import { type Inputs, isAmount, isAsked } from "./inputs.js";

interface FieldProps {
	readonly name: InputName;
	readonly inputs: Inputs;
	readonly onChange: (inputs: Inputs) => void;
}

export function PriceField({ name, inputs, onChange }: FieldProps): JSX.Element {
	const speech = useSpeech();
	const { language } = speech;
	const { amount = "", dated = "" } = inputs.prices[name] ?? {};
	const title = INPUT_TEXTS[name];
	const isBad = amount.trim() !== "" && !isAmount(amount);
	const change = (next: Partial<{ amount: string; dated: string }>) => {
		const given = { amount, dated, ...next };
		onChange({ ...inputs, prices: { ...inputs.prices, [name]: given } });
	};
	return (
		<div class="price">
			<label class="field">
				<span>
					{speech.say("money.amount", { name: title[language], unit: title.unit[language] })}
				</span>
				<input
					type="text"
					inputMode="decimal"
					placeholder=" "
					autocomplete="off"
					maxLength={20}
					value={amount}
					aria-invalid={isBad}
					onInput={({ currentTarget }) => change({ amount: currentTarget.value })}
				/>
			</label>
			<label class="field">
				<span aria-hidden="true">{speech.say("money.dated")}</span>
				<input
					type="month"
					aria-label={speech.say("money.datedOf", { name: title[language] })}
					value={dated}
					onInput={({ currentTarget }) => change({ dated: currentTarget.value })}
				/>
			</label>
			{isBad && (
				<p class="how" role="status">
					{speech.say("money.bad", { word: amount.trim() })}
				</p>
			)}
			{!isBad && amount.trim() !== "" && dated === "" && (
				<p class="how" role="status">
					{speech.say("money.undated")}
				</p>
			)}
			{name === "price" && isAsked(inputs) && <Doubt inputs={inputs} onChange={onChange} />}
		</div>
	);
}

/** A price that is more likely in cents. */
export function Doubt({ inputs, onChange }: Omit<FieldProps, "name">): JSX.Element {
	const speech = useSpeech();
	const { amount, dated } = inputs.prices.price!;
	const cents = amount.replace(/\d+(?:[.,]\d+)?/g, (figure) =>
		String(Number((Number(figure.replace(",", ".")) / 100).toFixed(6))),
	);
	const euros = (text: string) =>
		`${speech.language === "fr" ? text.replaceAll(".", ",") : text}\u00a0€`;
	return (
		<div class="doubt" role="status">
			<p>{speech.say("price.dear", { price: euros(amount.trim()) })}</p>
			<p>
				<button
					type="button"
					class="small"
					onClick={() =>
						onChange({ ...inputs, prices: { ...inputs.prices, price: { amount: cents, dated } } })
					}
				>
					{speech.say("price.cents", { price: euros(cents) })}
				</button>{" "}
				<button
					type="button"
					class="small"
					onClick={() => onChange({ ...inputs, confirmed: amount })}
				>
					{speech.say("price.yes", { price: euros(amount.trim()) })}
				</button>
			</p>
		</div>
	);
}
