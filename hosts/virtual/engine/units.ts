/**
 * Units: sources of C, by path, and their compilation one by one, on all processors.
 */
import { execFile } from "node:child_process";
import type { Hash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";

/** Input of a compilation: sources by path, each a unit of its own, and their headers. */
export interface Job {
	readonly files: ReadonlyMap<string, Buffer>;
	/** Paths of the `.c` files to compile. */
	readonly units: readonly string[];
	readonly includes: readonly string[];
}

/** The C sources and headers below a folder, as `NAME/PATH`, in order. */
export function sourcesBelow(folder: string, name: string): Map<string, Buffer> {
	const paths = (readdirSync(folder, { recursive: true }) as string[]).filter((path) =>
		/\.[ch]$/.test(path),
	);
	return new Map(paths.sort().map((path) => [`${name}/${path}`, readFileSync(join(folder, path))]));
}

/** Adds the sources to a hash. */
export function hashSources(hash: Hash, sources: ReadonlyMap<string, Buffer>): Hash {
	for (const [path, bytes] of sources) hash.update(`${path} ${bytes.length}\n`).update(bytes);
	return hash;
}

export function writeSources({ files }: Job, folder: string): void {
	for (const [path, bytes] of files) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), bytes);
	}
}

/** Rejects with the program's own words. */
export function run(program: string, args: readonly string[], cwd: string): Promise<string> {
	return new Promise((resolve, reject) => {
		execFile(program, args, { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
			if (error) reject(new Error(`${program}: ${stderr || error.message}`));
			else resolve(stdout);
		});
	});
}

/** Calls `compile` for each unit, as many at a time as there are processors. */
export async function eachUnit(
	units: readonly string[],
	compile: (unit: string) => Promise<void>,
): Promise<void> {
	const queue = [...units];
	const worker = async (): Promise<void> => {
		for (let unit = queue.shift(); unit !== undefined; unit = queue.shift()) await compile(unit);
	};
	await Promise.all(Array.from({ length: availableParallelism() }, worker));
}
