/** Jump: the end of the jump that is under way, and the time that it takes still. */
import { useModel, useSpeech } from "../state/street.js";

interface Jump {
	/** Clock time of its end. */
	readonly time: string;
	/** Of the visitor's time, in words. */
	readonly left: string;
}

/** Undefined without a jump. */
export function useJump(): Jump | undefined {
	const speech = useSpeech();
	const text = useModel(({ update }) => {
		if (!update || update.goal === null) return "";
		const { goal, utc, reached } = update;
		return `${goal} ${reached > 0 ? Math.ceil((goal - utc) / 1000 / reached) : ""}`;
	});
	if (text === "") return undefined;
	const [goal, left] = text.split(" ");
	return {
		time: speech.time(Number(goal)),
		left: left ? speech.span(Number(left) * 1000) : speech.say("jump.soon"),
	};
}
