/** Break: faults for a developer: begin them, end them, and see how soon the lamps report them. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { StreetPicture } from "../parts/streetpicture.js";
import { ask } from "../state/requests.js";
import { useModel, useSpeech } from "../state/street.js";
import { Broken } from "./broken.js";
import { EventList } from "./eventlist.js";
import { type Putting, Tools } from "./tools.js";

interface BreakProps {
	readonly chosen: number | undefined;
	readonly onChoose: (lamp: number | undefined) => void;
	readonly onJump: (lamp: number | undefined, utc: number) => void;
}

export function Break({ chosen, onChoose, onJump }: BreakProps): JSX.Element {
	const speech = useSpeech();
	const [putting, setPutting] = useState<Putting>();
	const log = useModel((all) => all.log);
	const put = (x_m: number) => {
		if (putting) void ask("/person", { ...putting, x_m });
	};
	return (
		<main id="content" class="break">
			<StreetPicture chosen={chosen} onChoose={onChoose} onRoad={putting && put} />
			<p class="note">{speech.say("note")}</p>
			<div class="columns">
				<div>
					<Broken />
					<Tools chosen={chosen} putting={putting} onPutting={setPutting} />
				</div>
				<section aria-label={speech.say("events")}>
					<h2>{speech.say("events")}</h2>
					<EventList entries={log} most={200} onJump={onJump} filter />
				</section>
			</div>
		</main>
	);
}
