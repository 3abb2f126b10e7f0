/** Trace: a street to its end in Node, for the bytes of its trace. */
import { SOURCES } from "../../../sim/cli/words.js";
import { IMAGE_KEYS, IMAGES } from "../../../sim/explore/images.js";
import { stageOf } from "../../../sim/files/stage.js";
import { optionsOf } from "../../../sim/options/options.js";
import type { Values } from "../../../sim/options/values.js";
import { runOf } from "../../../sim/run/made.js";
import { prepare } from "../../../sim/run/scenario.js";

/** Images that an input can offer, and the lamps' keys. */
export const SHELF = { images: IMAGES, keys: IMAGE_KEYS };

export interface Traced {
	readonly text: string;
	/** Of the run with its machines, ms of wall clock. */
	readonly ms: number;
}

export async function traceInNode(values: Values): Promise<Traced> {
	const options = optionsOf({ ...values, headless: true }, SOURCES);
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const begun = performance.now();
	const stage = await stageOf(options, scenario);
	const pieces: string[] = [];
	const { run } = runOf(stage, SHELF, (piece) => pieces.push(piece));
	const why = await run.go();
	await stage.network.close();
	stage.fleet.dispose();
	if (why !== undefined) throw new Error(why);
	return { text: pieces.join(""), ms: performance.now() - begun };
}

/** The first line in which two traces differ, of each; undefined: they are equal to the byte. */
export function differenceOf(a: string, b: string): readonly [number, string, string] | undefined {
	if (a === b) return undefined;
	const [left, right] = [a.split("\n"), b.split("\n")];
	const n = left.findIndex((line, index) => line !== right[index]);
	return [n + 1, left[n] ?? "", right[n] ?? ""];
}
