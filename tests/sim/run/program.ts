/** Program: runs the simulator as a person does, and hands back what it said and how it ended. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundleOf } from "../../support/program.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export interface Ended {
	readonly code: number | null;
	readonly output: string;
}

export async function simulate(...options: string[]): Promise<Ended> {
	const program = await bundleOf("sim/main.ts");
	const child = spawn(process.execPath, ["--enable-source-maps", program, ...options], {
		cwd: root,
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	child.stdout.on("data", (text) => (output += text));
	child.stderr.on("data", (text) => (output += text));
	return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
}
