/**
 * Main: `npm run explore`: random streets under every fault and input, every promise checked.
 *
 * A street that breaks one is shrunk to a line that runs it again, with a plot of its night
 * (docs/explore.md).
 */
import { readFileSync, writeFileSync } from "node:fs";
import { orRefuse, refuse, wordsOf } from "../../lib/words.js";
import { ALL_PLANTS, listPlants } from "../checks/plants.js";
import { overJobs, servesJobs } from "../cli/jobs.js";
import { readOptions } from "../cli/words.js";
import { readBoard } from "../options/values.js";
import { readJobs, readShard, type Shard } from "../util/shard.js";
import { readLux } from "../world/recorded.js";
import { instrumented, Taken } from "./branches.js";
import { Coverage } from "./coverage.js";
import { draw, type Recorded } from "./draw.js";
import { ON_BUSES } from "./drivers.js";
import { type Outcome, refused, runStreet } from "./night.js";
import { Plot } from "./plot.js";
import {
	COMMAND,
	type Found,
	failureLine,
	keep,
	search,
	type Task,
	type Wanted,
} from "./search.js";
import type { StreetKind } from "./streetkind.js";

const PLOTS = ".cache/explored";
/** The day's seed of `npm test` has eight digits. */
const MOST = 999_999_999;
const HELP = `usage: npm run explore -- [OPTION ...] [-- SIMULATOR OPTION ...]

Runs random streets with faults, orders and typing, and checks every promise of the lamps.

  --seeds N      number of streets (100)
  --from S       first seed (1)
  --plant NAME   seeds a defect in the firmware (npm run sim -- --plant ?), and ends
                 with the first street that breaks its promise
  --lux FILE     recorded daylight in place of a sky from the seed (docs/street.md),
                 with --place N,E and --zone TZ of the recording
  --board zhaga  streets of D4i drivers on buses alone, in place of one in twelve
  --plots DIR    folder of the plots of nights that broke a promise (${PLOTS})
  --jobs N       processes (1); the result is the same for any number
  --shard K/N    runs the Kth of N parts of the streets, e.g. on N machines
  --result FILE  writes the results of the streets, for --merge
  --merge FILE   reads results in place of a run, once for each shard; prints the same
                 as one run of them all
  --branches     notes the branches of src/ that the streets take, and lists the others
  --quick        prints a broken promise without shrinking its street

Behind -- stand options of the simulator: that one street is run, and plotted.
Exit code: 0 everything held, 1 a promise was broken, a check judged too few of its chances, or of a
thousand streets a case came too seldom, 2 a wrong word.`;

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** A search: seeds from `from` on, of which this process runs those of its shard. */
interface Seeds {
	readonly from: number;
	readonly seeds: number;
	readonly jobs: number;
	readonly shard: Shard;
	/** File for the results of a shard; files of all shards, to be read in place of a run. */
	readonly result: string | undefined;
	readonly merge: readonly string[];
	/** A kind of every street. */
	readonly sure: StreetKind | undefined;
}

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	const cut = args.indexOf("--");
	if (cut >= 0) process.argv.splice(2 + cut);
	const { values } = wordsOf({
		command: COMMAND,
		help: HELP,
		options: {
			seeds: { type: "string" },
			from: { type: "string" },
			plant: { type: "string" },
			board: { type: "string" },
			plots: { type: "string" },
			quick: { type: "boolean" },
			branches: { type: "boolean" },
			jobs: { type: "string" },
			shard: { type: "string" },
			result: { type: "string" },
			merge: { type: "string", multiple: true },
			lux: { type: "string" },
			place: { type: "string" },
			zone: { type: "string" },
		},
	});
	const { plant } = values;
	if (plant !== undefined && !Object.hasOwn(ALL_PLANTS, plant)) {
		for (const line of listPlants()) print(line);
		refuse(COMMAND, `--plant ${plant}: not a plant; these are above`);
	}
	const wanted: Wanted = {
		folder: values.plots ?? PLOTS,
		plant: plant === undefined ? [] : ["--plant", plant],
		isQuick: values.quick === true,
		hasBranches: values.branches === true,
	};
	if (cut >= 0) return showStreet(args.slice(cut + 1), wanted);
	const sky = values.lux === undefined ? undefined : skyOf(values.lux, values.place, values.zone);
	const asked = {
		from: integer("from", values.from, 1),
		seeds: integer("seeds", values.seeds, 100),
		jobs: orRefuse(COMMAND, () => readJobs(values.jobs)),
		shard: orRefuse(COMMAND, () => readShard(values.shard ?? "1/1")),
		result: values.result,
		merge: values.merge ?? [],
		sure: orRefuse(COMMAND, () => readBoard(values.board ?? boardOf(plant))) && ON_BUSES,
	};
	await many(asked, wanted, sky);
}

