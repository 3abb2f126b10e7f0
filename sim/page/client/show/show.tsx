/**
 * Show: the street for a council: one picture, four figures, one sentence, and what to do next.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../parts/icons.js";
import { StreetPicture, seePicture } from "../parts/streetpicture.js";
import { Inspector } from "../prove/inspector.js";
import type { View } from "../state/address.js";
import { jumpTo } from "../state/run.js";
import { useModel, useSpeech } from "../state/street.js";
import { Captions } from "./captions.js";
import { Figures } from "./figures.js";
import { Lapse } from "./lapse.js";
import { Next } from "./next.js";

/** So much of the street shows the old lamps at first: their edge invites to be moved. */
const FIRST_SPLIT = 26;

/** The night until dawn passes in so many seconds. */
const NIGHT_S = 60;

/** With the picture in sight. */
function seeNight(): Promise<void> {
	seePicture();
	return jumpTo("dawn", NIGHT_S);
}

interface ShowProps {
	readonly chosen: number | undefined;
	readonly onChoose: (lamp: number | undefined) => void;
	readonly onGo: (view: View) => void;
}

export function Show({ chosen, onChoose, onGo }: ShowProps): JSX.Element {
	const speech = useSpeech();
	const mayRush = useModel(({ welcome }) => welcome?.maxSpeedAllowed ?? false);
	const [split, setSplit] = useState(FIRST_SPLIT);
	return (
		<main id="content" class="show">
			<StreetPicture chosen={chosen} onChoose={onChoose} split={split / 100}>
				<div class="slider">
					<span class="side old" aria-hidden="true" hidden={split < 8}>
						{speech.say("oldLamps")}
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
				<button type="button" disabled={!mayRush} onClick={() => void seeNight()}>
					<Icon name="step" /> {speech.say("next.dawn")}
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
