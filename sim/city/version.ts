/**
 * Version: whether two parts are of one city, lived by one simulator with one firmware.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Image } from "../../hosts/virtual/fleet/fleet.js";

/** Options of one part, which make no other city. */
const OF_PART = ["--shard", "--jobs", "--trace", "--summary"];

/** Digest of this program, which is one file, and of the lamps' modules. */
export function versionOf({ modules, main }: Image): string {
	const hash = createHash("sha256").update(readFileSync(process.argv[1]!));
	for (const { specifier, source } of modules) hash.update(`${specifier}\n${source}\n`);
	return hash.update(main).digest("hex").slice(0, 16);
}

/** The words of the command line that make the city, as `--name=value`, in the order of names. */
export function cityWords(args: readonly string[]): readonly string[] {
	const pairs: string[] = [];
	for (const word of args)
		if (word.startsWith("--")) pairs.push(word);
		else pairs.push(`${pairs.pop()}=${word}`);
	return pairs.filter((pair) => !OF_PART.includes(pair.split("=")[0]!)).sort();
}
