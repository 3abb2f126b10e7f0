/** Traced: a run to its end, for its trace: equal in Node and in every browser. */
import { optionsOf } from "../options/options.js";
import type { Values } from "../options/values.js";
import { runOf } from "../run/made.js";
import { prepare } from "../run/scenario.js";
import { type Kit, sourcesOf } from "./kit.js";
import { stageOf } from "./stage.js";

/** The trace as text. Rejects with a sentence if the run cannot begin. */
export async function traceOf(kit: Kit, values: Values): Promise<string> {
	const options = optionsOf({ ...values, headless: true }, sourcesOf(kit));
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const stage = await stageOf(kit, options, scenario);
	const pieces: string[] = [];
	const { run } = runOf(stage, kit.shelf, (text) => pieces.push(text));
	const why = await run.go();
	await stage.network.close();
	if (why !== undefined) throw new Error(why);
	return pieces.join("");
}
