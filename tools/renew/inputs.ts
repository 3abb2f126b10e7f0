/**
 * Inputs: whether the inputs of a long job have changed since it was last done.
 *
 * tools/renew/inputs.json has a digest for each job. It counts code without comments and types, so a
 * comment renews nothing. Where the file cannot be read, as after a merge, all jobs count as stale.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

const RECORD = "tools/renew/inputs.json";

/** Files and folders that each long job reads. */
const INPUTS = {
	golden: ["src", "lib", "tools", "hosts/moddable", "tests/console", "tests/lib", "tests/tools"],
	frozen: ["src", "lib", "hosts/virtual", "hosts/moddable", "sim", "tests/frozen", "tests/support"],
	ledger: ["src", "lib", "hosts/virtual", "hosts/moddable", "sim", "bench", "manifest.json"],
} as const;
export type LongJob = keyof typeof INPUTS;

/** A digest of everything that the job reads. */
export function inputsOf(job: LongJob, inputs: readonly string[] = INPUTS[job]): string {
	const hash = createHash("sha256");
	for (const path of inputs.flatMap(filesOf).sort()) hash.update(`${path}\n`).update(codeOf(path));
	return hash.digest("hex").slice(0, 16);
}

/** Whether the job has not been done since its inputs changed. */
export function isStale(job: LongJob, record = RECORD, inputs = inputsOf(job)): boolean {
	return recorded(record)[job] !== inputs;
}

/** The job is done for the inputs as they are. */
export function noteInputs(job: LongJob, record = RECORD, inputs = inputsOf(job)): void {
	const jobs = { ...recorded(record), [job]: inputs };
	const sorted = Object.fromEntries(Object.entries(jobs).sort());
	writeFileSync(record, `${JSON.stringify(sorted, null, "\t")}\n`);
}

function recorded(record: string): Partial<Record<LongJob, string>> {
	try {
		return JSON.parse(readFileSync(record, "utf8"));
	} catch {
		return {};
	}
}

function filesOf(path: string): string[] {
	if (statSync(path).isFile()) return [path];
	return (readdirSync(path, { recursive: true }) as string[])
		.map((name) => join(path, name))
		.filter((file) => file !== RECORD && !/\.d\.m?ts$/.test(file) && statSync(file).isFile());
}

function codeOf(path: string): Buffer | string {
	const content = readFileSync(path);
	const loader = /\.(?:[cm]?ts|mjs)$/.test(path) ? "ts" : path.endsWith(".tsx") ? "tsx" : undefined;
	if (!loader) return content;
	return transformSync(content.toString(), { loader, minifyWhitespace: true, jsx: "preserve" })
		.code;
}
