/**
 * Commission view: commissions a pole by the same program as the laptop's (laptop/commission.ts).
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { commission } from "../../laptop/commission.js";
import { protocolLine, recordedIn, TITLE_LINE } from "../../laptop/protocolline.js";
import type { Plan } from "../../laptop/sitetable.js";
import { joined, type Text } from "../../laptop/words.js";
import type { Desk } from "./app.js";
import { Question } from "./testsview.js";
import { say } from "./words.js";

interface Props {
	readonly desk: Desk;
	readonly plan: Plan | undefined;
}

interface Asked {
	readonly text: string;
	readonly answer: (isYes: boolean) => void;
}

export function CommissionView({ desk, plan }: Props): JSX.Element {
	const { language, lamp, vault, protocol, run, change } = desk;
	const [lines, setLines] = useState<readonly string[]>([]);
	const [asked, setAsked] = useState<Asked>();
	const ask = (text: string) =>
		new Promise<boolean>((answer) => {
			setAsked({
				text,
				answer: (isYes) => {
					setAsked(undefined);
					answer(isYes);
				},
			});
		});
	const begin = () =>
		run(async () => {
			if (!lamp || !vault || !plan) return;
			const put = (line: string) => setLines((before) => [...before, line]);
			const lines = recordedIn(say(language, "protocol"), protocol);
			setLines([]);
			await lamp.talk.greet();
			const outcome = await commission(lamp.talk, {
				...{ plan, vault, tests: ["all"], certify: undefined, keepExport: undefined },
				...{ replaces: undefined, protocolled: lines },
				now: () => new Date(),
				goesOn: (doubts: readonly Text[]) =>
					ask(`${joined(doubts, "; ")[language]}. ${say(language, "doubt")}`),
				wasSeen: () => ask(say(language, "seen")),
				say: (line: Text) => put(line[language]),
			});
			const row = protocolLine(plan, outcome, new Date(), language);
			change({ protocol: `${protocol || TITLE_LINE}${row}` });
			put(
				outcome.why === undefined
					? say(language, "pass", plan.pole)
					: say(language, "fail", plan.pole, outcome.why[language]),
			);
			await lamp.talk.greet();
			change({ isOpen: lamp.talk.state === "open" });
		});
	const isReady = lamp !== undefined && vault !== undefined && plan !== undefined;
	return (
		<section aria-label={say(language, "commission")}>
			<h2>{say(language, "commission")}</h2>
			{!isReady && <p class="how">{say(language, "needs")}</p>}
			<button type="button" disabled={!isReady} onClick={begin}>
				{say(language, "begin")} {plan?.pole}
			</button>
			<pre id="commissioned">{lines.join("\n")}</pre>
			{asked && (
				<Question
					text={asked.text}
					{...{ language }}
					onAnswer={(word) => asked.answer(word === "yes")}
				/>
			)}
		</section>
	);
}
