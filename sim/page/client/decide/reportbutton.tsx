/** Report button: opens the report of a decision, which simulates nights first, once at a time. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../parts/icons.js";
import { useSpeech } from "../state/street.js";
import type { Inputs } from "./inputs.js";
import { decisionPath } from "./reportlink.js";

/** Meanwhile a second click would be refused, ms. */
const MADE_IN = 30_000;

export function ReportButton({ inputs }: { readonly inputs: Inputs }): JSX.Element {
	const speech = useSpeech();
	const [isAsked, setAsked] = useState(false);
	return (
		<div class="report">
			<a
				class="button main"
				href={decisionPath(inputs, speech.language)}
				target="_blank"
				rel="noopener"
				aria-describedby="report-wait"
				onClick={(event) => {
					if (isAsked) event.preventDefault();
					else setTimeout(() => setAsked(false), MADE_IN);
					setAsked(true);
				}}
			>
				<Icon name="print" /> {speech.say("decide.report")}
			</a>
			<p class="how" id="report-wait" role="status">
				{speech.say(isAsked ? "decide.reportMade" : "decide.reportWait")}
			</p>
		</div>
	);
}
