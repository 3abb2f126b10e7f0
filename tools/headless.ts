/**
 * Headless: builds the lamp as a program of the desktop with the Moddable SDK, and runs it.
 *
 * `npm run headless -- --script < SCRIPT` lives a script; `-- --prove [SEED]` lives one night there and
 * in the simulator, and says whether the light was the same to the byte; `-- --broker [MINUTES]` lives
 * ten real minutes at a mosquitto over TLS, step by step (tests/desktop); `-- --live` is driven by lines.
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
if (words[0] === "--prove") process.exit(await prove(Number(words[1] ?? 7)));
process.exit(words[0] === "--broker" ? atBroker(words[1] ?? "10") : run());

function run(): number {
	return spawnSync(program, words, { stdio: "inherit" }).status ?? 1;
}

function atBroker(minutes: string): number {
	const config = ["--config", "tests/desktop/jest.config.mjs"];
	const jest = ["--experimental-vm-modules", "--no-warnings", "node_modules/jest/bin/jest.js"];
	const more = { LUMINODE_HEADLESS: program, LUMINODE_MINUTES: minutes };
	const how = { stdio: "inherit", env: { ...process.env, ...more } } as const;
	return spawnSync(process.execPath, [...jest, ...config, "--verbose"], how).status ?? 1;
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
