/** Rate fields: price and CO2 of a kWh, typed, and a price that is asked about. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useSpeech } from "../state/street.js";
import { isDoubtful, numberIn, type Rates, textOf } from "./rates.js";
import { GRID_CO2 } from "./sources.js";

interface FieldsProps {
	readonly rates: Rates;
	readonly onChange: (rates: Rates) => void;
	/** A price above the usual that a person confirmed. */
	readonly confirmed: number | undefined;
	readonly onConfirm: (price: number) => void;
}

export function RateFields({ rates, onChange, confirmed, onConfirm }: FieldsProps): JSX.Element {
	const speech = useSpeech();
	const isAsked = isDoubtful(rates, confirmed);
	const box = useRef<HTMLDetailsElement>(null);
	useEffect(() => {
		if (isAsked) box.current!.open = true;
	}, [isAsked]);
	return (
		<details ref={box}>
			<summary>{speech.say("inputs")}</summary>
			<Rate
				name={speech.say("price")}
				value={rates.price}
				onValue={(price) => onChange({ ...rates, price })}
			/>
			{isAsked && (
				<Doubt
					price={rates.price!}
					onConfirm={onConfirm}
					onChange={(price) => onChange({ ...rates, price })}
				/>
			)}
			<Rate
				name={speech.say("grams")}
				value={rates.grams}
				onValue={(grams) => onChange({ ...rates, grams })}
			/>
			{rates.grams === GRID_CO2.grams ? (
				<p class="how">{speech.say("co2Source", GRID_CO2)}</p>
			) : (
				<button
					type="button"
					class="small"
					onClick={() => onChange({ ...rates, grams: GRID_CO2.grams })}
				>
					{speech.say("co2Take", GRID_CO2)}
				</button>
			)}
			<p class="how">{speech.say("inputsNote")}</p>
		</details>
	);
}

interface DoubtProps {
	readonly price: number;
	readonly onConfirm: (price: number) => void;
	readonly onChange: (price: number) => void;
}

function Doubt({ price, onConfirm, onChange }: DoubtProps): JSX.Element {
	const speech = useSpeech();
	const euros = (value: number) => speech.number(value, value < 1000 ? 2 : 0, "€");
	const cents = price / 100;
	return (
		<div class="doubt" role="status">
			<p>{speech.say("price.dear", { price: euros(price) })}</p>
			<p>
				<button type="button" class="small" onClick={() => onChange(cents)}>
					{speech.say("price.cents", { price: euros(cents) })}
				</button>{" "}
				<button type="button" class="small" onClick={() => onConfirm(price)}>
					{speech.say("price.yes", { price: euros(price) })}
				</button>
			</p>
		</div>
	);
}

interface RateProps {
	readonly name: string;
	readonly value: number | undefined;
	readonly onValue: (value: number | undefined) => void;
}

function Rate({ name, value, onValue }: RateProps): JSX.Element {
	const speech = useSpeech();
	const [text, setText] = useState(() => textOf(value, speech.language));
	const isNone = text.trim() !== "" && numberIn(text) === undefined;
	useEffect(() => {
		if (numberIn(text) !== value) setText(textOf(value, speech.language));
	}, [value]); // by a button: what is typed stays as it is typed
	return (
		<>
			<label class="field">
				<span>{name}</span>
				<input
					type="text"
					inputMode="decimal"
					autocomplete="off"
					maxLength={12}
					value={text}
					aria-invalid={isNone}
					onInput={({ currentTarget }) => {
						setText(currentTarget.value);
						onValue(numberIn(currentTarget.value));
					}}
				/>
			</label>
			{isNone && (
				<p class="how" role="status">
					{speech.say("price.none", { word: text.trim() })}
				</p>
			)}
		</>
	);
}
