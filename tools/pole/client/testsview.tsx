/**
 * Tests view: the lamp's own tests, and the question whether it was seen to shine.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { verdictText } from "../../laptop/provision/commission.js";
import { text } from "../../laptop/text/texts.js";
import type { Desk } from "./desk.js";
import { say } from "./words.js";

const PARTS = ["lamp", "pir", "light", "broker", "all"] as const;
/** ms: each test ends within 90 s (docs/console.md). */
const WITHIN = 95_000;

export function TestsView({ desk }: { readonly desk: Desk }): JSX.Element {
	const { language, lamp, isOpen, run } = desk;
	const [lines, setLines] = useState<readonly string[]>([]);
	const [isAsking, setAsking] = useState(false);
	const begin = (part: string) =>
		run(async () => {
			setLines([]);
			setAsking(false);
			await lamp!.talk.follow(`test ${part}`, WITHIN, (line) => {
				const { test, verdict, why } = JSON.parse(line) as Readonly<Record<string, string>>;
				const row = text("because", test!, verdictText(verdict!, why))[language];
				setLines((before) => [...before, row]);
				if (test === "lamp" && verdict === "unknown") setAsking(true);
			});
		});
	const answer = (word: "yes" | "no") => {
		setAsking(false);
		setLines((before) => [...before, `${say(language, "seen")} ${say(language, word)}`]);
	};
	return (
		<section aria-label={say(language, "tests")}>
			<h2>{say(language, "tests")}</h2>
			<p class="how">{say(language, "walk")}</p>
			<div class="row">
				{PARTS.map((part) => (
					<button key={part} type="button" disabled={!lamp || !isOpen} onClick={() => begin(part)}>
						{part}
					</button>
				))}
			</div>
			{lines.length > 0 && <pre id="verdicts">{lines.join("\n")}</pre>}
			{isAsking && <Question text={say(language, "seen")} language={language} onAnswer={answer} />}
		</section>
	);
}

interface QuestionProps {
	readonly text: string;
	readonly language: Desk["language"];
	readonly onAnswer: (word: "yes" | "no") => void;
}

/** A question with two buttons. */
export function Question({ text, language, onAnswer }: QuestionProps): JSX.Element {
	return (
		<fieldset class="row" aria-label={text}>
			<strong>{text}</strong>
			{(["yes", "no"] as const).map((word) => (
				<button key={word} type="button" onClick={() => onAnswer(word)}>
					{say(language, word)}
				</button>
			))}
		</fieldset>
	);
}
