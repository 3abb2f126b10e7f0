/**
 * Main: `npm run mutate`: a seeded sample of small changes to src/, each put to the tests of its room.
 *
 * Prints each survivor and a row of the table in docs/checks.md; 1 if a mutant survived that is
 * not argued in `argued.ts`.
 */
import { readFileSync } from "node:fs";
import { random } from "../../../lib/random.js";
import { refuse, wordsOf } from "../../../lib/words.js";
import { argumentFor } from "./argued.js";
import type { Numbered } from "./instrument.js";
import { sitesOf } from "./operators.js";
import { type Room, roomNames, roomOf, SECOND } from "./rooms.js";
import { drawn, rowOf } from "./score.js";
import { onComparison } from "./secondlamp.js";
import { onStreets } from "./streets.js";
import { type Judged, tried, WORKER } from "./trial.js";
import { work } from "./worker.js";

/** Explored streets for the second lamp: no test and no search begins with these seeds. */
const FIRST_STREET = 31_001;
const STREETS = 12;
const COMMAND = "npm run mutate";
const HELP = `usage: npm run mutate [-- --room NAME] [--seed N] [--sample N] [--streets N]

Draws mutants (one operator, number, condition or statement of src/ changed) and runs the tests of
their room against each; ends with 1 if one survived that is not argued.
--room    ${roomNames().join(", ")}, or one of src/node such as node/light; all without it.
          ${SECOND}: mutants of the second lamp, put to its comparison with the firmware in a few
          ordinary streets and in ${STREETS} explored ones from seed ${FIRST_STREET} on
--seed    which are drawn; 1 without it
--sample  how many of each room; 60 without it
--streets puts them to the first N streets of npm run explore, in place of the tests`;

if (process.argv[2] === WORKER) work();
else await main();

async function main(): Promise<void> {
	const text = { type: "string" } as const;
	const options = { room: text, seed: text, sample: text, streets: text };
	const { values } = wordsOf({ command: COMMAND, help: HELP, options });
	const seed = numberOf("seed", values.seed ?? "1");
	const sample = numberOf("sample", values.sample ?? "60");
	const streets = numberOf("streets", values.streets ?? "0");
	const names = values.room === undefined ? roomNames() : [values.room];
	const rows: string[] = [];
	for (const name of names) {
		const room = roomOf(name);
		if (!room) refuse(COMMAND, `--room ${name}: no room of src/; try ${roomNames().join(", ")}`);
		rows.push(await trial(room, seed, sample, streets));
	}
	process.stdout.write("| room | mutants | killed | argued | survived | score, % (95 %) |\n");
	process.stdout.write(`|---|--:|--:|--:|--:|--:|\n${rows.join("\n")}\n`);
}

async function trial(room: Room, seed: number, sample: number, streets: number): Promise<string> {
	const textOf = (file: string) => readFileSync(`${room.root}/${file}`, "utf8");
	const all = room.sources.flatMap((file) => sitesOf(file, textOf(file)));
	const sites = drawn(all, sample, random(seed, room.name));
	const mutants = sites.map((site, number) => ({ number, site }));
	const count = { killed: 0, argued: 0, survived: 0 };
	const before = performance.now();
	const seen = (judged: Judged) => {
		count[verdictOf(room, judged)] += 1;
	};
	const judges = await judgedBy(room, mutants, streets, seen);
	const seconds = ((performance.now() - before) / 1000).toFixed(0);
	process.stdout.write(
		`${room.name}: ${mutants.length} of ${all.length} mutants, ${judges}, ${seconds} s\n`,
	);
	if (count.survived > 0) process.exitCode = 1;
	return rowOf(room.name, count.killed, count.argued, count.survived);
}

function judgedBy(
	room: Room,
	mutants: readonly Numbered[],
	streets: number,
	seen: (judged: Judged) => void,
): Promise<string> {
	if (room.name === SECOND) return onComparison(mutants, FIRST_STREET, streets || STREETS, seen);
	return streets > 0 ? onStreets(mutants, streets, seen) : onTests(room, mutants, seen);
}

async function onTests(
	{ name, tests }: Room,
	mutants: readonly Numbered[],
	seen: (judged: Judged) => void,
): Promise<string> {
	const { reaches, excluded } = await tried(mutants, tests, seen);
	for (const why of excluded) process.stdout.write(`${name}: left out: ${why}\n`);
	return `${reaches.length} tests`;
}

/** Prints a mutant that no test saw. */
function verdictOf(
	{ root }: Room,
	{ mutant, by, isReached }: Judged,
): "killed" | "argued" | "survived" {
	const { file, line, original, mutated } = mutant.site;
	if (by !== undefined) {
		if (process.env.LUMINODE_VERBOSE)
			process.stdout.write(`killed ${root}/${file}:${line}: ${by}\n`);
		return "killed";
	}
	const why = argumentFor(mutant.site);
	const kind = why === undefined ? "survived" : "argued";
	const change = `${oneLine(original)}  ->  ${oneLine(mutated ?? "(left out)")}`;
	const reason = why ?? (isReached ? "" : "no test reaches it");
	process.stdout.write(`${kind} ${root}/${file}:${line}: ${change}${reason && `: ${reason}`}\n`);
	return kind;
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, " ").slice(0, 160);
}

function numberOf(name: string, word: string): number {
	if (!/^\d{1,9}$/.test(word)) refuse(COMMAND, `--${name} ${word}: a whole number, such as 60`);
	return Number(word);
}
