/** Colour choice: the meaning of the points' colour, with its legend. */
import type { JSX } from "preact";
import { HUES } from "../../sim/page/client/prove/palette.js";
import { useSpeech } from "../../sim/page/client/state/street.js";
import { COLOURS, type Colour, cssOf, savingColour } from "./palette.js";
import { town, useTown } from "./usetown.js";

export function ColourChoice(): JSX.Element {
	const speech = useSpeech();
	const colour = useTown((state) => state.colour);
	return (
		<div class="colouring">
			<label class="field">
				<span>{speech.say("town.colour")}</span>
				<select
					value={colour}
					onChange={({ currentTarget }) => town.change({ colour: currentTarget.value as Colour })}
				>
					{COLOURS.map((choice) => (
						<option key={choice} value={choice}>
							{speech.say(`town.colour.${choice}`)}
						</option>
					))}
				</select>
			</label>
			<Legend colour={colour} />
		</div>
	);
}

function Legend({ colour }: { readonly colour: Colour }): JSX.Element {
	const speech = useSpeech();
	const causes = useTown(({ leftNight, rightNight }) =>
		[...new Set([leftNight, rightNight].flatMap((night) => night?.served.causes ?? []))].join(),
	);
	const entries: readonly (readonly [hue: string, text: string])[] = {
		level: [
			["#2e3444", speech.say("town.legend.dark")],
			["#7d6444", speech.percent(20)],
			["#ffd08a", speech.percent(100)],
		] as const,
		cause: causes
			.split(",")
			.filter((cause) => HUES[cause])
			.map((cause) => [HUES[cause]!, speech.known(cause) ?? cause] as const),
		saving: [0, 0.5, 1].map(
			(share) => [cssOf(savingColour(share)), speech.percent(100 * share)] as const,
		),
		fault: [[HUES.fault!, speech.say("town.legend.fault")]] as const,
	}[colour];
	return (
		<ul class="legend" aria-label={speech.say("town.legend")}>
			{entries.map(([hue, text]) => (
				<li key={text}>
					<i style={{ background: hue }} aria-hidden="true" /> {text}
				</li>
			))}
		</ul>
	);
}
