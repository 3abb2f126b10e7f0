/**
 * Simulate: one run of the program, from its options to its exit code.
 */

import type { Zone } from "../lib/zone.js";
import { FAILED, onInterrupt, refuse } from "./cli/ending.js";
import { type Failures, watchFailures } from "./cli/failure.js";
import { showProgressOf } from "./cli/progress.js";
import { ReportHelper } from "./cli/reporthelper.js";
import { SCENARIOS } from "./cli/scenarios.js";
import { readForms } from "./files/orderforms.js";
import { readPress } from "./files/press.js";
import { worded } from "./files/replayoptions.js";
import { stageOf } from "./files/stage.js";
import { type Shelf, sayImage } from "./images/catalogue.js";
import { streetName } from "./options/choice.js";
import type { Options } from "./options/options.js";
import { type Values, without } from "./options/values.js";
import { loadAssets } from "./page/http/assets.js";
import { startServer } from "./page/http/server.js";
import type { PageTown } from "./page/server/pagetown.js";
import { refusalOf, sayAdmission, wasAdmitted } from "./ports/admission.js";
import { TURNS } from "./ports/turns.js";
import type { Replayed } from "./replay/replayed.js";
import { reportOf } from "./replay/report.js";
import { configuredOf } from "./run/configured.js";
import { type Made, runOf } from "./run/made.js";
import { clockOf } from "./run/pace.js";
import { exitCodeOf, type Run } from "./run/run.js";
import type { Scenario } from "./run/scenario.js";
import type { Stage } from "./run/stage.js";
import { watch } from "./session/watched.js";
import type { Admission } from "./street/network.js";

/** Time for closing open parts after a failed run, ms of wall clock. */
const CLOSING = 3_000;

const print = (line: string) => void process.stdout.write(`${line}\n`);

type Write = ((text: string) => void) | undefined;

/** A run as the command line has it. */
export interface Wanted {
	readonly options: Options;
	readonly scenario: Scenario;
	readonly shelf: Shelf | undefined;
	/** The options by name. */
	readonly values: Values;
	readonly town?: PageTown;
	readonly writeTrace?: Write;
	readonly writeSummary?: Write;
}

/** The end of a run: its exit code, or the scenario that a person chose in its place. */
export interface End {
	readonly code: number;
	/** A name; the empty one is the street of the start. */
	readonly next: string | undefined;
	/** Of the page. */
	readonly port: number;
}

export async function simulate(wanted: Wanted): Promise<End> {
	const { options, scenario, shelf } = wanted;
	let next: string | undefined;
	const { first } = options.part;
	const refusal = await refusalOf(options, { first, last: first + options.lamps - 1 });
	if (refusal !== undefined) return { code: refuse(refusal), next, port: options.port };
	const failures = watchFailures();
	const stage = await stageOf(options, scenario, {
		clock: clockOf(options, TURNS),
		port: options.headless ? 0 : options.port + 1,
		print,
	});
	const made = runOf(stage, shelf, wanted.writeTrace);
	const begin = (name: string) => {
		next = name;
		made.run.street.stop();
	};
	const page = await pageOf(wanted, made, stage.network, begin);
	wanted.town?.attend((street) => begin(streetName(street)));
	for (const image of shelf?.images ?? []) print(sayImage(image));
	print(beginning(options, scenario));
	let admission: Admission | undefined;
	const close = async (why?: string) => {
		admission = stage.network.admission; // before its lamps go
		await page?.close(why, next !== undefined);
		await stage.network.close();
	};
	const played = await play(made.run, wanted, failures, close);
	const port = page?.port ?? options.port;
	if (played !== undefined) return { code: played, next, port };
	const code = next === undefined ? conclude(wanted, made, admission) : 0;
	stage.fleet.dispose();
	return { code, next, port };
}

interface OpenPage {
	readonly port: number;
	/** Reports the end of the run to the pages, with `why` if it failed; `next`: another run follows. */
	close(why: string | undefined, next: boolean): Promise<void>;
}

/** Opens the page; none without an observation. */
async function pageOf(
	{ options, values, town }: Wanted,
	made: Made,
	network: Stage["network"],
	startScenario: (name: string) => void,
): Promise<OpenPage | undefined> {
	const { observation } = made;
	if (!observation) return undefined;
	const desk = watch({
		made,
		observation,
		network,
		values: repeating(values, options),
		scenarios: SCENARIOS,
		forms: readForms(),
		press: { version: readPress().version },
		helper: new ReportHelper(),
		town,
		startScenario,
	});
	const server = await startServer(desk, await loadAssets(), options.port);
	const isWanted = options.port === server.port;
	print(`page: ${server.url}${isWanted ? "" : ` (port ${options.port} was busy)`}`);
	return {
		port: server.port,
		close(why, next) {
			desk.close(why, next);
			return server.close(next);
		},
	};
}

