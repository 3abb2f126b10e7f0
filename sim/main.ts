/**
 * Main: the simulator's program, from the command line to the exit code (docs/simulator.md).
 */
import { ALL_PLANTS, listPlants } from "./checks/plants.js";
import { HELP, type Options, readOptions } from "./cli/options.js";
import { groupOf } from "./cli/outside.js";
import { showProgressOf } from "./cli/progress.js";
import { IMAGE_HOST, IMAGE_PACE, readShelf, type Shelf, sayImage } from "./images/catalogue.js";
import { ImageServer } from "./images/server.js";
import { openFile } from "./results/trace.js";
import { Counts } from "./results/trafficcounts.js";
import { outsideOf, sayAdmission, silentOf, wasAdmitted } from "./run/admission.js";
import { configuredOf } from "./run/configured.js";
import { makeFleet } from "./run/firmware.js";
import { nodeOf, ROOT } from "./run/install.js";
import { Observation } from "./run/observation.js";
import { exitCodeOf, Run } from "./run/run.js";
import { prepare, type Scenario } from "./run/scenario.js";
import { createNetwork } from "./run/streetnetwork.js";
import { Clock } from "./street/clock.js";
import type { Admission, OrderSent } from "./street/network.js";
import { watchFailures } from "./util/failure.js";
import { watch } from "./watched.js";

const WRONG_INPUT = 2;
/** The simulator itself failed. */
const FAILED = 3;
/** Time for closing open parts after a failed run, ms of wall clock. */
const CLOSING = 3_000;

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** Prints the error in one line. */
function refuse(why: string): number {
	process.stderr.write(`${why.split("\n")[0]}\n`);
	return WRONG_INPUT;
}

async function main(words: readonly string[]): Promise<number> {
	const answer = readOptions(words);
	if (answer.kind === "wrong") return refuse(`${answer.why} (--help lists all options)`);
	if (answer.kind === "help") {
		process.stdout.write(HELP);
		return 0;
	}
	const { options } = answer;
	const { plant } = options;
	if (plant !== undefined && !Object.hasOwn(ALL_PLANTS, plant)) {
		refuse(`--plant ${plant}: not a plant; these are:`);
		for (const line of listPlants()) process.stderr.write(`${line}\n`);
		return WRONG_INPUT;
	}
	const scenario = prepare(options);
	if (typeof scenario === "string") return refuse(scenario);
	const shelf = readShelf(options.image, options.imageKey);
	if (typeof shelf === "string") return refuse(shelf);
	const trace = options.trace === undefined ? undefined : openFile(options.trace);
	if (trace && "why" in trace) return refuse(`--trace ${trace.why}`);
	const summary = options.summary === undefined ? undefined : openFile(options.summary);
	if (summary && "why" in summary) return refuse(`--summary ${summary.why}`);
	try {
		const writes = { trace: trace?.write, summary: summary?.write };
		let { code, next, port } = await simulate(options, scenario, shelf, writes, words);
		while (next !== undefined) {
			const again = wordsOf(next, words, port);
			const chosen = readOptions(again);
			if (chosen.kind !== "run") throw new Error(`the scenario ${next} is refused`);
			const played = prepare(chosen.options);
			if (typeof played === "string") return refuse(played);
			({ code, next, port } = await simulate(chosen.options, played, shelf, {}, again));
		}
		return code;
	} catch (error) {
		return refuse((error as Error).message);
	} finally {
		trace?.close();
		summary?.close();
	}
}

type Write = ((text: string) => void) | undefined;

/** The end of a run: its exit code, or the scenario that a person chose in its place. */
interface End {
	readonly code: number;
	/** A name; the empty one is the street of the start. */
	readonly next: string | undefined;
	/** Of the page. */
	readonly port: number;
}

/** The words of another run at the same page. */
function wordsOf(scenario: string, words: readonly string[], port: number): string[] {
	const place = ["--port", String(port)];
	if (scenario !== "") return ["--scenario", scenario, ...place];
	return [...words.filter((word, n) => word !== "--port" && words[n - 1] !== "--port"), ...place];
}

/** Options that say how a run is watched, and nothing about it. */
const WATCHING = ["--port", "--speed", "--serial", "--trace", "--summary", "--threads", "--broker"];

/** The words that repeat the run without a page. */
function repeating(words: readonly string[], { seed }: Options): string[] {
	const kept = words.filter(
		(word, n) =>
			!WATCHING.includes(word) && !WATCHING.includes(words[n - 1] ?? "") && word !== "--headless",
	);
	const seeded = kept.includes("--seed") ? [] : ["--seed", String(seed)];
	return [...kept, ...seeded, ...(kept.includes("--lamp-response") ? [] : ["--lamp-response"])];
}

