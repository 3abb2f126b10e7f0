/**
 * Commission view: commissions a pole by the same program as the laptop's (laptop/provision/commission.ts), and
 * chooses the next pole as its cart does (laptop/site/cart.ts).
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Plan } from "../../../lib/site/sitetable.js";
import { joined, type Text } from "../../../lib/text/bilingual.js";
import { commission, knownOf, type Outcome } from "../../laptop/provision/commission.js";
import { nextPole, type Records, summaryOf } from "../../laptop/site/cart.js";
import { labelFile, labelOf } from "../../laptop/site/label.js";
import { protocolLine, recordedIn, TITLE_LINE } from "../../laptop/site/protocolline.js";
import type { Desk } from "./desk.js";
import { save } from "./files.js";
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

interface Label {
	readonly name: string;
	readonly svg: string;
}

export function CommissionView({ desk, plan }: Props): JSX.Element {
	const { language, lamp, site, vault, protocol, run, change } = desk;
	const [lines, setLines] = useState<readonly string[]>([]);
	const [asked, setAsked] = useState<Asked>();
	const [label, setLabel] = useState<Label>();
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
	const records = (): Records => ({
		site: site!,
		protocol: recordedIn(say(language, "protocol"), protocol),
		vault: vault?.read(),
	});
	const next = () =>
		run(async () => {
			if (!lamp || !site || !vault) return;
			await vault.refresh();
			await lamp.talk.greet();
			const chosen = nextPole(await knownOf(lamp.talk), records());
			setLines([]);
			setLabel(undefined);
			change({ pole: chosen.pole, isOpen: lamp.talk.state === "open" });
		});
	const begin = () =>
		run(async () => {
			if (!lamp || !vault || !plan) return;
			const put = (line: string) => setLines((before) => [...before, line]);
			setLines([]);
			setLabel(undefined);
			await vault.refresh();
			const { protocol: protocolled } = records();
			await lamp.talk.greet();
			const outcome = await commission(lamp.talk, {
				plan,
				vault,
				tests: ["all"],
				certify: undefined,
				keepExport: undefined,
				replaces: undefined,
				protocolled,
				now: () => new Date(),
				goesOn: (doubts: readonly Text[]) =>
					ask(`${joined(doubts, "; ")[language]}. ${say(language, "doubt")}`),
				wasSeen: () => ask(say(language, "seen")),
				say: (line: Text) => put(line[language]),
			});
			const row = protocolLine(plan, outcome, new Date(), language);
			change({ protocol: `${protocol || TITLE_LINE}${row}`, isUnsaved: true });
			put(
				outcome.why === undefined
					? say(language, "pass", plan.pole)
					: say(language, "fail", plan.pole, outcome.why[language]),
			);
			if (outcome.why === undefined) setLabel(labelFor(plan, outcome, language));
			await lamp.talk.greet();
			change({ isOpen: lamp.talk.state === "open" });
		});
	const isReady = lamp !== undefined && vault !== undefined && plan !== undefined;
	return (
		<section aria-label={say(language, "commission")}>
			<h2>{say(language, "commission")}</h2>
			{!isReady && <p class="how">{say(language, "needs")}</p>}
			<div class="row">
				<button type="button" disabled={!isReady} onClick={begin}>
					{say(language, "begin")} {plan?.pole}
				</button>
				<button type="button" disabled={!isReady} onClick={next}>
					{say(language, "nextPole")}
				</button>
				{label && (
					<button type="button" onClick={() => save(label.name, label.svg)}>
						{say(language, "saveLabel")}
					</button>
				)}
			</div>
			{asked && (
				<Question
					text={asked.text}
					language={language}
					onAnswer={(word) => asked.answer(word === "yes")}
				/>
			)}
			{lines.length > 0 && <pre id="commissioned">{lines.join("\n")}</pre>}
			{site && <Summary language={language} records={records} />}
		</section>
	);
}

function labelFor(plan: Plan, { identity }: Outcome, language: Desk["language"]): Label {
	const { pole, values } = plan;
	const [node = "", site = ""] = [values.get("node"), values.get("site")];
	const svg = labelOf({ serial: identity?.serial ?? "", pole, node, site }, language);
	return { name: labelFile(pole), svg };
}

interface SummaryProps {
	readonly language: Desk["language"];
	readonly records: () => Records;
}

/** Done and missing poles, folded. */
function Summary({ language, records }: SummaryProps): JSX.Element {
	const [head, ...rows] = summaryOf(records()).lines;
	return (
		<details id="summary">
			<summary>{head?.[language]}</summary>
			<ul>
				{rows.map((row) => (
					<li key={row.en}>{row[language]}</li>
				))}
			</ul>
		</details>
	);
}
