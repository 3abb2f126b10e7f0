/**
 * Search: one street of a search, run in any process: its outcome, and for a broken promise the line
 * of the smallest street that breaks it, with a plot.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { instrumented } from "./branches.js";
import type { Drawn } from "./draw.js";
import { boardOf, type Outcome, refused, runStreet } from "./night.js";
import { Plot } from "./plot.js";
import type { Broken } from "./promises.js";
import { quoted, shrink } from "./shrink.js";
import { runTwice, TWIN_EVERY } from "./twin.js";

export const COMMAND = "npm run explore";

export interface Wanted {
	/** Of the plots. */
	readonly folder: string;
	readonly plant: readonly string[];
	readonly isQuick: boolean;
	/** The branches of the firmware that are taken are noted. */
	readonly hasBranches?: boolean;
}

/** A street to run. */
export interface Task {
	readonly drawn: Drawn;
	readonly wanted: Wanted;
}

export interface Found {
	readonly seed: number;
	readonly outcome: Outcome;
	/** For the person at the terminal; none: everything held. */
	readonly lines: readonly string[];
	/** s */
	readonly cpu: number;
}

export async function search({ drawn, wanted }: Task): Promise<Found> {
	const { seed, args } = drawn;
	const before = process.cpuUsage().user;
	const all = [...args, ...wanted.plant];
	const outcome = wanted.hasBranches
		? await runStreet(all, [], instrumented(boardOf(args)).image)
		: await (seed % TWIN_EVERY === 0 ? runTwice : runStreet)(all);
	const lines: string[] = [];
	if (outcome.broken.length > 0) {
		lines.push(`seed ${seed}: ${failureLine(outcome.broken[0]!, outcome)}`);
		if (!wanted.isQuick) lines.push(...(await explain(seed, args, outcome, wanted)));
	}
	return { seed, outcome, lines, cpu: (process.cpuUsage().user - before) / 1e6 };
}

/** Shrinks the street and plots what is left of it. */
async function explain(
	seed: number,
	args: readonly string[],
	{ broken }: Outcome,
	wanted: Wanted,
): Promise<string[]> {
	const { name, at } = broken[0]!;
	const run = name === "repeatable" ? runTwice : runStreet;
	const breaks = async (less: readonly string[]) => {
		if (refused(less) !== undefined) return undefined;
		const { broken } = await run([...less, ...wanted.plant]);
		return broken.find((failure) => failure.name === name)?.at;
	};
	const least = await shrink(args, at, breaks);
	const plot = new Plot();
	const outcome = await runStreet([...least, ...wanted.plant], [plot]);
	const lines = [`  ${lineOf(least, wanted)}`];
	const first = outcome.broken.find((failure) => failure.name === name);
	if (first) lines.push(`  ${failureLine(first, outcome)}`);
	lines.push(`  plot: ${keep(plot, outcome, least, wanted, `seed-${seed}`)}`);
	return lines;
}

function lineOf(args: readonly string[], { plant }: Wanted): string {
	return `${COMMAND} -- ${[...plant, ""].join(" ")}-- ${quoted(args)}`;
}

export function failureLine({ name, at, lamp, what }: Broken, { epochUtc }: Outcome): string {
	const instant = new Date(Math.floor(epochUtc + at)).toISOString();
	return `BROKE ${name}: ${instant}${lamp > 0 ? `, lamp ${lamp}` : ""}: ${what}`;
}

/** Writes the plot of a street. @returns its file */
export function keep(
	plot: Plot,
	outcome: Outcome,
	args: readonly string[],
	wanted: Wanted,
	name: string,
): string {
	const file = join(wanted.folder, `${name}.svg`);
	mkdirSync(wanted.folder, { recursive: true });
	writeFileSync(file, plot.svg({ ...outcome, line: lineOf(args, wanted) }));
	return file;
}
