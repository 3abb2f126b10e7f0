/**
 * Options: the arguments of the city bench.
 */
import { parseArgs } from "node:util";
import { readJobs } from "../../sim/util/shard.js";

interface CityOptions {
	/** Numbers of lamps, one run each. */
	readonly lamps: readonly number[];
	readonly hours: number;
	readonly jobs: number;
	readonly help: boolean;
}

export const HELP = `usage: npm run bench -- city [--lamps N[,N ...]] [--hours H] [--jobs N]

Runs an evening of a street with traffic, broker, all checks and a trace, and prints its cost by
part, its exact counts and its growth with the number of lamps.

  --lamps N[,N ...]  numbers of lamps, one run each (100,1000)
  --hours H          length of each run from 16:00 on a November afternoon, e.g. 16 or 0.5 (2)
  --jobs N           processes (1); counts are the same for any number, and times of runs side
                     by side are those of a busy machine
`;

const MOST_LAMPS = 100_000; // as of the simulator
const MOST_HOURS = 1000;

/** The options, or one line that names the word, the rule and an example. */
export function readCityOptions(args: readonly string[]): CityOptions | string {
	try {
		const { values } = parseArgs({
			args: [...args],
			options: {
				lamps: { type: "string", default: "100,1000" },
				hours: { type: "string", default: "2" },
				jobs: { type: "string" },
				help: { type: "boolean", default: false },
			},
		});
		const lamps = values.lamps.split(",").map(Number);
		const isCount = (n: number) => Number.isInteger(n) && n >= 1 && n <= MOST_LAMPS;
		if (!lamps.every(isCount))
			return `--lamps ${values.lamps}: not whole numbers from 1 to ${MOST_LAMPS}, e.g. 100,1000`;
		const hours = Number(values.hours);
		if (!(hours > 0 && hours <= MOST_HOURS))
			return `--hours ${values.hours}: not a number above 0, at most ${MOST_HOURS}, e.g. 0.5`;
		return { lamps, hours, jobs: readJobs(values.jobs), help: values.help };
	} catch (error) {
		return (error as Error).message.split(/[.\n] ?/)[0]!;
	}
}
