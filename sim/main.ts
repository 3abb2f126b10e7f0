/**
 * Main: the simulator's program, from the command line to the exit code (docs/simulator.md).
 */

import type { Trouble } from "../lib/text/trouble.js";
import { ALL_PLANTS, listPlants } from "./checks/plants.js";
import { liveCity } from "./city/city.js";
import { sayEvidence } from "./city/evidence.js";
import { liveStreets } from "./city/life.js";
import { merge, readMerge } from "./city/merge.js";
import { FAILED, refuse, WRONG_INPUT } from "./cli/ending.js";
import { HELP } from "./cli/help.js";
import { type Options, readOptions } from "./cli/options.js";
import { readShelf } from "./images/catalogue.js";
import { replayWords, withRecording } from "./replay/options.js";
import { openFile } from "./results/outfile.js";
import { exitCodeOf } from "./run/run.js";
import { prepare } from "./run/scenario.js";
import { simulate } from "./simulate.js";
import { servesJobs } from "./util/jobs.js";

async function main(words: readonly string[]): Promise<number> {
	if (words[0] === "merge") return join(words.slice(1));
	if (words[0] === "replay") {
		const options = replayWords(words.slice(1));
		return options ? main(options) : refuse("replay: name a file, e.g. replay quai-7.recording");
	}
	const answer = readOptions(words);
	if (answer.kind === "wrong") return refuse(`${answer.why} (--help lists all options)`);
	if (answer.kind === "help") {
		process.stdout.write(HELP);
		return 0;
	}
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
		if (read.note !== undefined) process.stderr.write(`${read.note}\n`);
	} catch (error) {
		return refuse((error as Trouble).message);
	}
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
		let { code, next, port } = await simulate({ ...first, ...writes });
		while (next !== undefined) {
			const again = wordsOf(next, words, port);
			const chosen = readOptions(again);
			if (chosen.kind !== "run") throw new Error(`the scenario ${next} is refused`);
			const played = prepare(chosen.options);
			if (typeof played === "string") return refuse(played);
			({ code, next, port } = await simulate({
				options: chosen.options,
				scenario: played,
				shelf,
				words: again,
			}));
		}
		return code;
	} catch (error) {
		return refuse((error as Error).message);
	} finally {
		trace?.close();
		summary?.close();
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
function wordsOf(scenario: string, words: readonly string[], port: number): string[] {
	const place = ["--port", String(port)];
	if (scenario !== "") return ["--scenario", scenario, ...place];
	return [...words.filter((word, n) => word !== "--port" && words[n - 1] !== "--port"), ...place];
}

if (!servesJobs(liveStreets)) process.exitCode = await main(process.argv.slice(2));
if (process.exitCode === FAILED) process.exit(); // anything still open
