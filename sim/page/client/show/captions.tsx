/** Captions: the sentence of a scenario that is true now, under the picture: it hides none of the lamps that it is about. */
import type { JSX } from "preact";
import { filled } from "../../../../lib/text/filled.js";
import { Icon } from "../parts/icons.js";
import { go, startScenario } from "../state/run.js";
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
	const isStill = useModel(({ update }) => update?.speed === 0);
	const used = useModel(({ update }) => {
		const { own, today } = update?.world ?? {};
		return [own, today?.profile, today?.off].map((night) => night?.energy_kWh.toFixed(2)).join();
	});
	if (!scenario) return null;
	const [here = "", driver = "", off = ""] = used
		.split(",")
		.map((kWh) => speech.number(Number(kWh), 2, "kWh"));
	const { captions, title, what, name } = scenario;
	const caption = captions[index - 1];
	const { language } = speech;
	return (
		<div class="caption">
			<p role="status">{filled((caption ?? what)[language], { here, driver, off })}</p>
			<p class="of">
				<span>
					{title[language]}
					{index > 0 && `, ${speech.say("caption.of", { n: index, all: captions.length })}`}
				</span>
				{!isOver && (
					<button type="button" onClick={() => void go(isStill ? undefined : 0)}>
						<Icon name={isStill ? "play" : "pause"} /> {speech.say(isStill ? "goOn" : "lapse.end")}
					</button>
				)}
				{isOver && (
					<button type="button" onClick={() => void startScenario(name)}>
						<Icon name="play" /> {speech.say("replay")}
					</button>
				)}
			</p>
		</div>
	);
}
