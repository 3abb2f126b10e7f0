/** Option table: every option, for a lamp and year: energy, passages, class, darkness. */
import type { JSX } from "preact";
import { belowIn } from "../../../../lib/lightingoptions/knownoptions.js";
import { type LightingOption, optionOf } from "../../../../lib/lightingoptions/options.js";
import type { Range } from "../../../../lib/lightingoptions/range.js";
import type { OptionYear } from "../../../../lib/lightingoptions/year.js";
import { useSpeech } from "../state/street.js";
import type { Speech, WordOf } from "../words.js";
import { leastOf } from "./compared.js";
import { parted } from "./figuretext.js";
import type { Decided } from "./year.js";

export function OptionTable({ year, inputs }: Decided): JSX.Element {
	const speech = useSpeech();
	const least = leastOf(year.options);
	const most = Math.max(
		...year.options
			.filter(({ name }) => name !== "sodium")
			.map(({ energy_kWh }) => energy_kWh.high),
	);
	const heads: readonly WordOf<"col">[] = ["option", "energy", "unlit", "below", "dark"];
	return (
		<>
			<table class="options">
				<thead>
					<tr>
						{heads.map((name) => (
							<th scope="col" key={name}>
								{speech.say(`col.${name}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{year.options.map((optionYear) => {
						const option = optionOf(optionYear.name);
						const isTie = least?.ties.some(({ name }) => name === optionYear.name);
						return (
							<tr key={optionYear.name} class={optionYear.name === inputs.today ? "today" : ""}>
								<OptionName
									option={option}
									year={optionYear}
									isToday={optionYear.name === inputs.today}
								/>
								<td data-head={speech.say("col.energy")}>
									<Energy
										year={optionYear}
										most={most}
										mark={optionYear === least?.least ? "least" : isTie ? "tie" : undefined}
									/>
								</td>
								<td data-head={speech.say("col.unlit")}>
									<Unlit year={optionYear} />
								</td>
								<td data-head={speech.say("col.below")}>
									<Below year={optionYear} />
								</td>
								<td data-head={speech.say("col.dark")}>
									<b>{speech.number(optionYear.unlit_h, 0)}</b>
								</td>
							</tr>
						);
					})}
				</tbody>
			</table>
			<p class="how">{speech.say("decide.note")}</p>
		</>
	);
}

interface NameProps {
	readonly option: LightingOption;
	readonly year: OptionYear;
	readonly isToday: boolean;
}

function OptionName({ option, year, isToday }: NameProps): JSX.Element {
	const speech = useSpeech();
	const { language } = speech;
	return (
		<th scope="row">
			<b>{speech.text(option.title)}</b>
			{isToday && <span class="mark">{speech.say("mark.today")}</span>}
			{year.as && (
				<span class="mark">
					{speech.say("mark.here", { option: optionOf(year.as).short[language].toLowerCase() })}
				</span>
			)}
			<span class="what">{speech.text(option.what)}</span>
		</th>
	);
}

interface EnergyProps {
	readonly year: OptionYear;
	readonly most: number;
	readonly mark: "least" | "tie" | undefined;
}

/** The figure, its range, and both as a bar. */
function Energy({ year, most, mark }: EnergyProps): JSX.Element {
	const speech = useSpeech();
	const { low, mid, high } = year.energy_kWh;
	const [figure, span] = parted(year.energy_kWh, speech);
	const at = (value: number) => `${Math.min(100, (100 * value) / most)}%`;
	return (
		<>
			<b>{figure}</b>
			<span class="span">{span}</span>
			{mark && (
				<span class={`mark ${mark}`} title={speech.say(`mark.${mark}`)}>
					{mark === "least" ? speech.say("mark.least") : "≈"}
				</span>
			)}
			<span class={`energybar ${high > most ? "beyond" : ""}`} aria-hidden="true">
				<span style={{ width: at(mid) }} />
				{high <= most && <i style={{ left: at(low), width: at(high - low) }} />}
			</span>
		</>
	);
}

function Unlit({ year }: { readonly year: OptionYear }): JSX.Element {
	const speech = useSpeech();
	const [figure, span] = parted(year.unlit, speech);
	return (
		<>
			<b>{figure}</b>
			{year.unlit.mid > 0 && <span class="span">{span}</span>}
		</>
	);
}

/** Share of the road users of a year. */
function Below({ year }: { readonly year: OptionYear }): JSX.Element {
	const speech = useSpeech();
	const [figure, span] = belowTexts(belowIn(year), speech);
	return (
		<>
			<b>{figure}</b>
			{span && <span class="span">{span}</span>}
		</>
	);
}

/** `14.2 %`, and `13.1 to 15.3 %`; none of a figure without a range. */
export function belowTexts(
	{ low, mid, high }: Range,
	speech: Speech,
): readonly [string, string | undefined] {
	if (high === 0) return [speech.percent(0), undefined];
	if (low === high) return [speech.number(mid, 1, "%"), undefined];
	const [from, to] = [speech.number(low, 1), speech.number(high, 1, "%")];
	return [speech.number(mid, 1, "%"), speech.say("range.span", { low: from, high: to })];
}
