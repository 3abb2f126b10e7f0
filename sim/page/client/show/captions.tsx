/** Captions: the sentence of a scenario that is true now, under the picture: it hides none of the lamps that it is about. */
import type { JSX } from "preact";
import { Icon } from "../parts/icons.js";
import { startScenario } from "../state/run.js";
import { useModel, useSpeech } from "../state/street.js";

export function Captions(): JSX.Element | null {
	const speech = useSpeech();
	const scenario = useModel(({ welcome }) => welcome?.scenario ?? null);
	const index = useModel(({ welcome, update }) => {
		const captions = welcome?.scenario?.captions ?? [];
		return captions.filter(({ utc }) => utc <= (update?.utc ?? 0)).length;
	});
	const isOver = useModel(({ welcome, update }) => {
		const played = welcome?.scenario;
		return played ? (update?.utc ?? 0) >= played.end : false;
	});
	if (!scenario) return null;
	const { captions, title, what, name } = scenario;
	const caption = captions[index - 1];
	const { language } = speech;
	return (
		<div class="caption">
			<p role="status">{caption ? caption[language] : what[language]}</p>
			<p class="of">
				<span>
					{title[language]}
					{index > 0 && `, ${speech.say("caption.of", { n: index, all: captions.length })}`}
				</span>
				{isOver && (
					<button type="button" onClick={() => void startScenario(name)}>
						<Icon name="play" /> {speech.say("replay")}
					</button>
				)}
			</p>
		</div>
	);
}
