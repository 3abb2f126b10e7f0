/**
 * Headless: builds the lamp as a program of the desktop with the Moddable SDK, and runs it.
 *
 * `npm run headless -- --script < SCRIPT` lives a script; `-- --prove [SEED]` lives one night there and
 * in the simulator, and says whether the light was the same to the byte.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { nightScript, textOf } from "./nightscript.js";
import { runTool, sdkEnvironment } from "./sdk.js";
import { virtualTrace } from "./virtualnight.js";

const out = join(process.cwd(), "out");
const program = join(out, "bin/lin/release/luminode");
const words = process.argv.slice(2);

const env = sdkEnvironment("npm run headless");
mkdirSync(out, { recursive: true });
runTool("mcconfig", ["-m", "-p", "x-cli-lin", "-o", out], env);
process.exit(words[0] === "--prove" ? await prove(Number(words[1] ?? 7)) : run());

function run(): number {
	return spawnSync(program, words, { stdio: "inherit" }).status ?? 1;
}

async function prove(seed: number): Promise<number> {
	const script = nightScript(seed);
	const { stdout, status } = spawnSync(program, ["--script"], {
		input: textOf(script),
		encoding: "utf8",
	});
	const theirs = stdout.trimEnd().split("\n");
	const ours = await virtualTrace(script);
	const differs = ours.findIndex((line, index) => line !== theirs[index]);
	const same = status === 0 && differs < 0 && ours.length === theirs.length;
	const what = same
		? "the same"
		: `differ at line ${differs < 0 ? ours.length : differs}: ${ours[differs]} / ${theirs[differs]}`;
	process.stdout.write(
		`night ${seed}: ${script.lines.length} inputs, ${ours.length} changes of the PWM, headless and virtual: ${what}\n`,
	);
	return same ? 0 : 1;
}
