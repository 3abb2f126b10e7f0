/** Program: runs the simulator as a person does, and hands back what it said and how it ended. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundle } from "../../../tools/toolchain/bundle.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Ended {
	readonly code: number | null;
	readonly output: string;
}

/** Bundled once for all runs of a test file; tools/run.mjs does no more. */
let program: Promise<string> | undefined;

export async function simulate(...options: string[]): Promise<Ended> {
	program ??= bundle("sim/main.ts");
	const child = spawn(process.execPath, ["--enable-source-maps", await program, ...options], {
		cwd: root,
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	child.stdout.on("data", (text) => (output += text));
	child.stderr.on("data", (text) => (output += text));
	return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}
