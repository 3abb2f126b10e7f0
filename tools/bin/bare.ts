/**
 * Bare: the firmware on a bare 32-bit machine, rv32imc with 320 KB of RAM, in Debian's emulator.
 *
 * `npm run host -- bare` builds it, lives a night there and in the simulator, compares the light byte for
 * byte and prints what the night cost in instructions.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { missing, missingText, versions } from "../../hosts/bare/programs.js";
import { refuse, wordsOf } from "../../lib/words.js";
import { bareNight, flashedFirmware, rowsOfNight } from "../night/bare.js";
import { differences, withBareTable } from "../night/baretable.js";
import { nightScript } from "../night/script.js";
import { virtualNight } from "../night/virtual.js";

const COMMAND = "npm run host -- bare";
const PAGE = "docs/measured.md";
/** The night of the table. */
const SEED = 7;
const HELP = `usage: npm run host -- bare [SEED] [--write]

Builds the firmware for a bare 32-bit machine (rv32imc, 320 KB of RAM, read-only root in flash) and
runs one night there and in the simulator. Prints whether light and figures of the engine are the
same, and the instructions of boots, turns and collections.

  SEED      number of the night (${SEED})
  --write   writes the figures of night ${SEED} into ${PAGE}

Needs Debian's compiler, C library and emulator for RISC-V; missing ones are named.`;

const { values, positionals } = wordsOf({
	command: COMMAND,
	help: HELP,
	most: 1,
	options: { write: { type: "boolean" } },
});
const seed = Number(positionals[0] ?? SEED);
if (!Number.isSafeInteger(seed) || seed < 0)
	refuse(COMMAND, `${positionals[0]}: no seed; a seed is a whole number, as in: ${COMMAND} -- 8`);
if (values.write && seed !== SEED)
	refuse(COMMAND, `--write is of night ${SEED} alone, as in: ${COMMAND} --write`);

const absent = missing();
if (absent.length > 0) {
	process.stderr.write(`${COMMAND}: ${missingText(absent)}\n`);
	process.exit(1);
}

const print = (line: string) => void process.stdout.write(`${line}\n`);
const script = nightScript(seed);
const flashed = await flashedFirmware(print);
const bare = await bareNight(flashed, script);
const virtual = await virtualNight(script);
const wrong = differences(bare, virtual);
print(
	`night ${seed}: ${script.lines.length} inputs, ${virtual.trace.length} changes of the PWM, bare machine and simulator: ${wrong.length === 0 ? "the same" : wrong.join("; ")}`,
);
const rows = rowsOfNight(bare, flashed);
for (const { name, value, unit } of rows) print(`${name}: ${value} ${unit}`);
print(versions());
if (values.write && wrong.length === 0)
	writeFileSync(PAGE, withBareTable(readFileSync(PAGE, "utf8"), rows));
process.exitCode = wrong.length === 0 ? 0 : 1;