/** Runs to the end, a stop or a failure. @returns the exit code of a run that failed */
async function play(
	run: Run,
	{ options, scenario }: Wanted,
	failures: Failures,
	close: (why?: string) => Promise<void>,
): Promise<number | undefined> {
	const release = onInterrupt(() => run.street.stop());
	const hide = options.headless ? showProgressOf(() => run.street.reached, scenario.end) : () => {};
	try {
		const why = await Promise.race([run.go(), failures.first]);
		hide();
		release();
		await close(why);
		failures.release();
		return why === undefined ? undefined : refuse(why);
	} catch (error) {
		hide();
		run.street.stop(); // the street may continue if none of its own callbacks failed
		const why = sayFailure(error, scenario.epochUtc + run.street.reached);
		const late = new Promise((resolve) => setTimeout(resolve, CLOSING));
		await Promise.race([close(why).catch(() => {}), late]);
		return FAILED;
	}
}

/** Options that say how a run is watched, and nothing about it. */
const WATCHING = ["port", "speed", "serial", "trace", "summary", "broker", "headless"];

/** The options that repeat the run without a page. */
const repeating = (values: Values, { seed }: Options): Values => ({
	...without(values, WATCHING),
	seed: String(seed),
	"lamp-response": true,
});

/** Prints the results. @returns the exit code */
function conclude(
	{ options, scenario, writeSummary }: Wanted,
	{ run, counts }: Made,
	admission: Admission | undefined,
): number {
	if (run.replayed) return concludeReplay(run.replayed, options.zone);
	const { lux, epochUtc, trafficRecorded } = scenario;
	const online = admission && { online: admission.online };
	const summary = { ...run.summary(), ...online };
	writeSummary?.(`${JSON.stringify(summary, undefined, "\t")}\n`);
	if (lux) {
		const { onLevel, offLevel } = configuredOf(options);
		print(`crossings of ${onLevel} lx down and ${offLevel} lx up, and the reaction of the lamps:`);
		const crossings = lux.crossings(onLevel, offLevel);
		for (const line of run.lights.report(crossings, epochUtc, run.street.reached)) print(line);
	}
	if (trafficRecorded) {
		print("road users reported by a lamp (mean) over those who passed:");
		for (const line of counts.report(run.world.passed, options.lamps)) print(line);
	}
	for (const line of run.report(summary)) print(line);
	const { virtualSeconds, wallSeconds, lampSecondsPerSecond, deaths, published } = summary;
	print(
		`${virtualSeconds} s in ${wallSeconds.toFixed(1)} s: ${lampSecondsPerSecond} lamp-seconds/s`,
	);
	print(`published ${published}, deaths ${deaths}, ${summary.energy_kWh.toFixed(3)} kWh of the`);
	print(`${summary.energyOldLamp_kWh.toFixed(3)} kWh that the old lamps would have used`);
	const code = exitCodeOf(summary);
	if (!admission) return code;
	for (const line of sayAdmission(admission, options, summary)) print(line);
	return wasAdmitted(admission, options.lamps, run.street.reached) ? code : Math.max(code, 1);
}

/** Prints a replay beside its recording; no check judges a world that is not known. */
function concludeReplay(replayed: Replayed, zone: Zone): number {
	const { lines, isSame } = reportOf(replayed, zone);
	for (const line of lines) print(worded(line));
	return isSame ? 0 : 1;
}

/** Times are local, as on the page. */
export function beginning(
	{ lamps, seed, zone }: Pick<Options, "lamps" | "seed" | "zone">,
	{ epochUtc, end }: Pick<Scenario, "epochUtc" | "end">,
): string {
	const until = end === Infinity ? "until Ctrl-C" : `for ${end / 1000} s`;
	const begins = new Date(zone.localOf(epochUtc)).toISOString().slice(0, 19).replace("T", " ");
	return `${lamps} lamps, seed ${seed}, from ${begins} (${zone.name}) ${until}`;
}

/** Prints in one line why the run failed, then where. @returns why */
function sayFailure(error: unknown, utc: number): string {
	const { message, stack } = error instanceof Error ? error : new Error(String(error));
	process.stderr.write(`the run failed at ${new Date(utc).toISOString()}: ${message}\n`);
	process.stderr.write(`${stack}\n`);
	return message;
}
