/** Wins: where another way than presence is the better one. */
import type { JSX } from "preact";
import type { StreetYear, WayYear } from "../../../../lib/ways/year.js";
import { useSpeech } from "../state/street.js";
import { leastOf } from "./compared.js";

export function Wins({ year }: { readonly year: StreetYear }): JSX.Element {
	const speech = useSpeech();
	const found = leastOf(year.ways);
	const nameOf = ({ name }: WayYear) => `« ${speech.say(`way.${name}`)} »`;
	const quoted = (one: WayYear) =>
		speech.language === "fr" ? nameOf(one) : `“${speech.say(`way.${one.name}`)}”`;
	const fill = found && {
		way: quoted(found.least),
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
