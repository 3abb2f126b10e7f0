/**
 * Decide: a council's twelve questions, each answered on this page: figures of a lamp and year in every
 * option, with their ranges, beside what the commune has today.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { BottomWords } from "../../../../lib/lightingoptions/bottomwords.js";
import { BASELINES, type Baseline } from "../../../../lib/lightingoptions/options.js";
import { passagesOut } from "../../../../lib/lightingoptions/traffic.js";
import { passagesANight, type StreetYear } from "../../../../lib/lightingoptions/year.js";
import { useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";
import { Answers } from "./answers.js";
import { Bottom } from "./bottom.js";
import { three } from "./figuretext.js";
import { type Inputs, keepInputs, lampsOf, pricesOf, readInputs } from "./inputs.js";
import { Money } from "./money.js";
import { OptionTable } from "./optiontable.js";
import { Questions } from "./questions.js";
import { ReportButton } from "./reportbutton.js";
import { type Decided, useYear } from "./year.js";

export function Decide({ onShow }: { readonly onShow: () => void }): JSX.Element {
	const speech = useSpeech();
	const { year, why, isLost } = useYear();
	const [inputs, setInputs] = useState(readInputs);
	const change = (next: Inputs) => {
		setInputs(next);
		keepInputs(next);
	};
	const words = year && wordsOf(year, inputs, speech);
	return (
		<main id="content" class="decide">
			{year && words ? (
				<>
					<Lead year={year} inputs={inputs} onChange={change} />
					<Questions />
					<section class="card" aria-labelledby="q-pay">
						<h3 id="q-pay" tabIndex={-1}>
							{speech.say("q.pay")}
						</h3>
						<Bottom words={words} year={year} inputs={inputs} onChange={change} />
						<OptionTable year={year} inputs={inputs} />
					</section>
					<Money year={year} inputs={inputs} words={words} onChange={change} />
					<Answers year={year} inputs={inputs} onShow={onShow} />
				</>
			) : (
				<p class="lead" role="status">
					{why
						? speech.say("decide.failed", { why })
						: speech.say(isLost ? "lostAtAll" : "decide.wait")}
				</p>
			)}
		</main>
	);
}

/** The bottom line of this street, as the report of the same inputs says it. */
function wordsOf(year: StreetYear, inputs: Inputs, speech: Speech): BottomWords {
	const { today, vat } = inputs;
	const lamps = lampsOf(inputs) ?? 1;
	return new BottomWords({ year, today, vat, prices: pricesOf(inputs), lamps }, speech);
}

interface LeadProps extends Decided {
	readonly onChange: (inputs: Inputs) => void;
}

function Lead({ year, inputs, onChange }: LeadProps): JSX.Element {
	const speech = useSpeech();
	const { traffic } = year;
	const fill = {
		year: year.year,
		power: speech.number(year.ledPower_W, 0, "W"),
		old: speech.number(year.oldLampPower_W, 0, "W"),
		night: three(passagesANight(year), speech),
		late: three(passagesOut(traffic), speech),
	};
	return (
		<header class="lead">
			<div>
				<h2>{speech.say("decide.title")}</h2>
				<p class="how">{speech.say("decide.lead", fill)}</p>
			</div>
			<div class="given">
				<label class="field">
					<span>{speech.say("decide.today")}</span>
					<select
						value={inputs.today}
						onChange={({ currentTarget }) =>
							onChange({ ...inputs, today: currentTarget.value as Baseline })
						}
					>
						{BASELINES.map((name) => (
							<option value={name} key={name}>
								{speech.say(`option.${name}`)}
							</option>
						))}
					</select>
				</label>
				<label class="field">
					<span>{speech.say("decide.lamps")}</span>
					<input
						type="text"
						inputMode="numeric"
						maxLength={6}
						value={inputs.lamps}
						onInput={({ currentTarget }) => onChange({ ...inputs, lamps: currentTarget.value })}
					/>
				</label>
				<ReportButton inputs={inputs} />
			</div>
		</header>
	);
}
