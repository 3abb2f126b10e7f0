/**
 * Headless: builds the lamp as a program of the desktop with the Moddable SDK, and runs it.
 *
 * `npm run host -- headless --script < SCRIPT` runs a script; `--prove [SEED ...]` runs nights there and
 * in the simulator, and prints whether the light was the same to the byte; `--broker
 * [MINUTES]` runs ten real minutes at a mosquitto over TLS, step by step, and also presents rogue
 * servers to the lamp (tests/slow/desktop); `--live` is driven by lines.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { refuse, wordsOf } from "../../lib/words.js";
import { nightScript, textOf } from "../night/script.js";
import { virtualTrace } from "../night/virtual.js";
import { buildProgram } from "../toolchain/desktop.js";
import { sdkEnvironment } from "../toolchain/sdk.js";

const COMMAND = "npm run host -- headless";
const HELP = `usage: npm run host -- headless --script < SCRIPT | --prove [SEED ...] | --broker [MINUTES] | --live

Builds the lamp as a desktop program in XS 17, of the joined module that an image contains, and runs it. Needs MODDABLE and libmbedtls-dev.

  --script   runs a script of inputs, and prints each change of the PWM
  --prove    runs nights there and in the simulator, and compares the light (SEED: 7); the last digit
             of a seed selects the settings, so --prove 0 1 2 3 4 5 6 7 8 9 has ten different lamps
  --broker   runs real minutes at a mosquitto over TLS (MINUTES: 10), then at rogue servers
  --live     runs on the clock and network of the desktop, with inputs as lines of text`;
const FLAG = { type: "boolean" } as const;
const options = { script: FLAG, prove: FLAG, broker: FLAG, live: FLAG };

const program = join(process.cwd(), "out/bin/lin/release/luminode");
const { values, positionals } = wordsOf({ command: COMMAND, help: HELP, options, most: 100 });
const [given, second] = positionals;
const { script, prove: proves, broker, live } = values;
if ([script, proves, broker, live].filter(Boolean).length !== 1)
	refuse(COMMAND, "needs one of --script, --prove, --broker, --live (--help)");
if (given !== undefined && !(proves || broker)) refuse(COMMAND, `${given}: one word too many`);
if (second !== undefined && broker) refuse(COMMAND, `${second}: one word too many`);
const seeds = proves ? positionals.map(seedOf) : [];
if (broker && given !== undefined && !(Number(given) > 0))
	refuse(COMMAND, `${given}: no number of minutes, as in: ${COMMAND} --broker 10`);

const env = sdkEnvironment(COMMAND);
// the SDK's makefile for programs takes no libraries from a manifest
const LINK = ["-fPIC", "-Wl,--no-as-needed", "-lmbedtls", "-lmbedx509", "-lmbedcrypto"];
env.MAKEFLAGS = `${env.MAKEFLAGS ?? ""} LINK_FLAGS=${LINK.join("\\ ")}`;
await buildProgram("x-cli-lin", env);
if (proves) {
	let isSame = true;
	for (const seed of seeds.length > 0 ? seeds : [7]) isSame = (await prove(seed)) && isSame;
	process.exit(isSame ? 0 : 1);
}
process.exit(broker ? atBroker(given ?? "10") : run());

function run(): number {
	return spawnSync(program, [live ? "--live" : "--script"], { stdio: "inherit" }).status ?? 1;
}

function atBroker(minutes: string): number {
	const config = ["--config", "tests/slow/desktop/jest.config.mjs"];
	const jest = ["--experimental-vm-modules", "--no-warnings", "node_modules/jest/bin/jest.js"];
	const more = { LUMINODE_HEADLESS: program, LUMINODE_MINUTES: minutes };
	const how = { stdio: "inherit", env: { ...process.env, ...more } } as const;
	return spawnSync(process.execPath, [...jest, ...config, "--verbose"], how).status ?? 1;
}

function seedOf(word: string): number {
	return /^\d{1,9}$/.test(word)
		? Number(word)
		: refuse(COMMAND, `${word}: no seed; a seed is a whole number, as in: ${COMMAND} --prove 8`);
}

async function prove(seed: number): Promise<boolean> {
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
	return same;
}
