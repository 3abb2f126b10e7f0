/** Broken: the faults that stand, since when, how soon they were found, and their end. */
import type { JSX } from "preact";
import type { StandingFault } from "../../messages.js";
import { ask } from "../state/requests.js";
import { useModel, useSpeech } from "../state/street.js";
import type { Speech } from "../words.js";

export function Broken(): JSX.Element {
	const speech = useSpeech();
	const faults = useModel((all) => all.faults);
	const epoch = useModel(({ welcome }) => welcome?.epochUtc ?? 0);
	return (
		<section class="broken" aria-label={speech.say("broken")}>
			<h2>{speech.say("broken")}</h2>
			{faults.length === 0 && <p class="hint">{speech.say("broken.none")}</p>}
			<ul>
				{faults.map((fault) => {
					const name = speech.known(`fault.${fault.name}`) ?? fault.name;
					const where =
						fault.lamp === null
							? speech.say("broken.all")
							: speech.say("broken.at", { lamp: fault.lamp });
					return (
						<li key={fault.id}>
							<span class="what">
								<b>{name}</b>, {where}
							</span>
							<span class="since">
								{speech.say("broken.since", { time: speech.time(epoch + fault.since) })} ·{" "}
								<span class={fault.found === null ? "" : "found"}>{sayFound(fault, speech)}</span>
							</span>
							<button
								type="button"
								aria-label={speech.say("broken.endOf", { fault: name, where })}
								onClick={() => void ask("/fault/end", { id: fault.id })}
							>
								{speech.say("broken.end")}
							</button>
						</li>
					);
				})}
			</ul>
		</section>
	);
}

function sayFound({ found, since, reportable }: StandingFault, speech: Speech): string {
	if (found !== null) return speech.say("broken.found", { delay: speech.span(found - since) });
	return speech.say(reportable ? "broken.notYet" : "broken.never");
}
