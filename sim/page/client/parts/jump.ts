/** Jump: the end of the jump that is under way, and the time that it takes still. */
import { useRef } from "preact/hooks";
import { JumpPace } from "../state/jumppace.js";
import { useModel, useSpeech } from "../state/street.js";

interface Jump {
	/** Clock time of its end. */
	readonly time: string;
	/** Of the visitor's time, in words; undefined until the pace is known. */
	readonly left: string | undefined;
}

/** Undefined without a jump. */
export function useJump(): Jump | undefined {
	const speech = useSpeech();
	const pace = useRef(new JumpPace());
	const text = useModel(({ update }) => {
		if (!update || update.goal === null) return "";
		return `${update.goal} ${pace.current.leftOf(update.goal, update.utc, performance.now()) ?? ""}`;
	});
	if (text === "") return undefined;
	const [goal, left] = text.split(" ");
	return {
		time: speech.time(Number(goal)),
		left: left ? speech.span(Number(left) * 1000) : undefined,
	};
}
