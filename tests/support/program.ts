/** Program: runs a program of ours as tools/run.mjs does, bundled once for all runs of a test file. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { bundle } from "../../lib/bundle.mjs";
import { PATIENCE } from "./until.js";

const bundles = new Map<string, Promise<string>>();

/** The bundle of `entry`; tools/run.mjs makes one, too, and does no more. */
export function bundleOf(entry: string): Promise<string> {
	const made = bundles.get(entry) ?? bundle(entry);
	bundles.set(entry, made);
	return made;
}

/** `words`: the program, then its own. */
export async function runProgram(
	[entry, ...args]: readonly string[],
	env: NodeJS.ProcessEnv = process.env,
): Promise<SpawnSyncReturns<string>> {
	const line = ["--enable-source-maps", await bundleOf(entry!), ...args];
	return spawnSync(process.execPath, line, {
		encoding: "utf8",
		input: "",
		env,
		timeout: PATIENCE,
		maxBuffer: 1 << 26,
	});
}
