/** Steps: the compression for tests, in a process of its own, because the compilers take long to load. */
import { spawnSync } from "node:child_process";
import type { Sources } from "../../../lib/joinjob.js";
import { bundleOf } from "../program.js";
import type { Steps } from "./main.js";

type Input<Step extends keyof Steps> = Parameters<Steps[Step]>[0];
/** What a step made of an input, or the error's message. */
export interface Result<Step extends keyof Steps> {
	readonly made?: Awaited<ReturnType<Steps[Step]>>;
	readonly message?: string;
}

/** One step on each input. */
export async function steps<Step extends keyof Steps>(
	step: Step,
	inputs: readonly Input<Step>[],
): Promise<Result<Step>[]> {
	const input = JSON.stringify(inputs.map((each) => [step, each]));
	const program = await bundleOf("tests/support/compression/main.ts");
	const options = { input, encoding: "utf8", maxBuffer: 1 << 26 } as const;
	const { stdout, stderr } = spawnSync(process.execPath, [program], options);
	if (stdout === "") throw new Error(stderr);
	return JSON.parse(stdout);
}

/** Texts by the names of their modules, as sources in a folder. */
export const sourcesOf = (modules: Readonly<Record<string, string>>): Sources =>
	Object.fromEntries(
		Object.entries(modules).map(([name, source]) => [name, { file: `/tree/${name}.ts`, source }]),
	);

/** The results of `run` of a text for each word; an exception by its name. */
export async function results(code: string, inputs: readonly unknown[]): Promise<unknown[]> {
	const { run } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
	return inputs.map((word) => {
		try {
			return run(word);
		} catch (error) {
			return (error as Error).name;
		}
	});
}
