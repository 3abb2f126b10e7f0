/**
 * City part: options of a city of several streets, and of the part that one process lives.
 */
import { readJobs, readShard, type Shard } from "../util/shard.js";
import { LAST_NUMBER } from "./outside.js";
import { integer, tried, Wrong } from "./values.js";

export interface CityPart {
	readonly streets: number;
	/** A contiguous part; absent: all streets. */
	readonly shard: Shard | undefined;
	/** Processes on this machine. */
	readonly jobs: number;
}

export const CITY_FLAGS = {
	streets: { type: "string" },
	shard: { type: "string" },
	jobs: { type: "string" },
} as const;

export const CITY_HELP = `  --streets N      a city of N streets, each of --lamps lamps, with --headless; streets
                   share nothing but a broker outside
  --shard K/N      the K-th of N parts of that city; merge joins the evidence
  --jobs N         N processes on this machine (1); the evidence is the same for any N;
                   also for the nights of a town (2, or all cores but one)
`;

interface About {
	readonly lamps: number;
	readonly first: number;
	readonly headless: boolean;
}

/** Undefined: one street. */
export function readCityPart(
	text: (name: keyof typeof CITY_FLAGS | "serial" | "scenario" | "town") => string | undefined,
	{ lamps, first, headless }: About,
): CityPart | undefined {
	const given = text("streets");
	const ofCity = text("town") === undefined ? (["shard", "jobs"] as const) : (["shard"] as const);
	for (const name of ofCity)
		if (given === undefined && text(name) !== undefined)
			throw new Wrong(`--${name}: only with a city, e.g. --streets 100 --${name} ${EXAMPLE[name]}`);
	if (given === undefined) return undefined;
	if (!headless) throw new Wrong("--streets: only with --headless, for the page shows one street");
	if (text("serial") !== undefined) throw new Wrong("--serial: not with --streets");
	const most = Math.floor((LAST_NUMBER - first + 1) / lamps);
	const streets = integer("streets", given, 1, 1, most);
	const jobs = tried(() => readJobs(text("jobs")));
	if (jobs > streets) throw new Wrong(`--jobs ${jobs}: more than the ${streets} streets`);
	if (jobs > 1 && text("shard") !== undefined)
		throw new Wrong("--jobs: not with --shard, which is one process");
	return { streets, shard: shardOf(text("shard"), streets), jobs };
}

const EXAMPLE = { shard: "1/4", jobs: "2" } as const;

function shardOf(text: string | undefined, streets: number): Shard | undefined {
	if (text === undefined) return undefined;
	const shard = tried(() => readShard(text));
	if (shard.of > streets)
		throw new Wrong(`--shard ${text}: more parts than the ${streets} streets`);
	return shard;
}
