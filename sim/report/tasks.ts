/** Tasks: an outcome or a decision, made from plain values. */

import { optionsOf } from "../options/options.js";
import type { Sources } from "../options/sources.js";
import { commandOf } from "../options/values.js";
import type { Outcome } from "../results/optionnight.js";
import type { MakeStage } from "../run/stage.js";
import { outcomeOf } from "./comparedoptions.js";
import type { ReportTask } from "./comparisons.js";
import { decided } from "./decision/decided.js";
import { inputsIn } from "./decision/inputs.js";
import { decisionOf, type Press } from "./report.js";
import { simulate } from "./simulated.js";

/** What tasks are made with. */
export interface Means {
	readonly sources: Sources;
	readonly makeStage: MakeStage;
	readonly press: Press;
	/** Makes the comparisons of a decision, beside its own nights. */
	beside(task: ReportTask): Promise<string>;
}

/** JSON of an outcome, or HTML of a decision. Rejects with a sentence if it cannot begin. */
export async function made(task: ReportTask, means: Means): Promise<string> {
	const { sources, makeStage, press, beside } = means;
	if (task.kind === "outcome") {
		const options = optionsOf({ ...task.values, headless: true }, sources);
		const data = await simulate(options, task.option, "", makeStage);
		if (typeof data === "string") throw new Error(data);
		return JSON.stringify(outcomeOf(task.option, data));
	}
	const { inputs, values } = task;
	const { lang, ...money } = inputs;
	const command = commandOf("npx luminode report --decision", { ...money, ...values });
	const compare = async (option: Outcome["option"], night: typeof values) =>
		JSON.parse(await beside({ kind: "outcome", option, values: night })) as Outcome;
	const data = await decided(values, inputsIn(inputs), command, { sources, makeStage, compare });
	if (typeof data === "string") throw new Error(data);
	return decisionOf(data, lang === "fr" ? "fr" : "en", press);
}
