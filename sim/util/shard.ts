/** Shard: the K-th of N parts of a work that several machines share, `--shard K/N`. */
export interface Shard {
	readonly index: number;
	readonly of: number;
}

/** Throws an `Error` with a line to print. */
export function readShard(text: string): Shard {
	const [, index, of] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
	if (index! >= 1 && index! <= of!) return { index: index!, of: of! };
	throw new Error(`--shard ${text}: not a part like 1/4, up to 4/4`);
}

/** More processes than any machine on which this is likely to run has cores. */
const MOST_JOBS = 256;

/** `--jobs`, 1 if it is absent; throws an `Error` with a line to print. */
export function readJobs(text = "1"): number {
	const jobs = /^\d{1,3}$/.test(text) ? Number(text) : NaN;
	if (jobs >= 1 && jobs <= MOST_JOBS) return jobs;
	throw new Error(`--jobs ${text}: not a whole number from 1 to ${MOST_JOBS}`);
}
