/** Program: runs the simulator as a person does, and hands back what it said and how it ended. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Ended {
	readonly code: number | null;
	readonly output: string;
}

export function simulate(...options: string[]): Promise<Ended> {
	const child = spawn(process.execPath, ["tools/run.mjs", "sim/main.ts", ...options], {
		cwd: root,
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	child.stdout.on("data", (text) => (output += text));
	child.stderr.on("data", (text) => (output += text));
	return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}
