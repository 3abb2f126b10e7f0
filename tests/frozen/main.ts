/**
 * Main: compares this tree with what is recorded, and with a reason records it anew.
 *
 * `npm run frozen` says what differs; `npm run frozen -- --because TEXT` writes it, and the reason.
 */
import {
	appendFileSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { refuse, wordsOf } from "../../lib/words.js";
import { CASES } from "./cases.js";
import { liveNames } from "./names.js";
import {
	caseOf,
	comparable,
	FOLDER,
	fileOf,
	files,
	outcomeOf,
	recorded,
	stateOf,
} from "./record.js";
import { liveStreet } from "./street.js";

const COMMAND = "npm run frozen";
const CHANGES = "tests/frozen/changes.md";
/** A sentence, not a word. */
const REASON_LEAST = 20;

const { values } = wordsOf({
	command: COMMAND,
	options: { because: { type: "string" }, afresh: { type: "boolean" } },
	help: `usage: npm run frozen [-- --because TEXT [--afresh]]

Compares stores, flash, wire and names of this tree with tests/frozen; ends with 1 where they differ.
--because TEXT  records anew what differs, and the reason in ${CHANGES}; a state that lamps may
                hold, and that this tree would not write, stays beside the new one as NAME~1.json
--afresh        drops such older states: no lamp holds them`,
});
const { because, afresh } = values;
if (because !== undefined && because.length < REASON_LEAST)
	refuse(
		COMMAND,
		`--because ${JSON.stringify(because)}: a sentence, as "telemetry has a field more"`,
	);
if (afresh && because === undefined) refuse(COMMAND, "--afresh: with --because alone");

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

/** The first name that is free for a state of before. */
function keepOlder(name: string): void {
	const nth = files().filter((file) => caseOf(file) === name).length;
	if (because !== undefined) renameSync(fileOf(name), fileOf(`${name}~${nth}`));
}

if (because !== undefined) mkdirSync(FOLDER, { recursive: true });
if (afresh) for (const file of files()) if (!(file in CASES)) rmSync(fileOf(file));
for (const name of Object.keys(CASES)) {
	const before = recorded(name);
	const state = stateOf(name);
	const isSame = before && isDeepStrictEqual(comparable(before.state), comparable(state));
	if (!before || afresh) {
		const now = { state, outcome: outcomeOf(name, state) };
		if (!isDeepStrictEqual(before, now)) put(fileOf(name), now);
	} else if (!isSame) {
		keepOlder(name);
		put(fileOf(name), { state, outcome: outcomeOf(name, state) });
	}
}
for (const file of files()) {
	const { state, outcome } = recorded(file)!;
	const now = outcomeOf(caseOf(file), state);
	if (!isDeepStrictEqual(outcome, now)) put(fileOf(file), { state, outcome: now });
}
for (const [path, now] of [
	["tests/frozen/names.json", liveNames()],
	["tests/frozen/street.json", await liveStreet()],
] as const)
	if (!isDeepStrictEqual(read(path), now)) put(path, now);

const list = [...new Set(changed)].join(", ");
if (list === "") process.stdout.write("all is as recorded\n");
else if (because === undefined) {
	process.stdout.write(`differs: ${list}\n(--because TEXT records it anew)\n`);
	process.exitCode = 1;
} else {
	appendFileSync(CHANGES, `- ${because} (${list})\n`);
	process.stdout.write(`recorded: ${list}\n`);
}
