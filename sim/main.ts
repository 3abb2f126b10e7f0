/**
 * Main: the simulator's program, from the command line to the exit code (docs/simulator.md).
 */

import type { Trouble } from "../lib/text/trouble.js";
import { makeNights } from "../town/headless.js";
import { exampleServerOf, townServerOf } from "../town/main.js";
import type { TownServer } from "../town/server/townserver.js";
import { ALL_PLANTS, listPlants } from "./checks/plants.js";
import { liveCity } from "./city/city.js";
import { sayEvidence } from "./city/evidence.js";
import { merge, readMerge } from "./city/merge.js";
import { FAILED, refuse, WRONG_INPUT } from "./cli/ending.js";
import { HELP } from "./cli/help.js";
import { servesJobs } from "./cli/jobs.js";
import { readOptions, SOURCES } from "./cli/words.js";
import { openFile } from "./files/outfile.js";
import { noFile, replayHelp, replayWords, withRecording, worded } from "./files/replayoptions.js";
import { readShelf } from "./files/shelf.js";
import { chosen, streetName } from "./options/choice.js";
import { type Options, optionsOf } from "./options/options.js";
import type { Values } from "./options/values.js";
import { exitCodeOf } from "./run/run.js";
import { prepare } from "./run/scenario.js";
import { type End, simulate, type Wanted } from "./simulate.js";
import { serve } from "./worker.js";

async function main(args: readonly string[]): Promise<number> {
	const [verb, ...others] = args;
	if (verb === "merge") return others.includes("--help") ? help(HELP) : join(others);
	if (verb === "replay") {
		if (others.includes("--help")) return help(replayHelp());
		const options = replayWords(others);
		return options ? main(options) : refuse(noFile());
	}
	const answer = readOptions(args);
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
	const { values } = answer;
	if (options.town !== undefined) return liveTown(options, values);
	const scenario = prepare(options);
	if (typeof scenario === "string") return refuse(scenario);
	const shelf = readShelf(options.image, options.imageKey);
	if (typeof shelf === "string") return refuse(shelf);
	const { city } = options;
	if (city) return liveCity(options, city, args);
	const trace = options.trace === undefined ? undefined : openFile(options.trace);
	if (trace && "why" in trace) return refuse(`--trace ${trace.why}`);
	const summary = options.summary === undefined ? undefined : openFile(options.summary);
	if (summary && "why" in summary) return refuse(`--summary ${summary.why}`);
	const town = options.headless ? undefined : exampleServerOf(options);
	try {
		const first = { options, scenario, shelf, values };
		const writes = { writeTrace: trace?.write, writeSummary: summary?.write };
		const shown = town && { town };
		return await follow(await simulate({ ...first, ...shown, ...writes }), values, shelf, town);
	} catch (error) {
		return refuse((error as Error).message);
	} finally {
		town?.stop();
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
	start: Values,
	shelf: Wanted["shelf"],
	townServer?: TownServer,
): Promise<number> {
	let { code, next, port } = first;
	while (next !== undefined) {
		const values = { ...chosen(next, start, townServer?.streets), port: String(port) };
		const options = optionsOf(values, SOURCES);
		const scenario = prepare(options);
		if (typeof scenario === "string") return refuse(scenario);
		const town = townServer && { town: townServer };
		({ code, next, port } = await simulate({ options, scenario, shelf, values, ...town }));
	}
	return code;
}

/** A town, and one of its streets after the other. */
async function liveTown(options: Options, values: Values): Promise<number> {
	const print = (line: string) => void process.stdout.write(`${line}\n`);
	const townServer = await townServerOf(options, print);
	if (typeof townServer === "string") return refuse(townServer);
	if (options.headless) return makeNights(options, townServer, print);
	const shelf = readShelf(options.image, options.imageKey);
	if (typeof shelf === "string") return refuse(shelf);
	const port = options.port;
	try {
		return await follow(
			{ code: 0, next: streetName(townServer.shownTown.first), port },
			values,
			shelf,
			townServer,
		);
	} catch (error) {
		return refuse((error as Error).message);
	} finally {
		townServer.stop();
	}
}

/** Parts of a city as one. */
function join(args: readonly string[]): number {
	try {
		const evidence = merge(readMerge(args));
		for (const line of sayEvidence(evidence)) process.stdout.write(`${line}\n`);
		return exitCodeOf(evidence.totals);
	} catch (error) {
		return refuse(`merge: ${(error as Error).message}`);
	}
}

if (!servesJobs(serve)) process.exitCode = await main(process.argv.slice(2));
if (process.exitCode === FAILED) process.exit(); // anything still open
