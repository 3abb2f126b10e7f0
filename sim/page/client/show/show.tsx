/**
 * Show: the street for a council: one picture, four figures, one sentence, and what to do next.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { optionOf } from "../../../../lib/lightingoptions/options.js";
import { Icon } from "../parts/icons.js";
import { StreetPicture } from "../parts/streetpicture.js";
import { Inspector } from "../prove/inspector.js";
import type { View } from "../state/address.js";
import { startScenario } from "../state/run.js";
import { useModel, useSpeech } from "../state/street.js";
import { Captions } from "./captions.js";
import { Figures } from "./figures.js";
import { Lapse } from "./lapse.js";
import { Next } from "./next.js";

/** So much of the street shows the old lamps at first: their edge invites to be moved. */
const FIRST_SPLIT = 26;

/** Beside an option that a scenario shows. */
const BESIDE_SPLIT = 45;
/** A night in a minute. */
const MINUTE = "minute";

interface ShowProps {
	readonly chosen: number | undefined;
	readonly onChoose: (lamp: number | undefined) => void;
	readonly onGo: (view: View) => void;
}

export function Show({ chosen, onChoose, onGo }: ShowProps): JSX.Element {
	const speech = useSpeech();
	const mayPlay = useModel(({ welcome }) => welcome?.scenarios.some(({ name }) => name === MINUTE));
	const beside = useModel(({ welcome }) => welcome?.scenario?.beside);
	const [split, setSplit] = useState(FIRST_SPLIT);
	useEffect(() => setSplit(beside ? BESIDE_SPLIT : FIRST_SPLIT), [beside]);
	return (
		<main id="content" class="show">
			<StreetPicture chosen={chosen} onChoose={onChoose} split={split / 100}>
				<div class="slider">
					<span class="side old" aria-hidden="true" hidden={split < 8}>
						{beside ? speech.text(optionOf(beside).short) : speech.say("oldLamps")}
					</span>
					<span class="side new" aria-hidden="true" hidden={split > 92}>
						{speech.say("theseLamps")}
					</span>
					<input
						type="range"
						min="0"
						max="100"
						value={split}
						aria-label={speech.say("slider")}
						onInput={({ currentTarget }) => setSplit(Number(currentTarget.value))}
					/>
				</div>
				<Lapse />
				<Captions />
			</StreetPicture>
			<div class="under">
				<p class="note">{speech.say("note")}</p>
				<button type="button" disabled={!mayPlay} onClick={() => void startScenario(MINUTE)}>
					<Icon name="play" /> {speech.say("next.dawn")}
				</button>
				<button type="button" class="main" onClick={() => onGo("decide")}>
					{speech.say("next.decide")}
				</button>
			</div>
			<Figures />
			{chosen === undefined ? (
				<Next onGo={onGo} />
			) : (
				<Inspector lamp={chosen} time={undefined} brief onClose={() => onChoose(undefined)} />
			)}
		</main>
	);
}
