/**
 * Main: puts random nights to every property. `npm run explore -- nights [SEED [COUNT]]`; 1 if one broke.
 *
 * The same as night.test.ts, and much faster: outside the test runner's sandbox.
 */
import { orRefuse, refuse, wordsOf } from "../../lib/words.js";
import { overJobs, servesJobs } from "../../sim/cli/jobs.js";
import { readJobs } from "../../sim/util/shard.js";
import { SITUATIONS, type Situation, type Tally, tooSeldom } from "./coverage.js";
import { holds, PROPERTIES } from "./properties.js";

const COMMAND = "npm run explore -- nights";
const HELP = `usage: npm run explore -- nights [SEED [COUNT]] [--jobs N]

Puts random nights of one lamp to every property of the light; ends with 1 if one broke.
SEED: a whole number, 20261124 without it; COUNT: nights for each property, 10000 without it.
--jobs N: processes (1); the result is the same for any number.`;

interface Task {
	/** Of the property. */
	readonly propertyIndex: number;
	readonly seed: number;
	readonly count: number;
}

interface Found {
	/** Undefined: it held. */
	readonly broke: string | undefined;
	readonly tally: readonly (readonly [Situation, number])[];
	/** s */
	readonly cpu: number;
}

async function put({ propertyIndex: index, seed, count }: Task): Promise<Found> {
	const tally: Tally = new Map();
	const before = process.cpuUsage().user;
	let broke: string | undefined;
	try {
		holds(PROPERTIES[index]!, seed, count, tally);
	} catch (error) {
		const { message, cause } = error as Error;
		broke = `${cause instanceof Error ? cause.message : ""}\n${message}`;
	}
	return { broke, tally: [...tally], cpu: (process.cpuUsage().user - before) / 1e6 };
}

async function main(): Promise<void> {
	const options = { jobs: { type: "string" } } as const;
	const { positionals, values } = wordsOf({ command: COMMAND, help: HELP, most: 2, options });
	for (const word of positionals)
		if (!/^\d{1,9}$/.test(word)) refuse(COMMAND, `${word}: no number`);
	const [seed = 20261124, count = 10_000] = positionals.map(Number);
	const jobs = orRefuse(COMMAND, () => readJobs(values.jobs));
	const print = (line: string) => void process.stdout.write(`${line}\n`);
	const tally: Tally = new Map();
	const tasks = PROPERTIES.map((_, index) => ({ propertyIndex: index, seed, count }));
	let index = 0;
	for await (const found of overJobs(tasks, jobs, put)) {
		for (const [situation, nights] of found.tally)
			tally.set(situation, (tally.get(situation) ?? 0) + nights);
		const verdict = found.broke === undefined ? "held" : `BROKE: ${found.broke}`;
		if (found.broke !== undefined) process.exitCode = 1;
		const about = `${count} nights, seed ${seed}, ${found.cpu.toFixed(0)} s`;
		print(`${about}: ${PROPERTIES[index++]!.name}: ${verdict}`);
	}
	for (const situation of Object.keys(SITUATIONS) as Situation[])
		print(`${tally.get(situation) ?? 0} nights: ${situation}`);
	for (const why of tooSeldom(tally, count)) {
		print(`TOO SELDOM: ${why}`);
		process.exitCode = 1;
	}
}

if (!servesJobs(put)) await main();
