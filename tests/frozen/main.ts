/**
 * Main: compares this tree with what is recorded, and with a reason records it anew.
 *
 * `npm run renew -- frozen` says what differs; `npm run renew -- frozen --because TEXT` writes it, and the reason.
 */
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { refuse, wordsOf } from "../../lib/words.js";
import { noteInputs } from "../../tools/renew/inputs.js";
import { CASES } from "./cases.js";
import { liveNames } from "./names.js";
import { FOLDER, fileOf, files, outcomeOf, stateOf } from "./record.js";
import { liveStreet } from "./street.js";

const COMMAND = "npm run renew -- frozen";
const CHANGES = "tests/frozen/changes.md";
/** A sentence, not a word. */
const REASON_LEAST = 20;

const { values } = wordsOf({
	command: COMMAND,
	options: { because: { type: "string" } },
	help: `usage: npm run renew -- frozen [--because TEXT]

Compares stores, flash, wire and names of this tree with tests/frozen; ends with 1 where they differ.
--because TEXT  records anew what differs, and the reason in ${CHANGES}`,
});
const { because } = values;
if (because !== undefined && because.length < REASON_LEAST)
	refuse(
		COMMAND,
		`--because ${JSON.stringify(because)}: a sentence, as "telemetry has a field more"`,
	);

const changed: string[] = [];
const textOf = (value: unknown) => `${JSON.stringify(value, null, "\t")}\n`;

function put(path: string, value: unknown): void {
	changed.push(path.replace("tests/frozen/", ""));
	if (because !== undefined) writeFileSync(path, textOf(value));
}

function read(path: string): unknown {
	try {
		return JSON.parse(readFileSync(path, "utf8"));
	} catch {
		return undefined;
	}
}

if (because !== undefined) mkdirSync(FOLDER, { recursive: true });
for (const file of files()) if (because !== undefined && !(file in CASES)) rmSync(fileOf(file));
for (const name of Object.keys(CASES)) {
	const state = stateOf(name);
	const now = { state, outcome: outcomeOf(name, state) };
	if (!isDeepStrictEqual(read(fileOf(name)), now)) put(fileOf(name), now);
}
for (const [path, now] of [
	["tests/frozen/names.json", liveNames()],
	["tests/frozen/street.json", await liveStreet()],
] as const)
	if (!isDeepStrictEqual(read(path), now)) put(path, now);

const list = [...new Set(changed)].join(", ");
if (list !== "" && because === undefined) {
	process.stdout.write(`differs: ${list}\n`);
	process.stdout.write(`If that is meant: ${COMMAND} --because "WHAT CHANGED AND WHY"\n`);
	process.exitCode = 1;
} else {
	if (list !== "") appendFileSync(CHANGES, `- ${because} (${list})\n`);
	noteInputs("frozen");
	process.stdout.write(list === "" ? "all is as recorded\n" : `recorded: ${list}\n`);
}
