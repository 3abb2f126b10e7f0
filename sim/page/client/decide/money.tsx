/** Money: ten years of each option, and CO2 where a person gave a factor. */
import type { JSX } from "preact";
import { BOUGHT, DIMMED } from "../../../../lib/lightingoptions/bottomline.js";
import type { BottomWords } from "../../../../lib/lightingoptions/bottomwords.js";
import { carbonOf } from "../../../../lib/lightingoptions/money.js";
import { OURS, TODAY } from "../../../../lib/lightingoptions/options.js";
import { useSpeech } from "../state/street.js";
import { spanOf, three } from "./figuretext.js";
import { emissionOf, type Inputs, lampsOf } from "./inputs.js";
import { GRID_CO2 } from "./sources.js";
import { TenYears } from "./tenyears.js";
import { type Decided, savingBetween } from "./year.js";

/** *Mixed* is one of the others in a street. */
const ROWS = [...TODAY, ...OURS.filter((name) => name !== "mixed")];

interface MoneyProps extends Decided {
	readonly onChange: (inputs: Inputs) => void;
}

export function Money({
	words,
	...props
}: MoneyProps & { readonly words: BottomWords }): JSX.Element {
	const { year, inputs } = props;
	const speech = useSpeech();
	const names = inputs.today === "sodium" ? (["sodium", ...ROWS] as const) : ROWS;
	return (
		<section class="card money" aria-labelledby="q-fit">
			<h3 id="q-fit" tabIndex={-1}>
				{speech.say("q.fit")}
			</h3>
			<p>{speech.plain(words.invested)}</p>
			<TenYears year={year} names={names} lamps={lampsOf(inputs) ?? 1} inputs={inputs} />
			<p class="how">{speech.say("money.feed")}</p>
			<Carbon {...props} />
		</section>
	);
}

/** Never without factor, year and source; never as a headline. */
function Carbon({ year, inputs, onChange }: MoneyProps): JSX.Element {
	const speech = useSpeech();
	const emission = emissionOf(inputs);
	const saving = savingBetween(year, DIMMED, BOUGHT);
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
