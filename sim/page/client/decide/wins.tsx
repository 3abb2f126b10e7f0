/** Wins: where an option other than presence is better. */
import type { JSX } from "preact";
import type { OptionYear, StreetYear } from "../../../../lib/lightingoptions/year.js";
import { useSpeech } from "../state/street.js";
import { leastOf } from "./compared.js";

export function Wins({ year }: { readonly year: StreetYear }): JSX.Element {
	const speech = useSpeech();
	const found = leastOf(year.options);
	const nameOf = ({ name }: OptionYear) => `« ${speech.say(`option.${name}`)} »`;
	const quoted = (optionYear: OptionYear) =>
		speech.language === "fr" ? nameOf(optionYear) : `“${speech.say(`option.${optionYear.name}`)}”`;
	const fill = found && {
		option: quoted(found.least),
		others: found.ties.map(quoted).join(", "),
	};
	return (
		<div class="wins">
			<h4>{speech.say("wins.title")}</h4>
			<ul>
				{fill && <li>{speech.say(fill.others ? "wins.energyTie" : "wins.energy", fill)}</li>}
				{(["off", "people", "cost"] as const).map((name) => (
					<li key={name}>{speech.say(`wins.${name}`)}</li>
				))}
			</ul>
		</div>
	);
}
