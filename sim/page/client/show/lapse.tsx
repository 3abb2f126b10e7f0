/** Lapse: over the picture, the end of a jump and the time left, so that it can be watched or ended. */
import type { JSX } from "preact";
import { Icon } from "../parts/icons.js";
import { useJump } from "../parts/jump.js";
import { go } from "../state/run.js";
import { model, useSpeech } from "../state/street.js";

export function Lapse(): JSX.Element | null {
	const speech = useSpeech();
	const jump = useJump();
	if (!jump) return null;
	return (
		<p class="lapse">
			<span>
				{jump.left === undefined
					? speech.say("lapse", { time: jump.time })
					: speech.say("lapse.left", { ...jump, left: jump.left })}
			</span>
			<button type="button" class="small" onClick={() => void go(model.update?.speed || 10)}>
				<Icon name="pause" /> {speech.say("lapse.end")}
			</button>
		</p>
	);
}
