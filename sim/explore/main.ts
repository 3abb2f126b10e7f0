/**
 * Main: `npm run explore`: random streets under every fault and input, every promise checked.
 *
 * A street that breaks one is shrunk to a line that runs it again, with a plot of its night
 * (docs/explore.md).
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuse, wordsOf } from "../../lib/words.js";
import { ALL_PLANTS, listPlants } from "../checks/plants.js";
import { readOptions } from "../cli/options.js";
import { readLux } from "../world/recorded.js";
import { Coverage } from "./coverage.js";
import { draw, type Recorded } from "./draw.js";
import { live, type Outcome, refused } from "./night.js";
import { Plot } from "./plot.js";
import type { Broken } from "./promises.js";
import { quoted, shrink } from "./shrink.js";

const COMMAND = "npm run explore";
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
  --plots DIR    folder of the plots of nights that broke a promise (${PLOTS})
  --quick        prints a broken promise without shrinking its street

Behind -- stand options of the simulator: that one street is run, and plotted.
Exit code: 0 everything held, 1 a promise was broken, or of a thousand streets a case came too
seldom, 2 a wrong word.`;

const print = (line: string) => void process.stdout.write(`${line}\n`);

interface Wanted {
	readonly folder: string;
	readonly plant: readonly string[];
	readonly isQuick: boolean;
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
			plots: { type: "string" },
			quick: { type: "boolean" },
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
	};
	if (cut >= 0) return one(args.slice(cut + 1), wanted);
	const sky = values.lux === undefined ? undefined : skyOf(values.lux, values.place, values.zone);
	await many(whole("from", values.from, 1), whole("seeds", values.seeds, 100), wanted, sky);
}

/** A recording with its place, by the rules of the simulator's options. */
function skyOf(file: string, place: string | undefined, zone = "Europe/Brussels"): Recorded {
	if (place === undefined)
		refuse(COMMAND, `--lux ${file}: say where it was recorded, e.g. --place 48.5,9.06`);
	const words = ["--headless", "--lux", file, "--zone", zone, "--place", place];
	const answer = readOptions(words);
	if (answer.kind !== "run") refuse(COMMAND, answer.kind === "wrong" ? answer.why : HELP);
	const recorded = readLux(file, answer.options.zone);
	if (typeof recorded === "string") refuse(COMMAND, recorded);
	const [north, east] = answer.options.part.place!;
	return { file, zone, place: [north, east], ...recorded.span };
}

function whole(name: string, text: string | undefined, otherwise: number): number {
	if (text === undefined) return otherwise;
	const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
	if (!(value >= 0 && value <= MOST))
		refuse(COMMAND, `--${name} ${text}: not a number from 0 to ${MOST}`);
	return value;
}

/** One street, as its options say. */
async function one(words: readonly string[], wanted: Wanted): Promise<void> {
	const why = refused(words);
	if (why !== undefined) refuse(COMMAND, why);
	const plot = new Plot();
	const outcome = await live([...words, ...wanted.plant], [plot]);
	for (const broken of outcome.broken) print(said(broken, outcome));
	const tried = Object.entries(outcome.tried).map(([name, times]) => `${name} ${times}`);
	print(`chances to fail: ${tried.join(", ")}`);
	print(`plot: ${keep(plot, outcome, words, wanted, "street")}`);
	print(outcome.broken.length === 0 ? "everything held" : `${outcome.broken.length} broken`);
	if (outcome.broken.length > 0) process.exitCode = 1;
}

async function many(
	from: number,
	seeds: number,
	wanted: Wanted,
	sky: Recorded | undefined,
): Promise<void> {
	const coverage = new Coverage();
	const before = process.cpuUsage().user;
	let failed = 0;
	for (let seed = from; seed < from + seeds; seed++) {
		const drawn = draw(seed, sky);
		const outcome = await live([...drawn.words, ...wanted.plant]);
		coverage.note(drawn, outcome);
		if (outcome.broken.length === 0) continue;
		failed++;
		print(`seed ${seed}: ${said(outcome.broken[0]!, outcome)}`);
		if (!wanted.isQuick) await explain(seed, drawn.words, outcome, wanted);
		if (isShown(outcome, wanted)) break;
	}
	const seconds = ((process.cpuUsage().user - before) / 1e6).toFixed(0);
	for (const line of coverage.table()) print(line);
	const isWhole = wanted.plant.length === 0 && sky === undefined; // a recording has one season
	const missing = isWhole ? coverage.missing() : [];
	for (const line of missing) print(`TOO SELDOM: ${line}`);
	print(
		`seeds ${from} to ${from + coverage.streets - 1}: ${failed} broke a promise, ${seconds} s of CPU`,
	);
	if (failed > 0 || missing.length > 0) process.exitCode = 1;
}

/** Whether the planted defect broke its own promise. */
function isShown({ broken }: Outcome, { plant: [, name] }: Wanted): boolean {
	return name !== undefined && broken.some((one) => one.name === ALL_PLANTS[name]!.trips);
}

/** Shrinks the street and plots what is left of it. */
async function explain(
	seed: number,
	words: readonly string[],
	{ broken }: Outcome,
	wanted: Wanted,
): Promise<void> {
	const { name, at } = broken[0]!;
	const breaks = async (less: readonly string[]) => {
		if (refused(less) !== undefined) return undefined;
		const { broken } = await live([...less, ...wanted.plant]);
		return broken.find((one) => one.name === name)?.at;
	};
	const least = await shrink(words, at, breaks);
	const plot = new Plot();
	const outcome = await live([...least, ...wanted.plant], [plot]);
	print(`  ${lineOf(least, wanted)}`);
	const first = outcome.broken.find((one) => one.name === name);
	if (first) print(`  ${said(first, outcome)}`);
	print(`  plot: ${keep(plot, outcome, least, wanted, `seed-${seed}`)}`);
}

function lineOf(words: readonly string[], { plant }: Wanted): string {
	return `${COMMAND} -- ${[...plant, ""].join(" ")}-- ${quoted(words)}`;
}

function said({ name, at, lamp, what }: Broken, { epochUtc }: Outcome): string {
	const instant = new Date(Math.floor(epochUtc + at)).toISOString();
	return `BROKE ${name}: ${instant}${lamp > 0 ? `, lamp ${lamp}` : ""}: ${what}`;
}

function keep(
	plot: Plot,
	outcome: Outcome,
	words: readonly string[],
	wanted: Wanted,
	name: string,
): string {
	const file = join(wanted.folder, `${name}.svg`);
	mkdirSync(wanted.folder, { recursive: true });
	writeFileSync(file, plot.svg({ ...outcome, line: lineOf(words, wanted) }));
	return file;
}

await main();