async function simulate(
	options: Options,
	scenario: Scenario,
	shelf: Shelf | undefined,
	writes: { readonly trace?: Write; readonly summary?: Write },
	words: readonly string[],
): Promise<End> {
	const { epochUtc } = scenario;
	const { trace: writeTrace, summary: writeSummary } = writes;
	let next: string | undefined;
	let { port } = options;
	const end = (code: number): End => ({ code, next, port });
	const { outside, part } = options;
	const silent = await silentOf(outside.urls);
	if (outside.urls.length > 0 && silent.length === outside.urls.length)
		return end(
			refuse(`--broker ${silent.map(({ host }) => host).join(", ")}: nothing listens there`),
		);
	const fleet = await makeFleet({ ...options, first: part.first, epochUtc }, print);
	const failures = watchFailures();
	const clock = new Clock(options.speed);
	const tell = { order: (_order: OrderSent) => {} };
	const network = await createNetwork({
		...options,
		epochUtc,
		port: options.headless ? 0 : options.port + 1,
		root: ROOT,
		site: part.site,
		nodeOf,
		groupOf: (lamp) => groupOf(part, options.lamps, lamp),
		first: part.first,
		...(outside.urls.length > 0 ? outsideOf(outside) : {}),
		now: () => clock.now(),
		tellOrder: (order) => tell.order(order),
		print,
	});
	const images = shelf && {
		list: shelf.images,
		server: new ImageServer(network, IMAGE_HOST, IMAGE_PACE),
	};
	for (const { name, bytes } of shelf?.images ?? []) images?.server.files.set(`/${name}`, bytes);
	const observation = options.headless
		? undefined
		: new Observation({ lamps: options.lamps, epochUtc, configured: configuredOf(options) });
	const parts = {
		...{ options, scenario, fleet, clock, network: images?.server ?? network },
		...(shelf ? { imageKeys: shelf.keys, images: shelf.images } : {}),
		...(observation ? { witnesses: observation.witnesses, listeners: observation.listeners } : {}),
		...(writeTrace ? { writeTrace } : {}),
	};
	const run = new Run(parts);
	tell.order = (order) => run.tellOrder(order);
	const counts = new Counts();
	network.onReport((_at, topic, payload) => counts.onReport(topic, payload));
	observation?.follow(run, network);
	const server =
		observation &&
		(await watch({
			...{ parts, run, network, observation, words: repeating(words, options) },
			...(images ? { images } : {}),
			startScenario(name) {
				next = name;
				run.street.stop();
			},
		}));
	if (server) {
		const isWanted = port === server.port;
		print(`page: ${server.url}${isWanted ? "" : ` (port ${port} was busy)`}`);
		({ port } = server);
	}
	for (const image of shelf?.images ?? []) print(sayImage(image));
	print(beginning(options, scenario));
	const release = onInterrupt(() => run.street.stop());
	const hide = options.headless ? showProgressOf(() => run.street.reached, scenario.end) : () => {};
	const close = async (why?: string) => {
		await server?.close(why, next !== undefined);
		await network.close();
	};
	let admission: Admission | undefined;
	try {
		const why = await Promise.race([run.go(), failures.first]);
		hide();
		release();
		admission = network.admission;
		await close(why);
		failures.release();
		if (why !== undefined) return end(refuse(why));
	} catch (error) {
		hide();
		run.street.stop(); // the street may continue if none of its own callbacks failed
		const why = sayFailure(error, epochUtc + run.street.reached);
		const late = new Promise((resolve) => setTimeout(resolve, CLOSING));
		await Promise.race([close(why).catch(() => {}), late]);
		return end(FAILED);
	}
	const dispose = () => fleet.dispose();
	if (next === undefined) {
		const code = conclude(options, scenario, run, counts, writeSummary, dispose);
		if (!admission) return end(code);
		for (const line of sayAdmission(admission, options, run.summary())) print(line);
		return end(
			wasAdmitted(admission, options.lamps, run.street.reached) ? code : Math.max(code, 1),
		);
	}
	dispose();
	return end(0);
}

function conclude(
	options: Options,
	scenario: Scenario,
	run: Run,
	counts: Counts,
	writeSummary: Write,
	dispose: () => void,
): number {
	const { lux, epochUtc, trafficRecorded } = scenario;
	const summary = run.summary();
	dispose();
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
	return exitCodeOf(summary);
}

function beginning({ lamps, seed, zone }: Options, { epochUtc, end }: Scenario): string {
	const until = end === Infinity ? "until Ctrl-C" : `for ${end / 1000} s`;
	const begins = new Date(epochUtc).toISOString();
	return `${lamps} lamps, seed ${seed}, from ${begins} (${zone.name}) ${until}`;
}

/** Prints in one line why the run failed, then where. @returns why */
function sayFailure(error: unknown, utc: number): string {
	const { message, stack } = error instanceof Error ? error : new Error(String(error));
	process.stderr.write(`the run failed at ${new Date(utc).toISOString()}: ${message}\n`);
	process.stderr.write(`${stack}\n`);
	return message;
}

/** The first Ctrl-C ends the run in order; a second one ends it at once. */
function onInterrupt(stop: () => void): () => void {
	process.once("SIGINT", stop);
	process.once("SIGTERM", stop);
	return () => {
		process.off("SIGINT", stop);
		process.off("SIGTERM", stop);
	};
}

process.exitCode = await main(process.argv.slice(2));
if (process.exitCode === FAILED) process.exit(); // anything still open