/** A planted defect may need a board. */
function boardOf(plant: string | undefined): string | undefined {
	return plant === undefined ? undefined : ALL_PLANTS[plant]!.board;
}

/** A recording with its place, by the rules of the simulator's options. */
function skyOf(file: string, place: string | undefined, zone = "Europe/Brussels"): Recorded {
	if (place === undefined)
		refuse(COMMAND, `--lux ${file}: say where it was recorded, e.g. --place 48.5,9.06`);
	const args = ["--headless", "--lux", file, "--zone", zone, "--place", place];
	const answer = readOptions(args);
	if (answer.kind !== "run") refuse(COMMAND, answer.kind === "wrong" ? answer.why : HELP);
	const recorded = readLux(answer.options.lux!, answer.options.zone);
	if (typeof recorded === "string") refuse(COMMAND, recorded);
	const [north, east] = answer.options.part.place!;
	return { file, zone, place: [north, east], ...recorded.span };
}

function integer(name: string, text: string | undefined, otherwise: number): number {
	if (text === undefined) return otherwise;
	const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
	if (!(value >= 0 && value <= MOST))
		refuse(COMMAND, `--${name} ${text}: not a number from 0 to ${MOST}`);
	return value;
}

/** One street, as its options say. */
async function showStreet(args: readonly string[], wanted: Wanted): Promise<void> {
	const why = refused(args);
	if (why !== undefined) refuse(COMMAND, why);
	const plot = new Plot();
	const outcome = await runStreet([...args, ...wanted.plant], [plot]);
	for (const broken of outcome.broken) print(failureLine(broken, outcome));
	const tried = Object.entries(outcome.tried).map(([name, times]) => `${name} ${times}`);
	print(`chances to fail: ${tried.join(", ")}`);
	print(`plot: ${keep(plot, outcome, args, wanted, "street")}`);
	print(outcome.broken.length === 0 ? "everything held" : `${outcome.broken.length} broken`);
	if (outcome.broken.length > 0) process.exitCode = 1;
}

async function many(asked: Seeds, wanted: Wanted, sky: Recorded | undefined): Promise<void> {
	const { from, seeds, shard, jobs, result, merge, sure } = asked;
	const coverage = new Coverage(sure === ON_BUSES);
	const { index, of } = shard;
	const tasks: Task[] = [];
	for (let seed = from + index - 1; seed < from + seeds; seed += of) {
		tasks.push({ drawn: draw(seed, sky, sure), wanted });
	}
	const found = merge.length > 0 ? merged(merge) : overJobs(tasks, jobs, search);
	const kept: Found[] = [];
	const taken = new Taken();
	let failed = 0;
	let cpu = 0;
	for await (const street of found) {
		coverage.note(draw(street.seed, sky, sure), street.outcome);
		if (street.outcome.taken !== undefined) taken.note(street.seed, street.outcome.taken);
		cpu += street.cpu;
		if (result !== undefined) kept.push(street);
		if (street.lines.length > 0) failed++;
		for (const line of street.lines) print(line);
		progress(coverage.streets, merge.length > 0 ? 0 : tasks.length, failed);
		if (isShown(street.outcome, wanted)) break;
	}
	if (result !== undefined) writeFileSync(result, JSON.stringify(kept));
	for (const line of coverage.table()) print(line);
	if (wanted.hasBranches) for (const line of taken.table(instrumented().branches)) print(line);
	const isWhole = wanted.plant.length === 0 && sky === undefined; // a recording has one season
	const missing = isWhole ? coverage.missing() : [];
	for (const line of missing) print(`TOO SELDOM: ${line}`);
	const blind = isWhole ? coverage.blind() : [];
	for (const line of blind) print(`TOO BLIND: ${line}`);
	const part = of > 1 ? `, part ${index} of ${of}` : "";
	print(
		`seeds ${from} to ${from + seeds - 1}${part}: ${coverage.streets} streets, ` +
			`${failed} broke a promise, ${cpu.toFixed(0)} s of CPU`,
	);
	if (failed > 0 || missing.length > 0 || blind.length > 0) process.exitCode = 1;
}

/** The results of shards, in the order of their seeds. */
function merged(files: readonly string[]): Found[] {
	const all = files.flatMap((file) => JSON.parse(readFileSync(file, "utf8")) as Found[]);
	return all.sort((a, b) => a.seed - b.seed);
}

/** One line that is written over, for a person at a terminal. */
function progress(done: number, of: number, failed: number): void {
	if (!process.stderr.isTTY || of === 0) return;
	process.stderr.write(
		`\r${done} of ${of} streets, ${failed} broke a promise${done < of ? "" : "\n"}`,
	);
}

/** Whether the planted defect broke its own promise. */
function isShown({ broken }: Outcome, { plant: [, name] }: Wanted): boolean {
	return name !== undefined && broken.some((failure) => failure.name === ALL_PLANTS[name]!.trips);
}

if (!servesJobs(search)) await main();
