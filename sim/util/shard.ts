/** Shard: the K-th of N parts of a work that several machines share, `--shard K/N`. */
export interface Shard {
	readonly nth: number;
	readonly of: number;
}

/** Throws an `Error` with a line to print. */
export function readShard(text: string): Shard {
	const [, nth, of] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
	if (nth! >= 1 && nth! <= of!) return { nth: nth!, of: of! };
	throw new Error(`--shard ${text}: not a part like 1/4, up to 4/4`);
}
