/** Questions: one click on a question brings its answer into view. */
import type { JSX } from "preact";
import { useSpeech } from "../state/street.js";
import type { WordOf } from "../words.js";

/** In the order of the page. */
const QUESTIONS: readonly WordOf<"q">[] = [
	"pay",
	"fit",
	"off",
	"people",
	"fails",
	"residents",
	"dark",
	"sure",
	"glare",
	"animals",
	"wish",
	"buy",
];

function see(name: string): void {
	const heading = document.getElementById(`q-${name}`);
	heading?.scrollIntoView({ block: "start" });
	heading?.focus({ preventScroll: true });
}

export function Questions(): JSX.Element {
	const speech = useSpeech();
	return (
		<nav class="questions" aria-label={speech.say("go.title")}>
			{QUESTIONS.map((name, index) => (
				<button type="button" class="small" key={name} onClick={() => see(name)}>
					{index + 1}. {speech.say(`go.${name as WordOf<"go">}`)}
				</button>
			))}
		</nav>
	);
}
