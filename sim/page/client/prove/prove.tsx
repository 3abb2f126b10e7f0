/** Prove: the night for an engineer: timeline, one lamp in every detail, and two options compared. */
import type { JSX } from "preact";
import { useModel } from "../state/street.js";
import { Compare } from "./compare.js";
import { Inspector } from "./inspector.js";
import { Recorded } from "./recorded.js";
import { Timeline } from "./timeline.js";

interface ProveProps {
	readonly chosen: number | undefined;
	/** UTC, ms. */
	readonly instant: number | undefined;
	readonly onChoose: (lamp: number | undefined, utc: number | undefined) => void;
}

export function Prove({ chosen, instant, onChoose }: ProveProps): JSX.Element {
	const isRecorded = useModel(({ welcome }) => welcome?.isRecorded === true);
	return (
		<main id="content" class="prove">
			{isRecorded && <Recorded />}
			<Timeline
				chosen={chosen}
				instant={instant}
				onChoose={(lamp, utc) => onChoose(lamp ?? chosen, utc)}
			/>
			<Inspector lamp={chosen} time={instant} />
			<Compare />
		</main>
	);
}
