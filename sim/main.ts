/**
 * Main: the simulator's program, from the command line to the exit code (docs/simulator.md).
 */

import type { Trouble } from "../lib/text/trouble.js";
import { makeNights } from "../town/headless.js";
import { argumentsOfStreet, streetIn, streetName, townDesks } from "../town/main.js";
import type { TownDesks } from "../town/server/towndesk.js";
import { ALL_PLANTS, listPlants } from "./checks/plants.js";
import { liveCity } from "./city/city.js";
import { sayEvidence } from "./city/evidence.js";
import { merge, readMerge } from "./city/merge.js";
import { FAILED, refuse, WRONG_INPUT } from "./cli/ending.js";
import { HELP } from "./cli/help.js";
import { type Options, readOptions } from "./cli/options.js";
import { readShelf } from "./images/catalogue.js";
import { noFile, replayHelp, replayWords, withRecording, worded } from "./replay/options.js";
import { openFile } from "./results/outfile.js";
import { exitCodeOf } from "./run/run.js";
import { prepare } from "./run/scenario.js";
import { type End, simulate, type Wanted } from "./simulate.js";
import { servesJobs } from "./util/jobs.js";
import { serve } from "./worker.js";

async function main(words: readonly string[]): Promise<number> {
	const [verb, ...others] = words;
	if (verb === "merge") return others.includes("--help") ? help(HELP) : join(others);
	if (verb === "replay") {
		if (others.includes("--help")) return help(replayHelp());
		const options = replayWords(others);
		return options ? main(options) : refuse(noFile());
	}
	const answer = readOptions(words);
	if (answer.kind === "wrong") return refuse(`${answer.why} (--help lists all options)`);
	if (answer.kind === "help") return help(HELP);
	const { plant } = answer.options;
	if (plant !== undefined && !Object.hasOwn(ALL_PLANTS, plant)) {
		refuse(`--plant ${plant}: not a plant; these are:`);
		for (const line of listPlants()) process.stderr.write(`${line}\n`);
		return WRONG_INPUT;
	}
	let options: Options;
	try {
		const read = withRecording(answer.options);
		options = read.options;
		if (read.note) process.stderr.write(`${worded(read.note)}\n`);
	} catch (error) {
		return refuse(worded((error as Trouble).text));
	}
	if (options.town !== undefined) return liveTown(options, words);
	const scenario = prepare(options);
	if (typeof scenario === "string") return refuse(scenario);
	const shelf = readShelf(options.image, options.imageKey);
	if (typeof shelf === "string") return refuse(shelf);
	const { city } = options;
	if (city) return liveCity(options, city, words);
	const trace = options.trace === undefined ? undefined : openFile(options.trace);
	if (trace && "why" in trace) return refuse(`--trace ${trace.why}`);
	const summary = options.summary === undefined ? undefined : openFile(options.summary);
	if (summary && "why" in summary) return refuse(`--summary ${summary.why}`);
	try {
		const first = { options, scenario, shelf, words };
		const writes = { writeTrace: trace?.write, writeSummary: summary?.write };
		return await follow(await simulate({ ...first, ...writes }), words, shelf);
	} catch (error) {
		return refuse((error as Error).message);
	} finally {
		trace?.close();
		summary?.close();
	}
}

function help(text: string): number {
	process.stdout.write(text);
	return 0;
}

/** Runs that a person begins on the page, one after the other. */
async function follow(
	first: End,
	words: readonly string[],
	shelf: Wanted["shelf"],
	desks?: TownDesks,
): Promise<number> {
	let { code, next, port } = first;
	while (next !== undefined) {
		const again = wordsOf(next, words, port, desks);
		const chosen = readOptions(again);
		if (chosen.kind !== "run") throw new Error(`the scenario ${next} is refused`);
		const { options } = chosen;
		const scenario = prepare(options);
		if (typeof scenario === "string") return refuse(scenario);
		const town = desks && { town: desks };
		({ code, next, port } = await simulate({ options, scenario, shelf, words: again, ...town }));
	}
	return code;
}

/** A town, and one of its streets after the other. */
async function liveTown(options: Options, words: readonly string[]): Promise<number> {
	const print = (line: string) => void process.stdout.write(`${line}\n`);
	const desks = townDesks(options, print);
	if (typeof desks === "string") return refuse(desks);
	if (options.headless) return makeNights(options, desks, print);
	const shelf = readShelf(options.image, options.imageKey);
	if (typeof shelf === "string") return refuse(shelf);
	const port = options.port;
	try {
		return await follow({ code: 0, next: streetName(desks.desk.first), port }, words, shelf, desks);
	} catch (error) {
		return refuse((error as Error).message);
	} finally {
		desks.desk.stop();
	}
}

/** Parts of a city as one. */
function join(words: readonly string[]): number {
	try {
		const evidence = merge(readMerge(words));
		for (const line of sayEvidence(evidence)) process.stdout.write(`${line}\n`);
		return exitCodeOf(evidence.totals);
	} catch (error) {
		return refuse(`merge: ${(error as Error).message}`);
	}
}

/** The words of another run at the same page. */
function wordsOf(
	scenario: string,
	words: readonly string[],
	port: number,
	desks?: TownDesks,
): string[] {
	const place = ["--port", String(port)];
	const street = streetIn(scenario);
	if (desks && (street !== undefined || scenario === "")) {
		const own = argumentsOfStreet(desks, street ?? desks.desk.first, words);
		return [...own.filter((word, n) => word !== "--port" && own[n - 1] !== "--port"), ...place];
	}
	if (scenario !== "") return ["--scenario", scenario, ...place];
	return [...words.filter((word, n) => word !== "--port" && words[n - 1] !== "--port"), ...place];
}

if (!servesJobs(serve)) process.exitCode = await main(process.argv.slice(2));
if (process.exitCode === FAILED) process.exit(); // anything still open
