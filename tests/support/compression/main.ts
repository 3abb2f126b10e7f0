/** Main: steps of the compression on each input of a list, as JSON; a program of its own. */
import { text } from "node:stream/consumers";
import { asConstants } from "../../../tools/compression/constants.js";
import { globalsOf } from "../../../tools/compression/globals.js";
import { freeNames } from "../../../tools/compression/holes.js";
import { joined } from "../../../tools/compression/join.js";
import { keyNames } from "../../../tools/compression/keynames.js";
import { oneModule } from "../../../tools/compression/onemodule.js";
import { treeOf } from "../../../tools/compression/syntax.js";

/** What a test may have done, by name. */
const STEPS = {
	oneModule,
	joined,
	constants: (code: string) => asConstants(treeOf(code), new Map()),
	keyNames: (code: string) => asConstants(treeOf(code), keyNames(treeOf(code), globalsOf())),
	freeNames: (code: string) => freeNames(treeOf(code), globalsOf()),
} as const;
export type Steps = typeof STEPS;

async function result(step: keyof Steps, input: unknown): Promise<object> {
	try {
		return { made: await (STEPS[step] as (input: unknown) => unknown)(input) };
	} catch (error) {
		return { message: (error as Error).message };
	}
}

const all = JSON.parse(await text(process.stdin)) as readonly [keyof Steps, unknown][];
process.stdout.write(JSON.stringify(await Promise.all(all.map((each) => result(...each)))));
