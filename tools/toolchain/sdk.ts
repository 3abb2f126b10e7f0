/**
 * Sdk: an installed Moddable SDK, called through MODDABLE; it is never part of the project.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";

/** EX_USAGE would mean wrong arguments: here the machine lacks a program. */
const MISSING = 2;

/** The environment of the SDK's tools; ends the program in one line without an SDK. */
export function sdkEnvironment(command: string): NodeJS.ProcessEnv {
	const { MODDABLE, PATH = "" } = process.env;
	const tools = MODDABLE && join(MODDABLE, "build/bin/lin/release");
	if (!tools || !existsSync(join(tools, "mcconfig"))) {
		const what = MODDABLE ? `${MODDABLE} has no mcconfig` : "MODDABLE is not set";
		process.stderr.write(`${command}: ${what}: install the Moddable SDK 8.2 (docs/flash.md)\n`);
		process.exit(MISSING);
	}
	// the SDK's makefiles would start a compiler for every module at once
	const MAKEFLAGS_JOBS = process.env.MAKEFLAGS_JOBS ?? `--jobs=${availableParallelism()}`;
	return {
		...process.env,
		MAKEFLAGS_JOBS,
		PATH: [tools, PATH, join(process.cwd(), "node_modules/.bin")].join(":"),
	};
}

/** Runs one of the SDK's tools and returns its output; a failure ends the program. */
export function runTool(tool: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
	const { status, stdout, stderr } = spawnSync(tool, args, { env, encoding: "utf8" });
	const output = `${stdout}${stderr}`;
	if (status === 0) return output;
	process.stderr.write(output);
	process.stderr.write(`${tool} ${args.join(" ")}: exit ${status}\n`);
	process.exit(status ?? 1);
}
