/**
 * Life: streets that one process lives side by side, from the words of the command line to the
 * evidence of each.
 */

import { watchFailures } from "../cli/failure.js";
import type { Hooks } from "../cli/jobs.js";
import { readOptions } from "../cli/words.js";
import { type OutFile, openFile } from "../files/outfile.js";
import { readShelf } from "../files/shelf.js";
import { stageOf } from "../files/stage.js";
import type { Shelf } from "../images/catalogue.js";
import type { Options } from "../options/options.js";
import { sayAdmission, wasAdmitted } from "../ports/admission.js";
import { TURNS } from "../ports/turns.js";
import { runOf } from "../run/made.js";
import { clockOf } from "../run/pace.js";
import type { Run } from "../run/run.js";
import { prepare } from "../run/scenario.js";
import type { Pack } from "../street/clock.js";
import { Peers } from "../street/peers.js";
import { type StreetEvidence, streetEvidence } from "./evidence.js";
import type { CityStreet } from "./streets.js";

export interface Task {
	/** Of the command line. */
	readonly args: readonly string[];
	/** Of all streets alike, if the words name none. */
	readonly start: number | undefined;
	readonly streets: readonly CityStreet[];
	/** File of their trace, which is of one street. */
	readonly trace: string | undefined;
}

export interface Lived {
	readonly evidence: StreetEvidence;
	/** Lines about its lamps at a broker outside, and whether all came online. */
	readonly lines: readonly string[];
	readonly isAdmitted: boolean;
}

export async function liveStreets(
	{ args, start, streets, trace: file }: Task,
	{ report, signal }: Hooks,
): Promise<readonly Lived[]> {
	const answer = readOptions(args);
	if (answer.kind !== "run") throw new Error("its options are refused");
	const options = { ...answer.options, start: answer.options.start ?? start };
	const shelf = readShelf(options.image, options.imageKey);
	if (typeof shelf === "string") throw new Error(shelf);
	const trace = file === undefined ? undefined : openFile(file);
	if (trace && "why" in trace) throw new Error(trace.why);
	const runs: [Run, end: number][] = [];
	report(
		() => runs.reduce((sum, [{ street }, end]) => sum + street.reached / end, 0) / streets.length,
	);
	const stop = () => {
		for (const [{ street }] of runs) street.stop();
	};
	signal.addEventListener("abort", stop);
	const begin = (run: Run, end: number) => void runs.push([run, end]);
	try {
		const on = { options, shelf, trace, begin };
		const peers = new Peers(streets.length);
		return await Promise.all(
			streets.map((street, index) =>
				simulateStreet(street, on, peers.of(index)).finally(() => peers.leave(index)),
			),
		);
	} finally {
		signal.removeEventListener("abort", stop); // which would keep its lamps
		trace?.close();
	}
}

interface On {
	readonly options: Options;
	readonly shelf: Shelf | undefined;
	readonly trace: OutFile | undefined;
	begin(run: Run, end: number): void;
}

async function simulateStreet(
	street: CityStreet,
	{ options: all, shelf, trace, begin }: On,
	pack: Pack,
): Promise<Lived> {
	const { first, seed, number } = street;
	const { lamps, part } = all;
	const options = { ...all, seed, part: { ...part, first } };
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const stage = await stageOf(options, scenario, { clock: clockOf(options, TURNS, pack) });
	trace?.write(`# street ${number}, lamps ${first} to ${first + lamps - 1}, seed ${seed}\n`);
	const { run } = runOf(stage, shelf, trace?.write);
	begin(run, scenario.end);
	const failures = watchFailures();
	try {
		const why = await Promise.race([run.go(), failures.first]);
		if (why !== undefined) throw new Error(why);
	} catch (error) {
		const instant = new Date(scenario.epochUtc + run.street.reached).toISOString();
		throw new Error(`failed at ${instant}: ${(error as Error).message}`, { cause: error });
	} finally {
		failures.release();
	}
	const { admission } = stage.network; // before its lamps go
	await stage.network.close();
	const summary = { ...run.summary(), ...(admission && { online: admission.online }) };
	stage.fleet.dispose();
	return {
		evidence: streetEvidence(street, summary, trace?.cut()),
		lines: admission ? [...sayAdmission(admission, options, summary)] : [],
		isAdmitted: !admission || wasAdmitted(admission, lamps, run.street.reached),
	};
}
