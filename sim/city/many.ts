/**
 * Many: a city in several processes on this machine, each a part of it, joined in the end.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DAY } from "../../lib/spans.js";
import { FAILED, onInterrupt } from "../cli/ending.js";
import type { Options } from "../cli/options.js";
import { progressTo } from "../cli/progress.js";
import { exitCodeOf } from "../run/run.js";
import { sayEvidence } from "./evidence.js";
import { merge } from "./merge.js";
import { type ProcessEnd, startProcesses } from "./processes.js";
import { cityWords } from "./version.js";

const print = (line: string) => void process.stdout.write(`${line}\n`);
/** Its part has evidence. */
const isLived = ({ code }: ProcessEnd): boolean => code === 0 || code === 1;

/** @returns the exit code */
export async function liveInJobs(
	{ trace, summary, duration }: Pick<Options, "trace" | "summary" | "duration">,
	jobs: number,
	words: readonly string[],
): Promise<number> {
	const folder = mkdtempSync(
		join(trace === undefined ? tmpdir() : dirname(trace), "luminode-city-"),
	);
	const ending = trace?.endsWith(".gz") ? "trace.gz" : "trace";
	const parts = Array.from({ length: jobs }, (_, index) => join(folder, String(index + 1)));
	const wordsOf = (part: string, index: number): string[] => [
		...cityWords(words),
		`--shard=${index + 1}/${jobs}`,
		`--summary=${part}.json`,
		...(trace === undefined ? [] : [`--trace=${part}.${ending}`]),
	];
	const running = startProcesses(parts.map(wordsOf), (end) => !isLived(end));
	const release = onInterrupt(() => running.stop());
	const hide = progressTo(() => running.share, duration ?? DAY);
	try {
		const ends = await running.ends;
		hide();
		const { failed } = running;
		if (failed !== undefined) return sayFailed(ends[failed]!, failed + 1, jobs);
		const files = parts.map((part) => `${part}.json`);
		const whole = summary ?? join(folder, "whole.json");
		const evidence = merge({ parts: files, summary: whole, trace });
		for (const line of sayEvidence(evidence)) print(line);
		return Math.max(exitCodeOf(evidence.totals), ...ends.map(({ code }) => code!));
	} finally {
		hide();
		release();
		rmSync(folder, { recursive: true, force: true });
	}
}

function sayFailed({ code, signal, output }: ProcessEnd, nth: number, jobs: number): number {
	const how = code === undefined ? `was ended by ${signal}` : `ended with ${code}`;
	process.stderr.write(`${output}part ${nth}/${jobs} ${how}: nothing is written\n`);
	return code ?? FAILED;
}
