/**
 * City: the streets of a city or of a part of it, over processes of this machine, and their evidence.
 *
 * At unlimited speed a process lives one street after the other, so memory does not grow with their
 * number; at a stated speed, as at a broker outside, all streets run side by side.
 */
import {
	accessSync,
	closeSync,
	constants,
	existsSync,
	mkdtempSync,
	openSync,
	rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readImage } from "../../hosts/virtual/engine/image.js";
import { projectRoot } from "../../lib/root.mjs";
import { DAY } from "../../lib/spans.js";
import { FAILED, onInterrupt, refuse } from "../cli/ending.js";
import { JobFailure, overJobs } from "../cli/jobs.js";
import { showProgressOf } from "../cli/progress.js";
import type { CityPart } from "../options/citypart.js";
import type { Options } from "../options/options.js";
import { refusalOf } from "../ports/admission.js";
import { exitCodeOf } from "../run/run.js";
import { evidenceOf, sayEvidence, textOf } from "./evidence.js";
import { type Lived, liveStreets, type Task } from "./life.js";
import { type CityStreet, streetsIn, streetsOf } from "./streets.js";
import { cityWords, versionOf } from "./version.js";
import { isOrdinary, writeWhole } from "./whole.js";

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** @returns the exit code */
export async function liveCity(
	options: Options,
	city: CityPart,
	args: readonly string[],
): Promise<number> {
	const streets = streetsIn(
		streetsOf({ ...options, streets: city.streets }),
		city.shard ?? { index: 1, of: 1 },
	);
	const groups = groupsOf(streets, options.speed, city.jobs);
	if (options.trace !== undefined && groups.some(({ length }) => length > 1))
		return refuse("--trace: only with --speed max, or a part of one street");
	const { first } = streets[0]!;
	const last = streets.at(-1)!.first + options.lamps - 1;
	const refusal = await refusalOf(options, { first, last });
	if (refusal !== undefined) return refuse(refusal);
	const unwritable = unwritableOf(options);
	if (unwritable !== undefined) return refuse(unwritable);
	const { trace } = options;
	const room = trace !== undefined && isOrdinary(trace) ? dirname(trace) : tmpdir(); // for its pieces
	const folder = mkdtempSync(join(room, "luminode-city-"));
	const isNow = options.start === undefined && options.outside.urls.length > 0;
	const ending = trace?.endsWith(".gz") ? "trace.gz" : "trace";
	const tasks = groups.map((its) => ({
		args,
		start: isNow ? Date.now() : undefined,
		streets: its,
		trace: trace && join(folder, `${its[0]!.number}.${ending}`),
	}));
	try {
		const lived = await liveAll(tasks, { ...options, jobs: city.jobs });
		if (!lived) return failed("interrupted: the evidence is not whole, and nothing is written");
		const about = { version: versionOf(readImage(projectRoot())), city: cityWords(args) };
		const streets = lived.map(({ evidence }) => evidence);
		const evidence = evidenceOf(about, streets, city.streets);
		const sources = tasks.flatMap(({ trace: file }, n) =>
			file === undefined ? [] : [{ file, pieces: [streets[n]!.trace!] }],
		);
		writeWhole(options, textOf(evidence), sources);
		for (const line of sayEvidence(evidence)) print(line);
		for (const line of lived.flatMap(({ lines }) => lines)) print(line);
		return Math.max(exitCodeOf(evidence.totals), lived.every((life) => life.isAdmitted) ? 0 : 1);
	} catch (error) {
		const { message, stack } = error as Error;
		const [street] = error instanceof JobFailure ? tasks[error.index]!.streets : [];
		const where = street ? `street ${street.number}: ` : "";
		return failed(`${where}${message}; nothing is written\n${stack}`.trimEnd());
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Of each task of a process its streets, which it lives side by side. */
function groupsOf(
	streets: readonly CityStreet[],
	speed: number,
	jobs: number,
): readonly (readonly CityStreet[])[] {
	if (speed === Infinity) return streets.map((street) => [street]);
	const parts = Math.min(jobs, streets.length);
	return Array.from({ length: parts }, (_, n) => streetsIn(streets, { index: n + 1, of: parts }));
}

/** All streets in their order; undefined: it was stopped. */
async function liveAll(
	tasks: readonly Task[],
	{ jobs, duration = DAY }: Pick<Options, "duration"> & { readonly jobs: number },
): Promise<readonly Lived[] | undefined> {
	const stopping = new AbortController();
	const release = onInterrupt(() => stopping.abort());
	let share = 0;
	const onShare = (of: number) => void (share = of);
	const hide = showProgressOf(() => share * duration, duration);
	const all: Lived[] = [];
	try {
		const { signal } = stopping;
		for await (const lived of overJobs(tasks, jobs, liveStreets, { onShare, signal })) {
			all.push(...lived);
		}
		return stopping.signal.aborted ? undefined : all;
	} finally {
		hide();
		release();
	}
}

function failed(why: string): number {
	process.stderr.write(`${why}\n`);
	return FAILED;
}

/** A night is not lived for a file that cannot be written. */
function unwritableOf({ trace, summary }: Options): string | undefined {
	for (const [name, file] of Object.entries({ trace, summary }))
		try {
			if (file === undefined) continue;
			if (existsSync(file)) closeSync(openSync(file, "a"));
			if (isOrdinary(file)) accessSync(dirname(file), constants.W_OK);
		} catch (error) {
			return `--${name} ${file}: cannot be written (${(error as NodeJS.ErrnoException).code})`;
		}
	return undefined;
}
